//! Copies of what is kept of a person.

use ipt_domain::{
    Instant,
    id::{DataExportId, TenantId, UserId},
    identity::data_export::DataExport,
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    identity::{DataExportReader, DataExportRepository},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};

use super::{
    data_export_mapper as mapper,
    data_export_row::{Column, Entity},
};
use crate::{
    error::repository_error,
    number,
    scope::{demand, within_or_shared},
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl DataExportReader for SeaUnitOfWork {
    async fn data_export(&mut self, id: DataExportId) -> Result<Option<DataExport>, RepositoryError> {
        self.first_export(Condition::all().add(Column::Id.eq(id.uuid())), Column::Id)
            .await
    }

    async fn last_data_export(
        &mut self,
        asked_by: UserId,
        about: UserId,
        tenant: Option<TenantId>,
    ) -> Result<Option<DataExport>, RepositoryError> {
        let of = Condition::all()
            .add(Column::AskedById.eq(asked_by.uuid()))
            .add(Column::AboutId.eq(about.uuid()))
            .add(match tenant {
                Some(tenant) => Column::TenantId.eq(tenant.uuid()),
                None => Column::TenantId.is_null(),
            });
        let row = Entity::find()
            .filter(of)
            .filter(within_or_shared(self.scope(), Column::TenantId))
            .order_by_desc(Column::AskedAt)
            .order_by_desc(Column::Id)
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.as_ref().map(mapper::export).transpose()
    }

    async fn due_data_export(&mut self, now: Instant) -> Result<Option<DataExport>, RepositoryError> {
        let due = Condition::all()
            .add(Column::State.eq("waiting"))
            .add(Column::DueAt.lte(now));
        self.first_export(due, Column::DueAt).await
    }

    async fn data_exports_about(&mut self, about: UserId) -> Result<Vec<DataExport>, RepositoryError> {
        let rows = Entity::find()
            .filter(Column::AboutId.eq(about.uuid()))
            .filter(within_or_shared(self.scope(), Column::TenantId))
            .order_by_asc(Column::Id)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        rows.iter().map(mapper::export).collect()
    }
}

#[async_trait::async_trait]
impl DataExportRepository for SeaUnitOfWork {
    async fn save_data_export(
        &mut self,
        export: &DataExport,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), export.tenant_id)?;
        let row = mapper::row(export).into_active_model();
        let Some(replaces) = replaces else {
            return self.insert_row(row).await;
        };
        let update = Entity::update_many()
            .set(row.reset_all())
            .filter(Column::Id.eq(export.id.uuid()))
            .filter(Column::Version.eq(number::stored_version(replaces)))
            .filter(within_or_shared(self.scope(), Column::TenantId));
        self.update_row(update).await
    }

    async fn remove_data_exports(&mut self, about: UserId) -> Result<(), RepositoryError> {
        Entity::delete_many()
            .filter(Column::AboutId.eq(about.uuid()))
            .filter(within_or_shared(self.scope(), Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    /// The first that meets a condition, by a column.
    async fn first_export(
        &self,
        condition: Condition,
        by: Column,
    ) -> Result<Option<DataExport>, RepositoryError> {
        let row = Entity::find()
            .filter(condition)
            .filter(within_or_shared(self.scope(), Column::TenantId))
            .order_by_asc(by)
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.as_ref().map(mapper::export).transpose()
    }
}
