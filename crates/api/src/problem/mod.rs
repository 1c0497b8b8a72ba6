//! Problems (RFC 9457): the one form of every answer that is no success.
//!
//! A handler returns a [`Problem`]; the middleware [`finish`] writes it out, since only there the request is known, and
//! turns the framework's own errors into problems too. What is logged and what is answered part here: an answer with a
//! status of 500 and above says nothing but its code and the request id.

mod application;
mod build;
mod finish;
mod framework;
mod repository;
mod rules;
mod schema;

use std::{borrow::Cow, error::Error as StdError, fmt};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
};
pub(crate) use finish::finish;
pub(crate) use schema::ProblemBody;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::codes::Code;

/// One field or rule that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub(crate) struct FieldError {
    /// Its place in the request, as an RFC 6901 pointer; empty for the whole.
    #[schema(value_type = String, example = "/log_date")]
    pub(crate) pointer: Cow<'static, str>,
    /// What is wrong, for programs.
    #[schema(value_type = String, example = "in_the_future")]
    pub(crate) code: &'static str,
    /// What is wrong, for people.
    pub(crate) detail: String,
}

/// What goes wrong with a request, on its way to become an answer.
#[derive(Debug)]
pub(crate) struct Problem(Box<Parts>);

/// The parts of a problem.
#[derive(Debug)]
struct Parts {
    code: &'static Code,
    status: StatusCode,
    detail: Option<String>,
    errors: Vec<FieldError>,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl fmt::Display for Problem {
    /// The code alone: details can repeat what a person wrote, which must not reach a log line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.code.name)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    /// Status and headers; the body is written by [`finish`].
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.0.status);
        for (name, value) in &self.0.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
        response
    }
}

#[cfg(test)]
mod tests;
