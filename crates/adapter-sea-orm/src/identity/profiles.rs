//! Reads and writes what institutions keep of their people. Sensitive values come and go sealed.

use std::collections::BTreeMap;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{personal::PersonalField, profile::Profile},
};
use ipt_ports::{
    RepositoryError,
    engagement::Trail,
    identity::{KeyId, Place, ProfileReader, ProfileRepository, Sealed, SealedParticulars},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::{
    particular_row::{Column as ParticularColumn, Entity as Particulars},
    profile_mapper as mapper,
    profile_row::{Column as ProfileColumn, Entity as Profiles},
};
use crate::{
    dialect::Sql,
    error::repository_error,
    number,
    scope::{demand, push_within, within},
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl ProfileReader for SeaUnitOfWork {
    async fn profile(&mut self, tenant: TenantId, user: UserId) -> Result<Option<Profile>, RepositoryError> {
        let row = Profiles::find_by_id((tenant.uuid(), user.uuid()))
            .filter(within(self.scope(), ProfileColumn::TenantId))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::profile).transpose()
    }

    async fn particulars(
        &mut self,
        tenant: TenantId,
        user: UserId,
    ) -> Result<SealedParticulars, RepositoryError> {
        let rows = Particulars::find()
            .filter(of_person(tenant, user))
            .filter(within(self.scope(), ParticularColumn::TenantId))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let found = rows.into_iter().filter_map(mapper::particular);
        Ok(found.map(|(place, sealed)| (place.field, sealed)).collect())
    }

    async fn sealed_otherwise(
        &mut self,
        key: &KeyId,
        after: Option<Place>,
        limit: u16,
    ) -> Result<Vec<(Place, Sealed)>, RepositoryError> {
        let rows = Particulars::find()
            .filter(within(self.scope(), ParticularColumn::TenantId))
            .filter(ParticularColumn::KeyId.ne(key.as_str()))
            .filter(Condition::all().add_option(after.map(beyond)))
            .order_by_asc(ParticularColumn::TenantId)
            .order_by_asc(ParticularColumn::UserId)
            .order_by_asc(ParticularColumn::Field)
            .limit(u64::from(limit))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(rows.into_iter().filter_map(mapper::particular).collect())
    }

    async fn sealed_by_key(&mut self) -> Result<BTreeMap<KeyId, u64>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT key_id, count(*) FROM sealed_particular WHERE ");
        push_within(&mut sql, self.scope(), "tenant_id");
        sql.push(" GROUP BY key_id");
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let counted = rows.iter().map(|row| {
            let key: String = row.try_get_by_index(0)?;
            Ok((KeyId::new(key), number::total(row.try_get_by_index(1)?)))
        });
        counted
            .collect::<Result<_, sea_orm::DbErr>>()
            .map_err(repository_error)
    }
}

#[async_trait::async_trait]
impl ProfileRepository for SeaUnitOfWork {
    async fn save_profile(
        &mut self,
        profile: &Profile,
        trail: Option<&Trail>,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(profile.tenant_id))?;
        let instead = OnConflict::columns([ProfileColumn::TenantId, ProfileColumn::UserId])
            .update_columns([
                ProfileColumn::RegistrationNumber,
                ProfileColumn::RegistrationFolded,
                ProfileColumn::ProgrammeId,
                ProfileColumn::YearOfStudy,
                ProfileColumn::GradeAverage,
                ProfileColumn::IsStudent,
                ProfileColumn::Supervisor,
                ProfileColumn::Coordinator,
            ])
            .to_owned();
        Profiles::insert(mapper::profile_row(profile)?.into_active_model())
            .on_conflict(instead)
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        match trail {
            Some(trail) => self.leave(trail).await,
            None => Ok(()),
        }
    }

    async fn save_particulars(
        &mut self,
        (tenant, user): (TenantId, UserId),
        changes: &BTreeMap<PersonalField, Option<Sealed>>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(tenant))?;
        for (field, sealed) in changes {
            let place = Place {
                tenant_id: tenant,
                user_id: user,
                field: *field,
            };
            match sealed {
                Some(sealed) => self.put_particular(place, sealed).await?,
                None => {
                    Particulars::delete_many()
                        .filter(at(place))
                        .exec(self.connection())
                        .await
                        .map_err(repository_error)?;
                }
            }
        }
        self.leave(trail).await
    }

    async fn reseal(&mut self, place: Place, before: &Sealed, now: &Sealed) -> Result<bool, RepositoryError> {
        demand(self.scope(), Some(place.tenant_id))?;
        let updated = Particulars::update_many()
            .col_expr(ParticularColumn::KeyId, Expr::val(now.key_id.as_str()))
            .col_expr(ParticularColumn::Sealed, Expr::val(now.text.as_str()))
            .filter(at(place))
            .filter(ParticularColumn::Sealed.eq(before.text.as_str()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn delete_profile(&mut self, tenant: TenantId, user: UserId) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(tenant))?;
        Profiles::delete_by_id((tenant.uuid(), user.uuid()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Particulars::delete_many()
            .filter(of_person(tenant, user))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    async fn put_particular(&self, place: Place, sealed: &Sealed) -> Result<(), RepositoryError> {
        let key = [
            ParticularColumn::TenantId,
            ParticularColumn::UserId,
            ParticularColumn::Field,
        ];
        let instead = OnConflict::columns(key)
            .update_columns([ParticularColumn::KeyId, ParticularColumn::Sealed])
            .to_owned();
        Particulars::insert(mapper::particular_row(place, sealed).into_active_model())
            .on_conflict(instead)
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}

fn of_person(tenant: TenantId, user: UserId) -> Condition {
    Condition::all()
        .add(ParticularColumn::TenantId.eq(tenant.uuid()))
        .add(ParticularColumn::UserId.eq(user.uuid()))
}

fn at(place: Place) -> Condition {
    of_person(place.tenant_id, place.user_id).add(ParticularColumn::Field.eq(place.field.as_str()))
}

/// The places after one.
fn beyond(place: Place) -> Condition {
    let (tenant, user) = (place.tenant_id.uuid(), place.user_id.uuid());
    Condition::any()
        .add(ParticularColumn::TenantId.gt(tenant))
        .add(
            ParticularColumn::TenantId
                .eq(tenant)
                .and(ParticularColumn::UserId.gt(user)),
        )
        .add(of_person(place.tenant_id, place.user_id).add(ParticularColumn::Field.gt(place.field.as_str())))
}
