//! What a failing port means to the client.

use ipt_domain::placement::violation::PlacementViolation;
use ipt_ports::{Constraint, RepositoryError, blob_store::BlobError};

use super::Problem;
use crate::codes::{
    self,
    protocol::{CONFLICT, MALFORMED_REQUEST, NOT_FOUND},
};

impl From<RepositoryError> for Problem {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(constraint) => conflict(constraint),
            RepositoryError::Stale => Self::new(CONFLICT)
                .detail("somebody else changed the same thing at this moment; read it again"),
            RepositoryError::Unavailable(_) => Self::unavailable(error),
            RepositoryError::Corrupt(_) | RepositoryError::Backend(_) => Self::internal(error),
        }
    }
}

/// A constraint that the rules did not see coming, since two requests raced.
fn conflict(constraint: Constraint) -> Problem {
    match constraint {
        Constraint::LogDay => named("duplicate_day"),
        Constraint::SupervisorCap(over) => Problem::rules([&PlacementViolation::SupervisorOverCap(over)]),
        Constraint::OrganisationName => named("organisation_exists"),
        Constraint::UserEmail => {
            Problem::new(CONFLICT).detail("there is an account with this address already")
        }
        Constraint::TenantCode => {
            Problem::new(CONFLICT).detail("there is an institution with this code already")
        }
        Constraint::Membership => Problem::new(CONFLICT).detail("this person is a member already"),
        Constraint::RegistrationNumber => named("registration_number_taken"),
        Constraint::RoleKey => named("role_key_taken"),
        Constraint::ProgrammeCode => {
            Problem::new(CONFLICT).detail("there is a programme with this code already")
        }
        Constraint::Reference => {
            Problem::new(CONFLICT).detail("something that this refers to does not exist (any more)")
        }
        Constraint::DataExport
        | Constraint::IdempotencyKey
        | Constraint::MailedSecret
        | Constraint::Other => Problem::new(CONFLICT),
    }
}

fn named(name: &str) -> Problem {
    Problem::new(codes::find(name).unwrap_or(CONFLICT))
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::NotFound => Self::new(NOT_FOUND),
            BlobError::TooLarge { max_bytes } => Self::rule(
                "attachment_too_large",
                "/attachment",
                format!("a file has at most {max_bytes} bytes"),
            ),
            BlobError::Type(kind) => Self::rule(
                "attachment_type",
                "/attachment",
                kind.map_or_else(
                    || "the file is of no kind that is known here".to_owned(),
                    |kind| format!("files of the kind {} are not taken here", kind.as_str()),
                ),
            ),
            BlobError::Stream(ipt_ports::blob_store::StreamError::Store(_)) | BlobError::Unavailable(_) => {
                Self::unavailable(error)
            }
            BlobError::Stream(_) => {
                Self::new(MALFORMED_REQUEST).detail("the body broke off or came too slowly")
            }
            BlobError::Key => Self::internal(error),
        }
    }
}
