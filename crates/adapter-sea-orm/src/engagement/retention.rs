//! What is kept for a time only: each kind is one row of a table here.

use ipt_domain::Instant;
use ipt_ports::{
    RepositoryError,
    engagement::{Kept, RetentionStore},
};
use sea_orm::ConnectionTrait as _;

use crate::{
    dialect::Sql, error::repository_error, number, scope::demand_strictly, unit_of_work::SeaUnitOfWork,
};

/// Where rows of a kind lie: the table, the column that tells since when, and which of its rows are meant.
struct Place {
    table: &'static str,
    since: &'static str,
    which: &'static str,
}

const fn place(kind: Kept) -> Place {
    let (table, since, which) = match kind {
        Kept::Messages => ("outbox", "done_at", "status = 'done'"),
        Kept::Answers => ("idempotency_key", "reserved_at", "1 = 1"),
        Kept::Secrets => ("mailed_secret", "expires_at", "1 = 1"),
        Kept::Sessions => ("session", "last_used_at", "1 = 1"),
        Kept::Devices => ("known_device", "last_seen_at", "1 = 1"),
        Kept::Notifications => ("notification", "created_at", "1 = 1"),
        Kept::Exports => ("data_export", "asked_at", "state <> 'waiting'"),
        Kept::AuditValues => (
            "audit_detail",
            "(SELECT r.at FROM audit_record r WHERE r.id = audit_detail.record_id)",
            "1 = 1",
        ),
    };
    Place { table, since, which }
}

#[async_trait::async_trait]
impl RetentionStore for SeaUnitOfWork {
    async fn past(&mut self, kind: Kept, before: Instant) -> Result<u64, RepositoryError> {
        demand_strictly(self.scope(), None)?;
        let Place { table, since, which } = place(kind);
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT count(*) AS past FROM ")
            .push(table)
            .push(" WHERE ");
        sql.push(which).push(" AND ").push(since).push(" < ").bind(before);
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let past = row.map_or(Ok(0), |row| row.try_get::<i64>("", "past"));
        Ok(number::total(past.map_err(repository_error)?))
    }

    /// A row is named by its place, since not every table has a key of one column; one that moved meanwhile stays for the next
    /// time.
    async fn remove_past(&mut self, kind: Kept, before: Instant, limit: u32) -> Result<u64, RepositoryError> {
        demand_strictly(self.scope(), None)?;
        let Place { table, since, which } = place(kind);
        let mut sql = Sql::new(self.dialect());
        sql.push("DELETE FROM ").push(table);
        sql.either(" WHERE ctid IN (SELECT ctid", " WHERE rowid IN (SELECT rowid");
        sql.push(" FROM ").push(table).push(" WHERE ").push(which);
        sql.push(" AND ").push(since).push(" < ").bind(before);
        sql.push(" ORDER BY ").push(since).push(" LIMIT ");
        sql.bind(i64::from(limit)).push(")");
        let removed = self
            .connection()
            .execute_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        Ok(removed.rows_affected())
    }
}
