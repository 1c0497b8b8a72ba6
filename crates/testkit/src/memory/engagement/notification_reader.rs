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

use crate::memory::{
    keyset::{self, Key, Kind},
    state::{Queued, Standing},
    unit_of_work::MemoryUnitOfWork,
};

#[async_trait::async_trait]
impl NotificationReader for MemoryUnitOfWork {
    async fn notification_page(
        &mut self,
        filter: &NotificationFilter,
        page: &PageRequest<NotificationSort>,
    ) -> Result<Page<Notification>, RepositoryError> {
        let kind = |field| match field {
            NotificationSort::CreatedAt => Kind::Instant,
        };
        let key = |notification: &&Notification, field| match field {
            NotificationSort::CreatedAt => Some(Key::Instant(notification.created_at)),
        };
        let id = |notification: &&Notification| notification.id.uuid();
        Ok(keyset::page(self.notifications_for(filter), kind, key, id, page)?.map(Clone::clone))
    }

    async fn notification_count(&mut self, filter: &NotificationFilter) -> Result<u64, RepositoryError> {
        Ok(self.notifications_for(filter).count() as u64)
    }

    async fn notification(
        &mut self,
        id: NotificationId,
        user: UserId,
    ) -> Result<Option<Notification>, RepositoryError> {
        let known = self.state().notifications.get(&id);
        let own = known.filter(|known| known.user_id == user && self.sees(known.tenant_id));
        Ok(own.cloned())
    }

    async fn preferences(&mut self, users: &[UserId]) -> Result<Vec<(UserId, Preference)>, RepositoryError> {
        let wanted = self
            .state()
            .preferences
            .iter()
            .filter(|((user, ..), _)| users.contains(user));
        let told = wanted.map(|((user, kind, channel), wanted)| {
            (
                *user,
                Preference {
                    kind: kind.clone(),
                    channel: *channel,
                    wanted: *wanted,
                },
            )
        });
        Ok(told.collect())
    }

    async fn failed_messages(
        &mut self,
        tenant: Option<TenantId>,
        page: &PageRequest<FailureSort>,
    ) -> Result<Page<FailedMessage>, RepositoryError> {
        let kind = |field| match field {
            FailureSort::FailedAt => Kind::Instant,
        };
        let key = |failed: &FailedMessage, field| match field {
            FailureSort::FailedAt => Some(Key::Instant(failed.failed_at)),
        };
        let id = |failed: &FailedMessage| failed.message.id.uuid();
        keyset::page(self.failures(tenant), kind, key, id, page)
    }

    async fn failed_count(&mut self, tenant: Option<TenantId>) -> Result<u64, RepositoryError> {
        Ok(self.failures(tenant).count() as u64)
    }

    async fn failed_message(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
    ) -> Result<Option<FailedMessage>, RepositoryError> {
        Ok(self.failures(tenant).find(|failed| failed.message.id == id))
    }

    async fn reviews_due(
        &mut self,
        until: Instant,
        after: Option<(UserId, LogEntryId)>,
        limit: u32,
    ) -> Result<Vec<ReviewDue>, RepositoryError> {
        let mut due = self.due_reviews(until);
        due.retain(|review| after.is_none_or(|after| (review.reviewer, review.entry_id) > after));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }

    async fn backlog(&mut self) -> Result<(u64, Option<Instant>), RepositoryError> {
        let waiting = || {
            self.messages_in_scope()
                .filter(|queued| matches!(queued.standing, Standing::Queued | Standing::Running { .. }))
        };
        let oldest = waiting().map(|queued| queued.message.available_at).min();
        Ok((waiting().count() as u64, oldest))
    }
}

impl MemoryUnitOfWork {
    fn notifications_for(&self, filter: &NotificationFilter) -> impl Iterator<Item = &Notification> {
        let NotificationFilter { user_id, unread } = *filter;
        let own = self
            .state()
            .notifications
            .values()
            .filter(move |notification| notification.user_id == user_id);
        own.filter(move |notification| {
            self.sees(notification.tenant_id) && !(unread && notification.read_at.is_some())
        })
    }

    fn failures(&self, tenant: Option<TenantId>) -> impl Iterator<Item = FailedMessage> {
        self.messages_in_scope()
            .filter(move |queued| queued.message.tenant_id == tenant)
            .filter_map(failed)
    }

    pub(super) fn messages_in_scope(&self) -> impl Iterator<Item = &Queued> {
        self.state()
            .outbox
            .values()
            .filter(|queued| self.sees(queued.message.tenant_id))
    }
}

fn failed(queued: &Queued) -> Option<FailedMessage> {
    match queued.standing {
        Standing::Failed { at } => Some(FailedMessage {
            message: queued.message.clone(),
            attempts: queued.attempts,
            error: queued.error.clone(),
            failed_at: at,
        }),
        Standing::Queued | Standing::Running { .. } | Standing::Done { .. } => None,
    }
}
