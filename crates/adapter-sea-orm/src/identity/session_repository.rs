//! Writes sessions and their refresh tokens.

use ipt_domain::{
    Instant,
    id::{SessionId, TenantId, UserId},
};
use ipt_ports::{
    RepositoryError,
    identity::{RefreshToken, Session},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, sea_query::Expr,
};

use super::{mapper, session_row, token_row};
use crate::{error::repository_error, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    pub(super) async fn insert_session(&self, session: &Session) -> Result<(), RepositoryError> {
        session_row::Entity::insert(mapper::session_row(session).into_active_model())
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    pub(super) async fn insert_token(&self, token: &RefreshToken) -> Result<(), RepositoryError> {
        token_row::Entity::insert(mapper::token_row(token).into_active_model())
            .exec_without_returning(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    /// Marks a token as used unless it was; of two at once one succeeds.
    pub(super) async fn use_token(
        &self,
        token: &RefreshToken,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let updated = token_row::Entity::update_many()
            .col_expr(token_row::Column::UsedAt, Expr::val(now))
            .filter(token_row::Column::Digest.eq(token.digest.to_vec()))
            .filter(token_row::Column::UsedAt.is_null())
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected > 0)
    }

    pub(super) async fn note_use_of_session(
        &self,
        session: SessionId,
        now: Instant,
    ) -> Result<(), RepositoryError> {
        session_row::Entity::update_many()
            .col_expr(session_row::Column::LastUsedAt, Expr::val(now))
            .filter(session_row::Column::Id.eq(session.uuid()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    /// A session that was ended before keeps the time at which it was.
    pub(super) async fn end_one_session(
        &self,
        session: SessionId,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let updated = session_row::Entity::update_many()
            .col_expr(session_row::Column::EndedAt, Expr::val(now))
            .filter(session_row::Column::Id.eq(session.uuid()))
            .filter(session_row::Column::EndedAt.is_null())
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected > 0)
    }

    /// Ends every session of a person.
    pub(super) async fn end_all_sessions(&self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        self.end_where(user, Condition::all(), now).await
    }

    /// Ends every session of a person but one.
    pub(super) async fn end_all_sessions_but(
        &self,
        user: UserId,
        kept: SessionId,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        let others = session_row::Column::Id.ne(kept.uuid());
        self.end_where(user, Condition::all().add(others), now).await
    }

    /// Ends the sessions of a person that act in an institution, or in the deployment.
    pub(super) async fn end_sessions_of(
        &self,
        user: UserId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        let place = match tenant {
            Some(tenant) => session_row::Column::TenantId.eq(tenant.uuid()),
            None => session_row::Column::TenantId.is_null(),
        };
        self.end_where(user, Condition::all().add(place), now).await
    }

    async fn end_where(
        &self,
        user: UserId,
        condition: Condition,
        now: Instant,
    ) -> Result<u64, RepositoryError> {
        let updated = session_row::Entity::update_many()
            .col_expr(session_row::Column::EndedAt, Expr::val(now))
            .filter(session_row::Column::UserId.eq(user.uuid()))
            .filter(session_row::Column::EndedAt.is_null())
            .filter(condition)
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected)
    }
}
