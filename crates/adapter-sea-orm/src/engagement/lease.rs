//! Leases: of several workers one runs the schedules.

use ipt_domain::Instant;
use ipt_ports::RepositoryError;
use sea_orm::ConnectionTrait as _;

use crate::{dialect::Sql, error::repository_error, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    /// Takes a lease that is free, run out or one's own, in one statement: of two at once one changes the row.
    pub(super) async fn take(
        &self,
        name: &str,
        holder: &str,
        now: Instant,
        until: Instant,
    ) -> Result<bool, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("INSERT INTO lease (name, holder, until) VALUES (")
            .bind(name)
            .push(", ")
            .bind(holder);
        sql.push(", ").bind(until).push(") ON CONFLICT (name) DO UPDATE ");
        sql.push("SET holder = excluded.holder, until = excluded.until ");
        sql.push("WHERE lease.holder = excluded.holder OR lease.until <= ")
            .bind(now);
        let result = self
            .connection()
            .execute_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        Ok(result.rows_affected() > 0)
    }
}
