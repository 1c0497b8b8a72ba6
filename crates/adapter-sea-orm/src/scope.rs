//! How a scope reaches the database: twice. On PostgreSQL the transaction carries it, for the row-level security; and
//! each query names it in its own condition, which is all that SQLite has.

use ipt_domain::id::TenantId;
use ipt_ports::{RepositoryError, Scope};
use sea_orm::{ColumnTrait, Condition, Value};

use crate::dialect::{Dialect, Sql};

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Look.
    Read,
    /// Look and change.
    Write,
}

/// The statement that begins a transaction in this scope.
///
/// On PostgreSQL one round trip both begins and sets the scope, which ends with the transaction. The values are UUIDs and
/// names of our own, so that they can stand in the text. SQLite takes the write lock at once: a transaction that reads
/// first and writes later would fail when another wrote in between, whatever the busy time-out.
pub(crate) fn begin(dialect: Dialect, access: Access, scope: &Scope) -> String {
    match (dialect, access) {
        (Dialect::Postgres, access) => {
            let mode = match access {
                Access::Read => "READ ONLY",
                Access::Write => "READ WRITE",
            };
            match scope {
                Scope::Tenants(tenants) => {
                    format!("BEGIN {mode}; SET LOCAL ipt.tenants = '{}'", list(tenants))
                }
                Scope::System(system) => {
                    format!("BEGIN {mode}; SET LOCAL ipt.system = '{}'", system.as_str())
                }
            }
        }
        (Dialect::Sqlite, Access::Write) => "BEGIN IMMEDIATE".to_owned(),
        (Dialect::Sqlite, Access::Read) => "BEGIN DEFERRED".to_owned(),
    }
}

/// The ids, separated by commas.
fn list(tenants: &[TenantId]) -> String {
    tenants
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

/// Only rows whose `column` names an institution of the scope. A system scope has no condition in code: what it may see
/// is said by the database's policies.
pub(crate) fn within(scope: &Scope, column: impl ColumnTrait) -> Condition {
    match scope {
        Scope::Tenants(tenants) => {
            Condition::all().add(column.is_in(tenants.iter().map(|tenant| tenant.uuid())))
        }
        Scope::System(_) => Condition::all(),
    }
}

/// As [`within`], and those that belong to no institution.
pub(crate) fn within_or_shared(scope: &Scope, column: impl ColumnTrait) -> Condition {
    match scope {
        Scope::Tenants(_) => Condition::any().add(within(scope, column)).add(column.is_null()),
        Scope::System(_) => Condition::all(),
    }
}

/// A row of an institution that the caller did not name.
#[derive(Debug, thiserror::Error)]
#[error("the row belongs to an institution outside the scope of this unit of work")]
struct OutOfScope;

/// Refuses to write a row of an institution outside the scope; one of no institution is let through. A caller that is
/// refused has a fault: PostgreSQL's policies would refuse the row too, SQLite has only this.
///
/// # Errors
/// [`RepositoryError::Backend`].
pub(crate) fn demand(scope: &Scope, tenant: Option<TenantId>) -> Result<(), RepositoryError> {
    if tenant.is_none_or(|tenant| scope.covers(tenant)) {
        Ok(())
    } else {
        Err(RepositoryError::Backend(Box::new(OutOfScope)))
    }
}

/// As [`demand`], and refuses a row of no institution as well, unless one of the deployment's own jobs writes it: what is
/// of no institution has rights over the deployment.
///
/// # Errors
/// [`RepositoryError::Backend`].
pub(crate) fn demand_strictly(scope: &Scope, tenant: Option<TenantId>) -> Result<(), RepositoryError> {
    match (scope, tenant) {
        (Scope::Tenants(_), None) => Err(RepositoryError::Backend(Box::new(OutOfScope))),
        (Scope::Tenants(_), Some(_)) | (Scope::System(_), _) => demand(scope, tenant),
    }
}

/// The condition of [`within`], in the text of a hot statement.
pub(crate) fn push_within(sql: &mut Sql, scope: &Scope, column: &str) {
    match scope {
        Scope::Tenants(tenants) if tenants.is_empty() => {
            sql.push("1 = 0");
        }
        Scope::Tenants(tenants) => {
            sql.push(column).push(" IN (");
            sql.bind_all(tenants.iter().map(|tenant| Value::from(tenant.uuid())))
                .push(")");
        }
        Scope::System(_) => {
            sql.push("1 = 1");
        }
    }
}

#[cfg(test)]
mod tests {
    use ipt_ports::SystemScope;

    use super::*;

    #[test]
    fn the_scope_is_set_in_the_round_trip_that_begins() {
        let tenant = TenantId::new(uuid::Uuid::from_u128(7));
        assert_eq!(
            begin(
                Dialect::Postgres,
                Access::Read,
                &Scope::Tenants(vec![tenant, tenant])
            ),
            "BEGIN READ ONLY; SET LOCAL ipt.tenants = \
             '00000000-0000-0000-0000-000000000007,00000000-0000-0000-0000-000000000007'"
        );
        assert_eq!(
            begin(
                Dialect::Postgres,
                Access::Write,
                &Scope::System(SystemScope::Worker)
            ),
            "BEGIN READ WRITE; SET LOCAL ipt.system = 'worker'"
        );
    }

    #[test]
    fn sqlite_takes_the_write_lock_at_the_beginning() {
        let scope = Scope::Tenants(Vec::new());
        assert_eq!(begin(Dialect::Sqlite, Access::Write, &scope), "BEGIN IMMEDIATE");
        assert_eq!(begin(Dialect::Sqlite, Access::Read, &scope), "BEGIN DEFERRED");
    }
}
