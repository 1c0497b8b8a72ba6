//! Reads notifications, preferences and failed work.

use ipt_domain::{
    Instant,
    id::{JobId, LogEntryId, NotificationId, TenantId, UserId},
};
use ipt_ports::{
    RepositoryError,
    engagement::{
        FailedMessage, FailureSort, Notification, NotificationFilter, NotificationReader, NotificationSort,
        Preference, ReviewDue,
    },
    page::{Page, PageRequest},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait, Select,
};

use super::{notification_mapper, notification_row, outbox, outbox_mapper, outbox_row, preference_row};
use crate::{
    error::repository_error,
    keyset::{self, SortColumn},
    number,
    scope::within,
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl NotificationReader for SeaUnitOfWork {
    async fn notification_page(
        &mut self,
        filter: &NotificationFilter,
        page: &PageRequest<NotificationSort>,
    ) -> Result<Page<Notification>, RepositoryError> {
        let column = |field| match field {
            NotificationSort::CreatedAt => SortColumn::instant(notification_row::Column::CreatedAt),
        };
        let mut own = self.notifications_for(filter);
        keyset::page(
            QueryTrait::query(&mut own),
            column,
            notification_row::Column::Id,
            page,
        )?;
        let rows = own.all(self.connection()).await.map_err(repository_error)?;
        let position = |row: &notification_row::Model| {
            page.position(row.id, |field| match field {
                NotificationSort::CreatedAt => Some(keyset::instant(row.created_at)),
            })
        };
        Ok(Page::cut(rows, page.limit, position).map(notification_mapper::notification))
    }

    async fn notification_count(&mut self, filter: &NotificationFilter) -> Result<u64, RepositoryError> {
        self.notifications_for(filter)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    async fn notification(
        &mut self,
        id: NotificationId,
        user: UserId,
    ) -> Result<Option<Notification>, RepositoryError> {
        let row = notification_row::Entity::find_by_id(id.uuid())
            .filter(notification_row::Column::UserId.eq(user.uuid()))
            .filter(within(self.scope(), notification_row::Column::TenantId))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(row.map(notification_mapper::notification))
    }

    async fn preferences(&mut self, users: &[UserId]) -> Result<Vec<(UserId, Preference)>, RepositoryError> {
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let rows = preference_row::Entity::find()
            .filter(preference_row::Column::UserId.is_in(users.iter().map(|user| user.uuid())))
            .order_by_asc(preference_row::Column::UserId)
            .order_by_asc(preference_row::Column::Kind)
            .order_by_asc(preference_row::Column::Channel)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        rows.into_iter().map(notification_mapper::preference).collect()
    }

    async fn failed_messages(
        &mut self,
        tenant: Option<TenantId>,
        page: &PageRequest<FailureSort>,
    ) -> Result<Page<FailedMessage>, RepositoryError> {
        let column = |field| match field {
            FailureSort::FailedAt => SortColumn::instant(outbox_row::Column::FailedAt),
        };
        let mut failed = self.failures(tenant);
        keyset::page(
            QueryTrait::query(&mut failed),
            column,
            outbox_row::Column::Id,
            page,
        )?;
        let rows = failed.all(self.connection()).await.map_err(repository_error)?;
        let messages = rows
            .into_iter()
            .map(outbox_mapper::failed)
            .collect::<Result<Vec<_>, _>>()?;
        let position = |failed: &FailedMessage| {
            page.position(failed.message.id.uuid(), |field| match field {
                FailureSort::FailedAt => Some(keyset::instant(failed.failed_at)),
            })
        };
        Ok(Page::cut(messages, page.limit, position))
    }

    async fn failed_count(&mut self, tenant: Option<TenantId>) -> Result<u64, RepositoryError> {
        self.failures(tenant)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    async fn failed_message(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
    ) -> Result<Option<FailedMessage>, RepositoryError> {
        let row = self
            .failures(tenant)
            .filter(outbox_row::Column::Id.eq(id.uuid()))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(outbox_mapper::failed).transpose()
    }

    async fn reviews_due(
        &mut self,
        until: Instant,
        after: Option<(UserId, LogEntryId)>,
        limit: u32,
    ) -> Result<Vec<ReviewDue>, RepositoryError> {
        self.due_reviews(until, after, limit).await
    }

    async fn backlog(&mut self) -> Result<(u64, Option<Instant>), RepositoryError> {
        let found: Option<(i64, Option<Instant>)> = outbox_row::Entity::find()
            .select_only()
            .expr(outbox_row::Column::Id.count())
            .expr(outbox_row::Column::AvailableAt.min())
            .filter(outbox::waits())
            .filter(within(self.scope(), outbox_row::Column::TenantId))
            .into_tuple()
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(found.map_or((0, None), |(count, oldest)| (number::total(count), oldest)))
    }
}

impl SeaUnitOfWork {
    /// What was given up, of one institution or of the deployment.
    fn failures(&self, tenant: Option<TenantId>) -> Select<outbox_row::Entity> {
        outbox_row::Entity::find()
            .filter(outbox::is("failed"))
            .filter(outbox::of(tenant))
            .filter(within(self.scope(), outbox_row::Column::TenantId))
    }

    /// The condition shared by the page and its count.
    fn notifications_for(&self, filter: &NotificationFilter) -> Select<notification_row::Entity> {
        let own = notification_row::Entity::find()
            .filter(notification_row::Column::UserId.eq(filter.user_id.uuid()))
            .filter(within(self.scope(), notification_row::Column::TenantId));
        if filter.unread {
            own.filter(notification_row::Column::ReadAt.is_null())
        } else {
            own
        }
    }
}
