//! Reads and writes the roles that institutions define.

use ipt_domain::{
    id::{TenantId, TenantRoleId},
    identity::tenant_role::{RoleKey, TenantRole},
    version::Version,
};
use ipt_ports::{
    RepositoryError, Scope,
    engagement::Trail,
    identity::{RoleReader, RoleRepository, RoleSort},
    page::{Page, PageRequest},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, Condition, ConnectionTrait as _,
    EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QueryTrait, Select,
};

use super::{
    tenant_role_mapper as mapper,
    tenant_role_row::{ActiveModel, Column, Entity},
};
use crate::{
    dialect::Sql,
    error::repository_error,
    fold,
    guarded::hit,
    keyset::{self, SortColumn},
    number,
    scope::{demand, push_within, within},
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl RoleReader for SeaUnitOfWork {
    async fn tenant_role(&mut self, id: TenantRoleId) -> Result<Option<TenantRole>, RepositoryError> {
        let row = Entity::find_by_id(id.uuid())
            .filter(within(self.scope(), Column::TenantId))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::tenant_role).transpose()
    }

    async fn tenant_roles_by_key(
        &mut self,
        tenant: TenantId,
        keys: &[RoleKey],
    ) -> Result<Vec<TenantRole>, RepositoryError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let rows = Entity::find()
            .filter(Column::TenantId.eq(tenant.uuid()))
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::Key.is_in(keys.iter().map(RoleKey::as_str)))
            .order_by_asc(Column::Key)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        rows.into_iter().map(mapper::tenant_role).collect()
    }

    async fn tenant_role_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<RoleSort>,
    ) -> Result<Page<TenantRole>, RepositoryError> {
        let column = |field| match field {
            RoleSort::Name => SortColumn::text((Entity, Column::NameFolded)),
            RoleSort::Key => SortColumn::text((Entity, Column::Key)),
        };
        let mut roles = matching(self.scope(), text);
        keyset::page(QueryTrait::query(&mut roles), column, (Entity, Column::Id), page)?;
        let rows = roles.all(self.connection()).await.map_err(repository_error)?;
        let found = Page::cut(rows, page.limit, |row| {
            page.position(row.id, |field| match field {
                RoleSort::Name => Some(row.name_folded.clone()),
                RoleSort::Key => Some(row.key.clone()),
            })
        });
        let items = found.items.into_iter().map(mapper::tenant_role);
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: found.next,
        })
    }

    async fn tenant_role_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        matching(self.scope(), text)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    async fn tenant_role_holders(&mut self, id: TenantRoleId) -> Result<u64, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT count(DISTINCT m.user_id) FROM membership_role r JOIN membership m ON m.id = r.membership_id WHERE ");
        sql.push("r.tenant_role_id = ").bind(id.uuid()).push(" AND ");
        push_within(&mut sql, self.scope(), "r.tenant_id");
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let count = row.map(|row| row.try_get_by_index::<i64>(0)).transpose();
        Ok(number::total(
            count.map_err(repository_error)?.unwrap_or_default(),
        ))
    }
}

#[async_trait::async_trait]
impl RoleRepository for SeaUnitOfWork {
    async fn save_tenant_role(
        &mut self,
        role: &TenantRole,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), Some(role.tenant_id))?;
        let row = mapper::row(role, trail.audit.record.at).into_active_model();
        match replaces {
            None => self.insert_row(row).await?,
            Some(version) => {
                let changes = ActiveModel {
                    id: NotSet,
                    tenant_id: NotSet,
                    key: NotSet,
                    created_at: NotSet,
                    ..row.reset_all()
                };
                let update = Entity::update_many()
                    .set(changes)
                    .filter(Column::Id.eq(role.role.id.uuid()))
                    .filter(Column::Version.eq(number::stored_version(version)))
                    .filter(within(self.scope(), Column::TenantId));
                self.update_row(update).await?;
            }
        }
        self.leave(trail).await
    }

    async fn delete_tenant_role(
        &mut self,
        id: TenantRoleId,
        replaces: Version,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let deleted = Entity::delete_many()
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::Version.eq(number::stored_version(replaces)))
            .filter(within(self.scope(), Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        hit(deleted.rows_affected)?;
        self.leave(trail).await
    }
}

/// The roles in scope whose name or key contains a text.
fn matching(scope: &Scope, text: Option<&str>) -> Select<Entity> {
    let select = Entity::find().filter(within(scope, Column::TenantId));
    match text {
        None => select,
        Some(text) => select.filter(
            Condition::any()
                .add(fold::contains((Entity, Column::NameFolded), text))
                .add(fold::contains((Entity, Column::Key), text)),
        ),
    }
}
