//! The calling person.

use std::{
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use ipt_application::Caller;

use crate::{codes::protocol::UNAUTHENTICATED, problem::Problem};

/// The person who calls, found out by the middleware before anything else was read. It stands first among a handler's
/// arguments, and needs no waiting.
pub(crate) struct ActorArg(pub(crate) Caller);

impl Deref for ActorArg {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequest for ActorArg {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(of(request).map(Self))
    }
}

/// The person who calls.
///
/// # Errors
/// On a resource that needs no sign-in, where nobody was asked for.
pub(super) fn of(request: &HttpRequest) -> Result<Caller, Problem> {
    request
        .extensions()
        .get::<Caller>()
        .cloned()
        .ok_or_else(|| Problem::new(UNAUTHENTICATED))
}
