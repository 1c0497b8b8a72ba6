//! Broken rules, as one problem.

use actix_web::http::StatusCode;
use ipt_domain::error::Violation;

use super::{FieldError, Problem};
use crate::codes::{
    self, Code,
    protocol::{INVALID_VALUE, VALIDATION_FAILED},
};

/// In which order the classes of broken rules are told: what is too large or of a wrong kind, then what conflicts with
/// what is stored, then the rest. Rules of one class come together; those of a later class wait until it is mended.
const fn rank(status: u16) -> u8 {
    match status {
        413 | 415 => 0,
        409 => 1,
        _ => 2,
    }
}

/// A broken rule with the status that it has by itself.
struct Broken {
    code: &'static Code,
    status: u16,
    error: FieldError,
}

impl Problem {
    /// All rules that were found broken. One alone gives its code to the whole.
    pub(crate) fn rules<'a, V: Violation + ?Sized + 'a>(violations: impl IntoIterator<Item = &'a V>) -> Self {
        let mut broken: Vec<Broken> = violations.into_iter().map(|violation| judge(violation)).collect();
        let first = broken
            .iter()
            .map(|one| rank(one.status))
            .min()
            .unwrap_or_default();
        broken.retain(|one| rank(one.status) == first);
        let (code, status) = match broken.as_slice() {
            [one] => (one.code, one.status),
            [one, ..] => (VALIDATION_FAILED, one.status),
            [] => (VALIDATION_FAILED, VALIDATION_FAILED.status),
        };
        Self::new(code)
            .with_status(StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY))
            .with_errors(broken.into_iter().map(|one| one.error).collect())
    }

    /// One broken rule that has a code, a place and a sentence, and no violation of its own.
    pub(crate) fn rule(name: &'static str, pointer: &'static str, sentence: impl std::fmt::Display) -> Self {
        let code = codes::find(name).unwrap_or(INVALID_VALUE);
        Self::field(pointer, code, sentence)
    }
}

/// The code, status and words of a broken rule. One that the table does not know counts as an invalid value; a test
/// keeps the table complete.
fn judge<V: Violation + ?Sized>(violation: &V) -> Broken {
    let code = codes::find(violation.code()).unwrap_or(INVALID_VALUE);
    let status = if violation.is_conflict() { 409 } else { code.status };
    Broken {
        code,
        status,
        error: FieldError::new(violation.pointer(), code, violation),
    }
}
