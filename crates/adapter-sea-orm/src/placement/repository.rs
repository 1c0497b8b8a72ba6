//! Writes what placements are made of.

use ipt_domain::{
    id::{TenantId, UserId},
    placement::{
        organisation::{Organisation, OrganisationRelation},
        placement::Placement,
        programme::Programme,
        site::Site,
    },
    version::Version,
};
use ipt_ports::{
    RepositoryError,
    engagement::Trail,
    placement::{Namesakes, PlacementChange, PlacementRepository},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::NotSet,
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{LockType, OnConflict},
};

use super::{mapper, placement_row, policy_row, programme_row, site_row};
use crate::{
    dialect::Dialect,
    error::repository_error,
    number,
    scope::{demand, within, within_or_shared},
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl PlacementRepository for SeaUnitOfWork {
    async fn save_programme(
        &mut self,
        programme: &Programme,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        use programme_row::{ActiveModel, Column, Entity};
        demand(self.scope(), Some(programme.tenant_id()))?;
        let at = trail.audit.record.at;
        let row = mapper::programme::row(programme, at).into_active_model();
        match replaces {
            None => self.insert_row(row).await?,
            Some(version) => {
                let changes = ActiveModel {
                    id: NotSet,
                    tenant_id: NotSet,
                    created_at: NotSet,
                    ..row.reset_all()
                };
                let update = Entity::update_many()
                    .set(changes)
                    .filter(Column::Id.eq(programme.id().uuid()))
                    .filter(Column::TenantId.eq(programme.tenant_id().uuid()))
                    .filter(Column::Version.eq(number::stored_version(version)));
                self.update_row(update).await?;
            }
        }
        self.keep_policy(programme, trail).await?;
        self.leave(trail).await
    }

    async fn save_organisation(
        &mut self,
        organisation: &Organisation,
        replaces: Option<Version>,
        namesakes: Namesakes,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let at = trail.audit.record.at;
        self.keep_organisation(organisation, replaces, namesakes, at)
            .await?;
        self.leave(trail).await
    }

    async fn save_relation(
        &mut self,
        relation: &OrganisationRelation,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(relation.tenant_id()))?;
        self.keep_relation(relation, replaces).await?;
        self.leave(trail).await
    }

    async fn save_site(
        &mut self,
        site: &Site,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        use site_row::{ActiveModel, Column, Entity};
        demand(self.scope(), site.owner())?;
        let row = mapper::site::row(site, trail.audit.record.at)?.into_active_model();
        match replaces {
            None => self.insert_row(row).await?,
            Some(version) => {
                let changes = ActiveModel {
                    id: NotSet,
                    tenant_id: NotSet,
                    created_at: NotSet,
                    ..row.reset_all()
                };
                let update = Entity::update_many()
                    .set(changes)
                    .filter(within_or_shared(self.scope(), Column::TenantId))
                    .filter(Column::Id.eq(site.id().uuid()))
                    .filter(Column::Version.eq(number::stored_version(version)));
                self.update_row(update).await?;
            }
        }
        self.leave(trail).await
    }

    async fn hold_student(&mut self, tenant: TenantId, student: UserId) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(tenant))?;
        self.hold(tenant, student).await
    }

    async fn hold_placement(&mut self, placement: &Placement) -> Result<(), RepositoryError> {
        use placement_row::{Column, Entity};
        demand(self.scope(), Some(placement.tenant_id()))?;
        let mut held = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Id.eq(placement.id().uuid()))
            .filter(Column::TenantId.eq(placement.tenant_id().uuid()))
            .filter(Column::Version.eq(number::stored_version(placement.version())));
        if self.dialect() == Dialect::Postgres {
            held = held.lock(LockType::NoKeyUpdate);
        }
        let held: Option<uuid::Uuid> = held
            .into_tuple()
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        held.map(|_| ()).ok_or(RepositoryError::Stale)
    }

    async fn save_placement(
        &mut self,
        change: &PlacementChange,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        use placement_row::{ActiveModel, Column, Entity};
        let placement = &change.placement;
        demand(self.scope(), Some(placement.tenant_id()))?;
        if let Some(count) = &change.count {
            let before = match change.replaces {
                Some(version) => Some(self.placement_at(placement, version).await?),
                None => None,
            };
            self.check_load(before.as_ref(), count, change.event.at.date_naive())
                .await?;
        }
        let row = mapper::placement::row(placement).into_active_model();
        match change.replaces {
            None => self.insert_row(row).await?,
            Some(version) => {
                let changes = ActiveModel {
                    id: NotSet,
                    tenant_id: NotSet,
                    created_at: NotSet,
                    ..row.reset_all()
                };
                let update = Entity::update_many()
                    .set(changes)
                    .filter(Column::Id.eq(placement.id().uuid()))
                    .filter(Column::TenantId.eq(placement.tenant_id().uuid()))
                    .filter(Column::Version.eq(number::stored_version(version)));
                self.update_row(update).await?;
            }
        }
        self.insert_row(mapper::placement::event_row(&change.event)?.into_active_model())
            .await?;
        self.leave(trail).await
    }
}

impl SeaUnitOfWork {
    /// Keeps the programme's current policy beside the earlier ones, unless it is there already.
    async fn keep_policy(&self, programme: &Programme, trail: &Trail) -> Result<(), RepositoryError> {
        use policy_row::{Column, Entity};
        let row =
            mapper::programme::current_policy_row(programme, trail.audit.record.at)?.into_active_model();
        let known = OnConflict::columns([Column::ProgrammeId, Column::Version])
            .do_nothing()
            .to_owned();
        let insert = Entity::insert(row).on_conflict(known).into_query();
        self.connection()
            .execute(&insert)
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    /// The placement as it is stored, if that is the version to be replaced.
    async fn placement_at(
        &self,
        placement: &Placement,
        version: Version,
    ) -> Result<Placement, RepositoryError> {
        use placement_row::{Column, Entity};
        let row = Entity::find_by_id(placement.id().uuid())
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::TenantId.eq(placement.tenant_id().uuid()))
            .filter(Column::Version.eq(number::stored_version(version)))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        mapper::placement::placement(row.ok_or(RepositoryError::Stale)?)
    }
}
