//! Putting a problem together.

use std::{borrow::Cow, error::Error as StdError, fmt::Display};

use actix_web::http::{
    StatusCode,
    header::{HeaderName, HeaderValue, RETRY_AFTER},
};
use serde_json::{Map, Value};

use super::{FieldError, Parts, Problem};
use crate::codes::{
    Code,
    protocol::{INTERNAL, NOT_FOUND, UNAVAILABLE, VALIDATION_FAILED},
};

/// After how many seconds a client may try again when nothing more exact is known.
pub(crate) const RETRY_SOON: u64 = 5;

impl FieldError {
    /// A field that is wrong.
    pub(crate) fn new(
        pointer: impl Into<Cow<'static, str>>,
        code: &'static Code,
        detail: impl Display,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.name,
            detail: detail.to_string(),
        }
    }
}

impl Problem {
    /// A problem with the code's own status and explanation.
    pub(crate) fn new(code: &'static Code) -> Self {
        Self(Box::new(Parts {
            code,
            status: StatusCode::from_u16(code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            detail: None,
            errors: Vec::new(),
            members: Map::new(),
            headers: Vec::new(),
            source: None,
        }))
    }

    /// There is no such thing for this person.
    pub(crate) fn not_found() -> Self {
        Self::new(NOT_FOUND)
    }

    /// An error of the server's own. The source is logged, and never answered.
    pub(crate) fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(INTERNAL).caused_by(source)
    }

    /// Something that the server depends on is down or too busy. The source is logged, and never answered.
    pub(crate) fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(UNAVAILABLE).caused_by(source).retry_after(RETRY_SOON)
    }

    /// One field or parameter whose shape is wrong.
    pub(crate) fn field(
        pointer: impl Into<Cow<'static, str>>,
        code: &'static Code,
        detail: impl Display,
    ) -> Self {
        Self::new(code).with_errors(vec![FieldError::new(pointer, code, detail)])
    }

    /// Fields or parameters whose shapes are wrong; one alone gives its own code to the whole.
    pub(crate) fn fields(errors: Vec<FieldError>) -> Self {
        let one = match errors.as_slice() {
            [one] => crate::codes::find(one.code),
            _ => None,
        };
        Self::new(one.unwrap_or(VALIDATION_FAILED)).with_errors(errors)
    }

    fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// With a sentence about this very occurrence. It is answered, not logged; at 500 and above it is not answered either.
    #[must_use]
    pub(crate) fn detail(mut self, detail: impl Display) -> Self {
        self.0.detail = Some(detail.to_string());
        self
    }

    /// With these errors; the sentence is theirs, unless another was given.
    #[must_use]
    pub(super) fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        if self.0.detail.is_none() && !errors.is_empty() {
            let sentences: Vec<_> = errors.iter().map(|error| error.detail.as_str()).collect();
            self.0.detail = Some(sentences.join("; "));
        }
        self.0.errors = errors;
        self
    }

    /// With one error that says why more exactly than the code.
    #[must_use]
    pub(crate) fn because(self, pointer: &'static str, code: &'static str, sentence: impl Display) -> Self {
        self.with_errors(vec![FieldError {
            pointer: pointer.into(),
            code,
            detail: sentence.to_string(),
        }])
    }

    /// With another status than the code's own.
    #[must_use]
    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status;
        self
    }

    /// With a member of its own (`state`, `allowed`).
    #[must_use]
    pub(crate) fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.0.members.insert(member.to_owned(), value.into());
        self
    }

    /// With a header.
    #[must_use]
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// With the number of seconds after which to try again.
    #[must_use]
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        self.with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }
}
