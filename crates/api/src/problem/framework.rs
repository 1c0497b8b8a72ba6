//! The framework's own errors, as problems.

use actix_cors::CorsError;
use actix_multipart::MultipartError;
use actix_web::{
    error::{JsonPayloadError, PathError, PayloadError, QueryPayloadError, UrlencodedError},
    http::StatusCode,
};

use super::Problem;
use crate::codes::{
    Code,
    protocol::{
        BODY_TOO_LARGE, CONFLICT, FORBIDDEN, INTERNAL, INVALID_VALUE, MALFORMED_JSON, MALFORMED_REQUEST,
        METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, NOT_FOUND, PREFLIGHT_REFUSED, RATE_LIMITED, STALE_VERSION,
        UNAUTHENTICATED, UNAVAILABLE, UNSUPPORTED_MEDIA_TYPE,
    },
};

/// What an error of the framework means; its own words are for the log.
pub(super) fn problem_of(error: &actix_web::Error) -> Problem {
    if let Some(error) = error.as_error::<PayloadError>() {
        payload(error)
    } else if let Some(error) = error.as_error::<MultipartError>() {
        multipart(error)
    } else if let Some(error) = error.as_error::<JsonPayloadError>() {
        json(error)
    } else if error.as_error::<PathError>().is_some() {
        Problem::not_found()
    } else if let Some(error) = error.as_error::<QueryPayloadError>() {
        Problem::new(INVALID_VALUE).detail(error)
    } else if let Some(error) = error.as_error::<CorsError>() {
        Problem::new(PREFLIGHT_REFUSED).detail(error)
    } else if let Some(error) = error.as_error::<UrlencodedError>() {
        by_status(error_status(error))
    } else {
        by_status(error.as_response_error().status_code())
    }
}

/// The problem of an answer that carries nothing but its status.
pub(super) fn by_status(status: StatusCode) -> Problem {
    let code: &'static Code = match status.as_u16() {
        401 => UNAUTHENTICATED,
        403 => FORBIDDEN,
        404 => NOT_FOUND,
        405 => METHOD_NOT_ALLOWED,
        406 => NOT_ACCEPTABLE,
        409 => CONFLICT,
        412 => STALE_VERSION,
        413 => BODY_TOO_LARGE,
        415 => UNSUPPORTED_MEDIA_TYPE,
        422 => INVALID_VALUE,
        429 => RATE_LIMITED,
        400..=499 => MALFORMED_REQUEST,
        503 => UNAVAILABLE,
        _ => INTERNAL,
    };
    Problem::new(code).with_status(status)
}

fn error_status(error: &UrlencodedError) -> StatusCode {
    actix_web::ResponseError::status_code(error)
}

fn payload(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => Problem::new(BODY_TOO_LARGE),
        PayloadError::EncodingCorrupted => {
            Problem::new(MALFORMED_REQUEST).detail("the body is not encoded as it says")
        }
        _ => Problem::new(MALFORMED_REQUEST).detail("the body broke off"),
    }
}

fn json(error: &JsonPayloadError) -> Problem {
    match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Problem::new(BODY_TOO_LARGE)
        }
        JsonPayloadError::ContentType => Problem::new(UNSUPPORTED_MEDIA_TYPE),
        JsonPayloadError::Payload(error) => payload(error),
        _ => Problem::new(MALFORMED_JSON),
    }
}

fn multipart(error: &MultipartError) -> Problem {
    match error {
        MultipartError::Payload(error) => payload(error),
        MultipartError::ContentTypeIncompatible | MultipartError::ContentTypeMissing => {
            Problem::new(UNSUPPORTED_MEDIA_TYPE).detail("send multipart/form-data")
        }
        _ => Problem::new(MALFORMED_REQUEST).detail("the multipart body cannot be read"),
    }
}

impl From<PayloadError> for Problem {
    fn from(error: PayloadError) -> Self {
        payload(&error)
    }
}

impl From<MultipartError> for Problem {
    fn from(error: MultipartError) -> Self {
        multipart(&error)
    }
}
