//! Where a request comes from.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use ipt_application::Origin;

use crate::middleware::origin;

/// Where a request comes from, for resources that need no sign-in; a [`Caller`](ipt_application::Caller) has it along.
pub(crate) struct OriginArg(Origin);

impl Deref for OriginArg {
    type Target = Origin;

    fn deref(&self) -> &Origin {
        &self.0
    }
}

impl FromRequest for OriginArg {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(origin(request))))
    }
}
