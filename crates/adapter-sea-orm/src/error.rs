//! What the drivers report, as the one error of the repositories.

use ipt_domain::error::Corruption;
use ipt_ports::{Constraint, RepositoryError};
use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::ErrorKind;
use uuid::Uuid;

/// The constraints that mean something to a person: PostgreSQL's name, and what SQLite says instead, which is the first
/// column of the index, or its name when it is one over expressions.
const CONSTRAINTS: &[(&str, &str, Constraint)] = &[
    ("log_entry_day", "log_entry.placement_id", Constraint::LogDay),
    (
        "user_account_email",
        "user_account.email_folded",
        Constraint::UserEmail,
    ),
    ("tenant_code", "tenant.code", Constraint::TenantCode),
    ("membership_once", "membership_once", Constraint::Membership),
    (
        "mailed_secret_once",
        "mailed_secret.subject_id",
        Constraint::MailedSecret,
    ),
    ("tenant_role_key", "tenant_role.tenant_id", Constraint::RoleKey),
    (
        "profile_registration",
        "profile.tenant_id",
        Constraint::RegistrationNumber,
    ),
    (
        "data_export_waiting_once",
        "data_export_waiting_once",
        Constraint::DataExport,
    ),
    ("programme_code", "programme.tenant_id", Constraint::ProgrammeCode),
    (
        "organisation_once",
        "organisation_once",
        Constraint::OrganisationName,
    ),
    (
        "idempotency_key_once",
        "idempotency_key_once",
        Constraint::IdempotencyKey,
    ),
];

/// Codes of PostgreSQL after which trying again can help: no resources, being shut down, a lock or a statement that took
/// too long, a deadlock, a conflict of serialisation.
const TRANSIENT: &[&str] = &[
    "40001", "40P01", "53000", "53100", "53200", "53300", "55P03", "57014", "57P01", "57P02", "57P03",
];

/// What the database reported, without its detail: there it quotes the values of the row.
#[derive(Debug, thiserror::Error)]
#[error("the database reported {code}: {message}")]
struct Reported {
    code: String,
    message: String,
}

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Maps an error of sea-orm.
pub(crate) fn repository_error(error: DbErr) -> RepositoryError {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => RepositoryError::Unavailable(Box::new(error)),
        DbErr::Exec(RuntimeErr::SqlxError(driver)) | DbErr::Query(RuntimeErr::SqlxError(driver)) => {
            let source = source(&driver).unwrap_or_else(|| Box::new(driver.clone()));
            judged(judge(&driver), source)
        }
        error => RepositoryError::Backend(Box::new(error)),
    }
}

/// Maps an error of the driver.
pub(crate) fn driver_error(error: sqlx::Error) -> RepositoryError {
    let judgement = judge(&error);
    let source = source(&error).unwrap_or_else(|| Box::new(error));
    judged(judgement, source)
}

fn judged(judgement: Judgement, source: Source) -> RepositoryError {
    match judgement {
        Judgement::Conflict(constraint) => RepositoryError::Conflict(constraint),
        Judgement::Unavailable => RepositoryError::Unavailable(source),
        Judgement::Backend => RepositoryError::Backend(source),
    }
}

/// What may be told of an error that the database reported; none for one of the driver's own.
fn source(error: &sqlx::Error) -> Option<Source> {
    let error = error.as_database_error()?;
    let code = error
        .code()
        .map_or_else(String::new, std::borrow::Cow::into_owned);
    Some(Box::new(Reported {
        code,
        message: error.message().to_owned(),
    }))
}

#[derive(Clone, Copy)]
enum Judgement {
    Conflict(Constraint),
    Unavailable,
    Backend,
}

fn judge(error: &sqlx::Error) -> Judgement {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::WorkerCrashed => Judgement::Unavailable,
        sqlx::Error::Database(error) => match error.kind() {
            ErrorKind::UniqueViolation | ErrorKind::CheckViolation => {
                Judgement::Conflict(constraint(error.constraint(), error.message()))
            }
            ErrorKind::ForeignKeyViolation => Judgement::Conflict(Constraint::Reference),
            _ if is_transient(error.as_ref()) => Judgement::Unavailable,
            _ => Judgement::Backend,
        },
        _ => Judgement::Backend,
    }
}

/// Which constraint was broken, by its name on PostgreSQL and by the message on SQLite.
fn constraint(name: Option<&str>, message: &str) -> Constraint {
    CONSTRAINTS
        .iter()
        .find(|(postgres, sqlite, _)| match name {
            Some(name) => name == *postgres,
            None => named(message).any(|found| found == *sqlite),
        })
        .map_or(Constraint::Other, |(_, _, constraint)| *constraint)
}

/// The columns or the index that a message of SQLite names: `UNIQUE constraint failed: a.b, a.c`, `… failed: index 'x'`.
fn named(message: &str) -> impl Iterator<Item = &str> {
    let list = message
        .rsplit_once("constraint failed: ")
        .map_or("", |(_, list)| list);
    list.trim_start_matches("index ")
        .split(", ")
        .map(|name| name.trim_matches('\''))
}

fn is_transient(error: &dyn sqlx::error::DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    // PostgreSQL's codes have five characters. SQLite's are shorter numbers, with the family in the low byte: 5 is "busy",
    // 6 "locked", 10 an error of the disk, 13 "full".
    TRANSIENT.contains(&code.as_ref())
        || (code.len() < 5
            && code
                .parse::<u32>()
                .is_ok_and(|code| matches!(code & 0xFF, 5 | 6 | 10 | 13)))
}

/// A stored value that cannot be.
pub(crate) fn damaged(
    table: &'static str,
    column: &'static str,
    id: Uuid,
    problem: &'static str,
) -> RepositoryError {
    Corruption {
        table,
        column,
        id,
        problem,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_is_known_by_its_name_or_by_its_columns() {
        let columns = "UNIQUE constraint failed: log_entry.placement_id, log_entry.log_date";
        assert_eq!(constraint(None, columns), Constraint::LogDay);
        assert_eq!(
            constraint(Some("log_entry_day"), "duplicate key"),
            Constraint::LogDay
        );
        assert_eq!(
            constraint(None, "UNIQUE constraint failed: index 'membership_once'"),
            Constraint::Membership
        );
        assert_eq!(
            constraint(Some("log_entry_pkey"), "duplicate key"),
            Constraint::Other
        );
        assert_eq!(
            constraint(None, "UNIQUE constraint failed: log_entry.id"),
            Constraint::Other
        );
    }
}
