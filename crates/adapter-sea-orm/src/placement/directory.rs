//! Writes organisations, of which each stands in the directory once, and institutions' relations to them.

use ipt_domain::{
    Instant,
    id::OrganisationId,
    placement::organisation::{Organisation, OrganisationRelation},
    version::Version,
};
use ipt_ports::{Constraint, RepositoryError, placement::Namesakes};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::NotSet,
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, Func, OnConflict},
};
use uuid::Uuid;

use super::{mapper, organisation_row, relation_row};
use crate::{error::repository_error, guarded::hit, number, scope::within, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    /// The ids and numbers of those that have the name and the city of this row, the first one first.
    async fn of_same_name(&self, row: &organisation_row::Model) -> Result<Vec<(Uuid, i32)>, RepositoryError> {
        use organisation_row::{Column, Entity};
        let city = row.city_folded.clone().unwrap_or_default();
        // As the index has it.
        let same_city = Func::coalesce([Expr::col((Entity, Column::CityFolded)), Expr::cust("''")]);
        Entity::find()
            .select_only()
            .columns([Column::Id, Column::Namesake])
            .filter(Column::NameFolded.eq(row.name_folded.as_str()))
            .filter(Expr::expr(same_city).eq(city))
            .order_by_asc(Column::Namesake)
            .into_tuple()
            .all(self.connection())
            .await
            .map_err(repository_error)
    }

    pub(super) async fn first_of_same_name(
        &self,
        organisation: &Organisation,
    ) -> Result<Option<OrganisationId>, RepositoryError> {
        let row = mapper::organisation::row(organisation, Instant::UNIX_EPOCH);
        let same = self.of_same_name(&row).await?;
        let stands_there = same.iter().any(|(id, _)| *id == row.id);
        let first = same.first().filter(|_| !stands_there);
        Ok(first.map(|(id, _)| OrganisationId::new(*id)))
    }

    pub(super) async fn keep_organisation(
        &self,
        organisation: &Organisation,
        replaces: Option<Version>,
        namesakes: Namesakes,
        at: Instant,
    ) -> Result<(), RepositoryError> {
        use organisation_row::{ActiveModel, Column, Entity};
        let mut row = mapper::organisation::row(organisation, at);
        let same = self.of_same_name(&row).await?;
        let own = same.iter().find(|(id, _)| *id == row.id);
        row.namesake = match (own, same.last(), namesakes) {
            (Some((_, number)), _, _) => *number,
            (None, None, _) => 0,
            (None, Some((_, last)), Namesakes::Allowed) => last.saturating_add(1),
            (None, Some(_), Namesakes::Refused) => {
                return Err(RepositoryError::Conflict(Constraint::OrganisationName));
            }
        };
        let row = row.into_active_model();
        match replaces {
            None => self.insert_row(row).await,
            Some(version) => {
                let changes = ActiveModel {
                    id: NotSet,
                    created_at: NotSet,
                    ..row.reset_all()
                };
                let update = Entity::update_many()
                    .set(changes)
                    .filter(Column::Id.eq(organisation.id().uuid()))
                    .filter(Column::Version.eq(number::stored_version(version)));
                self.update_row(update).await
            }
        }
    }

    pub(super) async fn keep_relation(
        &self,
        relation: &OrganisationRelation,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        use relation_row::{ActiveModel, Column, Entity};
        let row = mapper::organisation::relation_to_row(relation).into_active_model();
        let Some(version) = replaces else {
            let known = OnConflict::columns([Column::TenantId, Column::OrganisationId])
                .do_nothing()
                .to_owned();
            let insert = Entity::insert(row).on_conflict(known).into_query();
            let inserted = self.connection().execute(&insert).await;
            return hit(inserted.map_err(repository_error)?.rows_affected());
        };
        let changes = ActiveModel {
            tenant_id: NotSet,
            organisation_id: NotSet,
            since: NotSet,
            ..row.reset_all()
        };
        let update = Entity::update_many()
            .set(changes)
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::TenantId.eq(relation.tenant_id().uuid()))
            .filter(Column::OrganisationId.eq(relation.organisation_id().uuid()))
            .filter(Column::Version.eq(number::stored_version(version)));
        self.update_row(update).await
    }
}
