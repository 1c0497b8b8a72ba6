//! The days of placements that have an entry.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::PlacementId,
    logbook::{credit::DayOfCredit, hours::Minutes, kind::DayKind, state::StateName},
};
use ipt_ports::{RepositoryError, placement::DayOfProgress};
use sea_orm::{ConnectionTrait as _, QueryResult};
use uuid::Uuid;

use crate::{
    cells::Cells, dialect::Sql, error::repository_error, scope::push_within, unit_of_work::SeaUnitOfWork,
};

impl SeaUnitOfWork {
    /// The live entries of a placement and, at any remove, of those that it continues. A draft that was never handed in
    /// tells nothing yet, and is left out.
    pub(super) async fn chain_days(
        &self,
        placement: PlacementId,
        now: Instant,
    ) -> Result<Vec<(PlacementId, DayOfProgress)>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("WITH RECURSIVE chain (id, continues_id, state) AS (SELECT p.id, p.continues_id, p.state FROM placement p WHERE ");
        push_within(&mut sql, self.scope(), "p.tenant_id");
        sql.push(" AND p.id = ").bind(placement.uuid());
        // UNION, not UNION ALL: a row met twice ends the search, so that a circle could not hang it.
        sql.push(
            " UNION SELECT earlier.id, earlier.continues_id, earlier.state \
             FROM chain JOIN placement earlier ON earlier.id = chain.continues_id) \
             SELECT e.id, e.placement_id, e.log_date, e.kind, coalesce(e.confirmed_minutes, e.worked_minutes) AS minutes, \
             e.state, coalesce(e.due_at < ",
        );
        sql.bind(now);
        sql.push(
            " AND chain.state <> 'suspended', false) AS overdue FROM chain JOIN log_entry e ON e.placement_id = chain.id \
             WHERE ",
        );
        push_within(&mut sql, self.scope(), "e.tenant_id");
        sql.push(" AND e.state <> 'voided' AND e.submitted_at IS NOT NULL ORDER BY e.log_date, e.id");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        rows.iter().map(day).collect()
    }

    pub(super) async fn days_outside(
        &self,
        placement: PlacementId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<NaiveDate>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT e.log_date FROM log_entry e WHERE ");
        push_within(&mut sql, self.scope(), "e.tenant_id");
        sql.push(" AND e.placement_id = ").bind(placement.uuid());
        sql.push(" AND e.state <> 'voided' AND (e.log_date < ").bind(from);
        sql.push(" OR e.log_date > ")
            .bind(to)
            .push(") ORDER BY e.log_date");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        rows.iter()
            .map(|row| row.try_get_by_index(0).map_err(repository_error))
            .collect()
    }
}

fn day(row: &QueryResult) -> Result<(PlacementId, DayOfProgress), RepositoryError> {
    let id: Uuid = row.try_get("", "id").map_err(repository_error)?;
    let cells = Cells::of("log_entry", id);
    let kind: Option<String> = row.try_get("", "kind").map_err(repository_error)?;
    let kind = cells.named("kind", &cells.needed("kind", kind)?, DayKind::from_name)?;
    let state: String = row.try_get("", "state").map_err(repository_error)?;
    let minutes: Option<i32> = row.try_get("", "minutes").map_err(repository_error)?;
    let minutes = minutes
        .map(|minutes| cells.count("worked_minutes", minutes))
        .transpose()?;
    let placement: Uuid = row.try_get("", "placement_id").map_err(repository_error)?;
    let day = DayOfProgress {
        day: DayOfCredit {
            date: row.try_get("", "log_date").map_err(repository_error)?,
            kind,
            minutes: minutes.map_or(Minutes::ZERO, Minutes::new),
        },
        state: cells.named("state", &state, StateName::from_name)?,
        overdue: row.try_get("", "overdue").map_err(repository_error)?,
    };
    Ok((PlacementId::new(placement), day))
}
