//! Claiming messages: several workers share the outbox, and none gets what another has.

use std::sync::LazyLock;

use ipt_domain::Instant;
use ipt_ports::{RepositoryError, engagement::PendingMessage};
use sea_orm::{ConnectionTrait as _, Iterable as _, sea_query::Iden as _};

use super::{outbox_mapper, outbox_row};
use crate::{dialect::Sql, error::repository_error, joined, scope::push_within, unit_of_work::SeaUnitOfWork};

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    outbox_row::Column::iter()
        .map(|column| column.unquoted().to_owned())
        .collect::<Vec<_>>()
        .join(", ")
});

impl SeaUnitOfWork {
    /// Claims up to `limit` messages until `locked_until`, those first that are due for longest.
    ///
    /// PostgreSQL's workers pass over rows that another is about to claim (`SKIP LOCKED`); what is due is asked again
    /// outside, where it holds for the row as it is then. SQLite has one writer at a time. Answered by `outbox_due`.
    pub(super) async fn claim_messages(
        &self,
        limit: u32,
        now: Instant,
        locked_until: Instant,
    ) -> Result<Vec<PendingMessage>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("WITH due AS MATERIALIZED (SELECT id FROM outbox WHERE ");
        self.push_due(&mut sql, now);
        sql.push(" ORDER BY available_at, id LIMIT ")
            .bind(i64::from(limit));
        sql.either(" FOR UPDATE SKIP LOCKED", "");
        sql.push(") UPDATE outbox SET status = 'running', attempts = attempts + 1, locked_until = ")
            .bind(locked_until);
        sql.push(" WHERE id IN (SELECT id FROM due) AND ");
        self.push_due(&mut sql, now);
        sql.push(" RETURNING ").push(&COLUMNS);
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let rows = rows
            .iter()
            .map(|row| joined::row::<outbox_row::Model>(row, ""))
            .collect::<Result<Vec<_>, _>>();
        let mut rows = rows.map_err(repository_error)?;
        // What an update returns has no order.
        rows.sort_by_key(|row| (row.available_at, row.id));
        rows.into_iter().map(outbox_mapper::pending).collect()
    }

    /// Queued, or claimed by somebody who did not finish in time; in both cases its time has come.
    fn push_due(&self, sql: &mut Sql, now: Instant) {
        sql.push("status IN ('queued', 'running') AND available_at <= ")
            .bind(now);
        sql.push(" AND (status = 'queued' OR locked_until <= ")
            .bind(now)
            .push(") AND ");
        push_within(sql, self.scope(), "tenant_id");
    }
}
