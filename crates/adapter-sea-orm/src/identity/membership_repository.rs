//! Writes memberships with their roles, in the scope of the transaction.

use ipt_domain::{id::MembershipId, identity::membership::Membership, version::Version};
use ipt_ports::RepositoryError;
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel, QueryFilter as _, sea_query::Expr};

use super::{mapper, membership_row, role_row};
use crate::{
    error::repository_error,
    number,
    scope::{demand_strictly, within},
    unit_of_work::SeaUnitOfWork,
};

impl SeaUnitOfWork {
    pub(super) async fn insert_membership(&self, membership: &Membership) -> Result<(), RepositoryError> {
        demand_strictly(self.scope(), membership.tenant_id)?;
        self.insert_row(mapper::membership_row(membership).into_active_model())
            .await?;
        self.insert_roles(membership).await
    }

    /// The person and the institution of a membership never change. Its version guards its roles too.
    pub(super) async fn update_membership(
        &self,
        membership: &Membership,
        replaces: Version,
    ) -> Result<(), RepositoryError> {
        let row = mapper::membership_row(membership);
        let update = membership_row::Entity::update_many()
            .col_expr(
                membership_row::Column::OrganisationId,
                Expr::val(row.organisation_id),
            )
            .col_expr(membership_row::Column::Status, Expr::val(row.status))
            .col_expr(membership_row::Column::Version, Expr::val(row.version))
            .filter(membership_row::Column::Id.eq(row.id))
            .filter(membership_row::Column::Version.eq(number::stored_version(replaces)))
            .filter(within(self.scope(), membership_row::Column::TenantId));
        self.update_row(update).await?;
        role_row::Entity::delete_many()
            .filter(role_row::Column::MembershipId.eq(row.id))
            .filter(within(self.scope(), role_row::Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        self.insert_roles(membership).await
    }

    /// Its roles go with it, by the foreign key.
    pub(super) async fn remove_membership(&self, membership: MembershipId) -> Result<(), RepositoryError> {
        membership_row::Entity::delete_many()
            .filter(membership_row::Column::Id.eq(membership.uuid()))
            .filter(within(self.scope(), membership_row::Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    async fn insert_roles(&self, membership: &Membership) -> Result<(), RepositoryError> {
        let roles = mapper::role_rows(membership);
        if roles.is_empty() {
            return Ok(());
        }
        role_row::Entity::insert_many(roles.into_iter().map(IntoActiveModel::into_active_model))
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}
