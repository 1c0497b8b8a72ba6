//! The outbox, as the worker and the operator see it.

use ipt_domain::{
    Instant,
    id::{JobId, TenantId},
};
use ipt_ports::{
    RepositoryError,
    engagement::{Message, Outbox, PendingMessage},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, UpdateMany,
    sea_query::{Expr, ExprTrait as _},
};

use super::outbox_row::{Column, Entity};
use crate::{
    error::repository_error,
    scope::{demand, within},
    unit_of_work::SeaUnitOfWork,
    writes::Writes,
};

#[async_trait::async_trait]
impl Outbox for SeaUnitOfWork {
    async fn enqueue(&mut self, messages: &[Message]) -> Result<(), RepositoryError> {
        for message in messages {
            demand(self.scope(), message.tenant_id)?;
        }
        if messages.is_empty() {
            return Ok(());
        }
        Writes::new().messages(messages).execute(self.connection()).await
    }

    async fn claim(
        &mut self,
        limit: u32,
        now: Instant,
        locked_until: Instant,
    ) -> Result<Vec<PendingMessage>, RepositoryError> {
        self.claim_messages(limit, now, locked_until).await
    }

    async fn complete(&mut self, id: JobId, now: Instant) -> Result<(), RepositoryError> {
        let update = Entity::update_many()
            .col_expr(Column::Status, Expr::val("done"))
            .col_expr(Column::DoneAt, Expr::val(now));
        self.let_go(id, update).await
    }

    async fn put_back(
        &mut self,
        id: JobId,
        available_at: Instant,
        error: &str,
    ) -> Result<(), RepositoryError> {
        let update = Entity::update_many()
            .col_expr(Column::Status, Expr::val("queued"))
            .col_expr(Column::AvailableAt, Expr::val(available_at))
            .col_expr(Column::Error, Expr::val(error));
        self.let_go(id, update).await
    }

    async fn give_up(&mut self, id: JobId, now: Instant, error: &str) -> Result<(), RepositoryError> {
        let update = Entity::update_many()
            .col_expr(Column::Status, Expr::val("failed"))
            .col_expr(Column::FailedAt, Expr::val(now))
            .col_expr(Column::Error, Expr::val(error));
        self.let_go(id, update).await
    }

    async fn retry(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let updated = Entity::update_many()
            .col_expr(Column::Status, Expr::val("queued"))
            .col_expr(Column::Attempts, Expr::val(0))
            .col_expr(Column::AvailableAt, Expr::val(now))
            .col_expr(Column::FailedAt, Expr::val(None::<Instant>))
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::Status.eq("failed"))
            .filter(of(tenant))
            .filter(within(self.scope(), Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn take_lease(
        &mut self,
        name: &str,
        holder: &str,
        now: Instant,
        until: Instant,
    ) -> Result<bool, RepositoryError> {
        self.take(name, holder, now, until).await
    }
}

impl SeaUnitOfWork {
    /// Ends a claim. A message that is not claimed any more, because somebody else has finished it meanwhile, is left as
    /// it is: delivery is at least once.
    async fn let_go(&self, id: JobId, update: UpdateMany<Entity>) -> Result<(), RepositoryError> {
        update
            .col_expr(Column::LockedUntil, Expr::val(None::<Instant>))
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::Status.eq("running"))
            .filter(within(self.scope(), Column::TenantId))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}

/// Queued, or claimed: the condition of the index `outbox_due`, word for word, as SQLite asks for.
pub(super) fn waits() -> Expr {
    Expr::cust("status IN ('queued', 'running')")
}

/// The status, as part of the text: an index over some of the rows is used only when its condition is seen to hold, and in
/// a value it is not seen.
pub(super) fn is(status: &'static str) -> Expr {
    Expr::col(Column::Status).eq(Expr::Constant(status.into()))
}

/// The messages of an institution; none: of the deployment.
pub(super) fn of(tenant: Option<TenantId>) -> Condition {
    Condition::all().add(match tenant {
        Some(tenant) => Column::TenantId.eq(tenant.uuid()),
        None => Column::TenantId.is_null(),
    })
}
