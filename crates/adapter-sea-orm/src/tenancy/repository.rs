//! Writes institutions.

use ipt_domain::{tenancy::institution::Institution, version::Version};
use ipt_ports::{RepositoryError, engagement::Trail, tenancy::TenancyRepository};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use uuid::Uuid;

use super::{holiday_row, mapper, tenant_row};
use crate::{
    error::repository_error,
    number,
    scope::{demand, within},
    unit_of_work::SeaUnitOfWork,
};

/// How many holidays one statement inserts, well below the number of values that a statement may have.
const CHUNK: usize = 1_000;

#[async_trait::async_trait]
impl TenancyRepository for SeaUnitOfWork {
    async fn save_institution(
        &mut self,
        institution: &Institution,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(institution.id()))?;
        let row = mapper::row(institution, trail.audit.record.at);
        match replaces {
            None => self.insert_row(row.into_active_model()).await?,
            Some(version) => self.update_institution(row, version).await?,
        }
        self.replace_holidays(institution).await?;
        self.leave(trail).await
    }
}

impl SeaUnitOfWork {
    async fn update_institution(
        &self,
        row: tenant_row::Model,
        replaces: Version,
    ) -> Result<(), RepositoryError> {
        let id = row.id;
        let changes = tenant_row::ActiveModel {
            id: NotSet,
            created_at: NotSet,
            ..row.into_active_model().reset_all()
        };
        let update = tenant_row::Entity::update_many()
            .set(changes)
            .filter(tenant_row::Column::Id.eq(id))
            .filter(tenant_row::Column::Version.eq(number::stored_version(replaces)))
            .filter(within(self.scope(), tenant_row::Column::Id));
        self.update_row(update).await
    }

    /// The version of the institution guards its holidays too.
    async fn replace_holidays(&self, institution: &Institution) -> Result<(), RepositoryError> {
        let tenant_id: Uuid = institution.id().uuid();
        holiday_row::Entity::delete_many()
            .filter(holiday_row::Column::TenantId.eq(tenant_id))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        let dates: Vec<_> = institution.calendar().holidays().iter().copied().collect();
        for chunk in dates.chunks(CHUNK) {
            let rows = chunk.iter().map(|date| {
                holiday_row::Model {
                    tenant_id,
                    date: *date,
                }
                .into_active_model()
            });
            holiday_row::Entity::insert_many(rows)
                .exec_without_returning(self.connection())
                .await
                .map_err(repository_error)?;
        }
        Ok(())
    }
}
