//! By which way the tokens of a request came.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};

use crate::browser::Way;

/// By which way the access token came, as the middleware found it.
pub(crate) struct WayArg(pub(crate) Way);

impl FromRequest for WayArg {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Way>().copied();
        ready(Ok(Self(found.unwrap_or_default())))
    }
}
