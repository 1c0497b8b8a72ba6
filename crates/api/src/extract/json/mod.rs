//! Bodies of JSON.

mod shape;
mod tree;

use actix_web::{Error, FromRequest, HttpRequest, dev::Payload, web::Bytes};
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, de::DeserializeOwned};

use super::body::read_json;
use crate::{codes::protocol::MALFORMED_JSON, middleware::Idempotency, problem::Problem};

/// A body of JSON. Its type says with `#[serde(deny_unknown_fields)]` that it knows all its fields.
pub(crate) struct Json<T>(pub(crate) T);

/// The body of an action, which may be left out whole or be `null`.
pub(crate) struct OptionalJson<T>(pub(crate) T);

/// The body of an action that takes none; an empty object passes too.
pub(crate) struct NoBody;

/// An object without fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let missing = || Err(Problem::new(MALFORMED_JSON).detail("the body is missing"));
        Box::pin(read(request.clone(), payload.take(), missing, Self))
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalJson<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let wrap = |given: Option<T>| Self(given.unwrap_or_default());
        Box::pin(read(request.clone(), payload.take(), || Ok(None), wrap))
    }
}

impl FromRequest for NoBody {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        Box::pin(read(
            request.clone(),
            payload.take(),
            || Ok(None),
            |_: Option<Nothing>| Self,
        ))
    }
}

/// Understands a value that came by another way than a body of JSON, with the same faults at the same places.
///
/// # Errors
/// As for a body of JSON.
pub(crate) fn parse_value<T: DeserializeOwned>(value: &serde_json::Value) -> Result<T, Problem> {
    shape::parse(value.to_string().as_bytes())
}

/// Reads a body, understands it, and only then reserves the idempotency key.
async fn read<T: DeserializeOwned, R>(
    request: HttpRequest,
    payload: Payload,
    without: impl FnOnce() -> Result<T, Problem>,
    wrap: impl FnOnce(T) -> R,
) -> Result<R, Error> {
    let body = read_json(request.clone(), payload).await?;
    let value = match &body {
        Some(body) => shape::parse(body)?,
        None => without()?,
    };
    Idempotency::reserve(&request, &body.unwrap_or(Bytes::new())).await?;
    Ok(wrap(value))
}

#[cfg(test)]
mod tests;
