//! Looks at single entries, and at several by their ids.

use std::collections::HashMap;

use ipt_domain::{
    id::{LogEntryId, PlacementId, TenantId, UserId},
    logbook::entry::LogEntry,
    placement::policy::Policy,
};
use ipt_ports::{RepositoryError, logbook::LogCase};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{entry_row, mapper};
use crate::{
    dialect::Sql,
    error::{damaged, repository_error},
    joined::{self, ByPlace as _},
    placement::{self, CaseSql},
    scope::{push_within, within},
    unit_of_work::SeaUnitOfWork,
};

impl SeaUnitOfWork {
    /// An entry with its case, in one statement: every action on an entry begins with it.
    #[tracing::instrument(name = "db.log_entry.find", level = "debug", skip_all)]
    pub(super) async fn entry_by_id(
        &self,
        id: LogEntryId,
    ) -> Result<Option<(LogEntry, LogCase)>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT ");
        CaseSql::push_columns(&mut sql);
        sql.push(", ").push(&joined::places::<entry_row::Model>("e"));
        CaseSql::push_tables(&mut sql);
        sql.push(" JOIN log_entry e ON e.placement_id = p.id AND e.tenant_id = p.tenant_id WHERE ");
        push_within(&mut sql, self.scope(), "e.tenant_id");
        sql.push(" AND e.id = ").bind(id.uuid());
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let Some(row) = row else { return Ok(None) };
        let entry = entry_row::Model::take(&row, CaseSql::END)?;
        Ok(Some((mapper::entry(entry)?, CaseSql::read(&row)?)))
    }

    pub(super) async fn entries_by_id(
        &self,
        ids: &[LogEntryId],
    ) -> Result<Vec<(LogEntry, LogCase)>, RepositoryError> {
        let rows = entry_row::Entity::find()
            .filter(within(self.scope(), entry_row::Column::TenantId))
            .filter(entry_row::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let entries = self.with_cases(rows).await?;
        let mut by_id: HashMap<LogEntryId, _> = entries
            .into_iter()
            .map(|(entry, case)| (entry.id(), (entry, case)))
            .collect();
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
    }

    /// Adds the cases, each read once: one statement.
    pub(super) async fn with_cases(
        &self,
        rows: Vec<entry_row::Model>,
    ) -> Result<Vec<(LogEntry, LogCase)>, RepositoryError> {
        let cases = placement::cases(self, rows.iter().map(|row| row.placement_id)).await?;
        rows.into_iter()
            .map(|row| {
                let id: Uuid = row.id;
                let case = cases.get(&PlacementId::new(row.placement_id)).cloned();
                let case =
                    case.ok_or_else(|| damaged("log_entry", "placement_id", id, "the placement is gone"))?;
                Ok((mapper::entry(row)?, case))
            })
            .collect()
    }

    pub(super) async fn policies_that_take_entries(
        &self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Policy>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push(
            "SELECT pp.programme_id, pp.policy FROM placement p JOIN programme_policy pp \
             ON pp.programme_id = p.programme_id AND pp.version = p.policy_version AND pp.tenant_id = p.tenant_id WHERE ",
        );
        push_within(&mut sql, self.scope(), "p.tenant_id");
        sql.push(" AND p.tenant_id = ").bind(tenant.uuid());
        sql.push(" AND p.student_id = ").bind(student.uuid());
        sql.push(" AND p.state IN ('active', 'terminated') ORDER BY p.start_date, p.id");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        rows.iter()
            .map(|row| {
                let programme = row.try_get("", "programme_id").map_err(repository_error)?;
                let policy = row.try_get("", "policy").map_err(repository_error)?;
                placement::mapper::programme::policy(programme, policy)
            })
            .collect()
    }
}
