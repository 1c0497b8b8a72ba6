//! Links records into their chains.

use std::sync::LazyLock;

use ipt_domain::audit::{chain::Link, record::AuditRecord};
use ipt_ports::{
    RepositoryError,
    audit::{AuditEntry, ChainLinker},
};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, Value};

use super::{link_row, mapper, record_row};
use crate::{
    Dialect,
    dialect::Sql,
    error::repository_error,
    joined,
    scope::{demand, push_within},
    unit_of_work::SeaUnitOfWork,
    writes::Writes,
};

/// A number of our own for PostgreSQL's advisory lock.
const LOCK: i64 = 0x6970_745f_6368_6e73;

/// How many links one statement inserts: well below the number of values that a statement may have.
const CHUNK: usize = 100;

/// What waits, the oldest first: ids are of version 7, which sorts by time. By the key of the queue.
static UNLINKED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM audit_unlinked q JOIN audit_record r ON r.id = q.record_id WHERE ",
        joined::columns::<record_row::Entity>("r"),
    )
});

#[async_trait::async_trait]
impl ChainLinker for SeaUnitOfWork {
    /// On SQLite whoever writes is alone, and so has the right already.
    async fn take_linking(&mut self) -> Result<bool, RepositoryError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(true),
            Dialect::Postgres => {
                let mut sql = Sql::new(self.dialect());
                sql.push("SELECT pg_try_advisory_xact_lock(").bind(LOCK).push(")");
                let row = self
                    .connection()
                    .query_one_raw(sql.statement())
                    .await
                    .map_err(repository_error)?;
                row.map_or(Ok(false), |row| row.try_get_by_index(0))
                    .map_err(repository_error)
            }
        }
    }

    async fn unlinked(&mut self, limit: u32) -> Result<Vec<AuditRecord>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(&UNLINKED);
        push_within(&mut sql, self.scope(), "q.chain");
        sql.push(" ORDER BY q.record_id LIMIT ").bind(i64::from(limit));
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let read = |row| {
            joined::row(row, "r_")
                .map_err(repository_error)
                .and_then(mapper::record)
        };
        rows.iter().map(read).collect()
    }

    async fn append_links(&mut self, links: &[Link]) -> Result<(), RepositoryError> {
        for chunk in links.chunks(CHUNK) {
            let rows = chunk
                .iter()
                .map(|link| mapper::link_row(link).into_active_model());
            link_row::Entity::insert_many(rows)
                .exec_without_returning(self.connection())
                .await
                .map_err(repository_error)?;
            let mut sql = Sql::new(self.dialect());
            sql.push("DELETE FROM audit_unlinked WHERE record_id IN (");
            sql.bind_all(chunk.iter().map(|link| Value::from(link.record_id.uuid())))
                .push(") AND ");
            push_within(&mut sql, self.scope(), "chain");
            self.connection()
                .execute_raw(sql.statement())
                .await
                .map_err(repository_error)?;
        }
        Ok(())
    }

    async fn record(&mut self, entry: &AuditEntry) -> Result<(), RepositoryError> {
        demand(self.scope(), entry.record.tenant)?;
        Writes::new().audit(entry).execute(self.connection()).await
    }
}
