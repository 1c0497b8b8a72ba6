//! Ranges of days that were opened again.

use ipt_domain::id::{PlacementId, ReopeningId, TenantId, UserId};
use ipt_ports::{RepositoryError, logbook::Reopening};
use sea_orm::{ConnectionTrait as _, DbErr, QueryResult};
use uuid::Uuid;

use crate::{
    dialect::Sql, error::repository_error, placement::push_among, scope::push_within,
    unit_of_work::SeaUnitOfWork,
};

impl SeaUnitOfWork {
    pub(super) async fn reopenings_by_id(
        &self,
        ids: &[ReopeningId],
    ) -> Result<Vec<Reopening>, RepositoryError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT id, tenant_id, placement_id, starts_on, ends_on, reason, by_id, at FROM reopened_days WHERE ");
        push_within(&mut sql, self.scope(), "tenant_id");
        sql.push(" AND ");
        push_among(&mut sql, "id", ids.iter().map(|id| id.uuid()));
        let rows = self.connection().query_all_raw(sql.statement()).await;
        let rows = rows.map_err(repository_error)?;
        let found = rows.iter().map(reopening).collect::<Result<Vec<_>, _>>();
        let mut found = found.map_err(repository_error)?;
        found.sort_by_key(|reopening| ids.iter().position(|id| *id == reopening.id));
        Ok(found)
    }
}

fn reopening(row: &QueryResult) -> Result<Reopening, DbErr> {
    let id = |column| row.try_get::<Uuid>("", column);
    Ok(Reopening {
        id: ReopeningId::new(id("id")?),
        tenant_id: TenantId::new(id("tenant_id")?),
        placement_id: PlacementId::new(id("placement_id")?),
        from: row.try_get("", "starts_on")?,
        to: row.try_get("", "ends_on")?,
        reason: row.try_get("", "reason")?,
        by: UserId::new(id("by_id")?),
        at: row.try_get("", "at")?,
    })
}
