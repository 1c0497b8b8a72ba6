//! Writes accounts. They belong to no institution; the version guards them.

use ipt_domain::{
    Instant,
    id::{TenantId, UserId},
    identity::{account::Account, lockout::Lockout},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    identity::{Credentials, PasswordHash},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, sea_query::Expr,
};

use super::{account_row, mapper};
use crate::{error::repository_error, number, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    pub(super) async fn insert_account_row(&self, credentials: &Credentials) -> Result<(), RepositoryError> {
        let row = mapper::account_row(&credentials.account, credentials.password.as_ref());
        self.insert_row(row.into_active_model()).await
    }

    /// Everything but the password's hash, the count of refused sign-ins and the institution used last, which have ways of their
    /// own.
    pub(super) async fn update_account_row(
        &self,
        account: &Account,
        replaces: Version,
    ) -> Result<(), RepositoryError> {
        let row = mapper::account_row(account, None).into_active_model().reset_all();
        let changes = account_row::ActiveModel {
            id: NotSet,
            password_hash: NotSet,
            failures: NotSet,
            failing_since: NotSet,
            locked_until: NotSet,
            last_tenant_id: NotSet,
            created_at: NotSet,
            ..row
        };
        let update = account_row::Entity::update_many()
            .set(changes)
            .filter(account_row::Column::Id.eq(account.id.uuid()))
            .filter(account_row::Column::Version.eq(number::stored_version(replaces)));
        self.update_row(update).await
    }

    pub(super) async fn store_lockout(
        &self,
        user: UserId,
        lockout: Lockout,
        replaces: Lockout,
    ) -> Result<(), RepositoryError> {
        use account_row::Column;

        let is = |column: Column, at: Option<Instant>| match at {
            Some(at) => column.eq(at),
            None => column.is_null(),
        };
        let update = account_row::Entity::update_many()
            .col_expr(Column::Failures, Expr::val(number::stored(lockout.failures())))
            .col_expr(Column::FailingSince, Expr::val(lockout.since()))
            .col_expr(Column::LockedUntil, Expr::val(lockout.locked_until()))
            .filter(Column::Id.eq(user.uuid()))
            .filter(Column::Failures.eq(number::stored(replaces.failures())))
            .filter(is(Column::FailingSince, replaces.since()))
            .filter(is(Column::LockedUntil, replaces.locked_until()));
        self.update_row(update).await
    }

    pub(super) async fn store_last_tenant(
        &self,
        user: UserId,
        tenant: TenantId,
    ) -> Result<(), RepositoryError> {
        account_row::Entity::update_many()
            .col_expr(account_row::Column::LastTenantId, Expr::val(tenant.uuid()))
            .filter(account_row::Column::Id.eq(user.uuid()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    pub(super) async fn store_password(
        &self,
        user: UserId,
        password: Option<&PasswordHash>,
    ) -> Result<(), RepositoryError> {
        let updated = account_row::Entity::update_many()
            .col_expr(
                account_row::Column::PasswordHash,
                Expr::val(password.map(mapper::stored_hash)),
            )
            .filter(account_row::Column::Id.eq(user.uuid()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        if updated.rows_affected == 0 {
            Err(RepositoryError::Conflict(Constraint::Reference))
        } else {
            Ok(())
        }
    }
}
