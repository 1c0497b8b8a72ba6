//! The one error of every repository.

use ipt_domain::{error::Corruption, placement::load::Overload};

/// A uniqueness, cap or reference that the database holds up, by the meaning that it has for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Constraint {
    /// One student of an institution has one registration number.
    RegistrationNumber,
    /// One live log entry for each placement and date.
    LogDay,
    /// One account for each mail address.
    UserEmail,
    /// One mailed secret of a person for each purpose.
    MailedSecret,
    /// One copy of what is kept of a person that is to be made for somebody.
    DataExport,
    /// One institution for each code.
    TenantCode,
    /// One membership of a person in an institution and organisation.
    Membership,
    /// One role of an institution for each key.
    RoleKey,
    /// One programme for each code of an institution.
    ProgrammeCode,
    /// One organisation for each name and city, unless another was made on purpose.
    OrganisationName,
    /// A supervisor's number of students on one day.
    SupervisorCap(Overload),
    /// One record for each idempotency key of a person and route.
    IdempotencyKey,
    /// A reference to something that does not exist.
    Reference,
    /// Any other constraint.
    Other,
}

/// Why a repository could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// A constraint of the database refused the change.
    #[error("the database refused a change by its constraint {0:?}")]
    Conflict(Constraint),
    /// The row's version was not the one that the change was made from.
    #[error("the row was changed by somebody else in the meantime")]
    Stale,
    /// The database cannot be reached, or is too busy; trying again later can help.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored row breaks an invariant.
    #[error(transparent)]
    Corrupt(#[from] Corruption),
    /// Anything else that the driver reports.
    #[error("the database reported an error")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
}
