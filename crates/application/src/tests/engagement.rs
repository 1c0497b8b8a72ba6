//! Notifications, the outbox and kept answers in memory.

use async_trait::async_trait;
use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{JobId, LogEntryId, NotificationId, TenantId, UserId},
};
use ipt_ports::{
    RepositoryError,
    engagement::{
        FailedMessage, FailureSort, IdempotencyRequest, IdempotencyState, IdempotencyStore, KeptAnswer,
        Message, Notification, NotificationFilter, NotificationReader, NotificationRepository,
        NotificationSort, Outbox, PendingMessage, Preference, ReviewDue,
    },
    page::{Page, PageRequest},
};

use super::{Queued, QueuedState, work::MemoryWork};

impl MemoryWork {
    fn wanted(&self, filter: &NotificationFilter) -> Vec<Notification> {
        let own = self
            .state
            .notifications
            .iter()
            .filter(|known| known.user_id == filter.user_id);
        let open = own.filter(|known| !filter.unread || known.read_at.is_none());
        open.filter(|known| self.covers(Some(known.tenant_id)))
            .cloned()
            .collect()
    }

    fn given_up(&self, tenant: Option<TenantId>) -> impl Iterator<Item = FailedMessage> {
        let of_it = self
            .state
            .outbox
            .iter()
            .filter(move |queued| queued.message.tenant_id == tenant);
        of_it.filter_map(|queued| match &queued.state {
            QueuedState::Failed { at, error } => Some(FailedMessage {
                message: queued.message.clone(),
                attempts: queued.attempts,
                error: error.clone(),
                failed_at: *at,
            }),
            _ => None,
        })
    }

    fn queued(&mut self, id: JobId) -> &mut Queued {
        self.state
            .outbox
            .iter_mut()
            .find(|queued| queued.message.id == id)
            .unwrap()
    }
}

#[async_trait]
impl NotificationReader for MemoryWork {
    async fn notification_page(
        &mut self,
        filter: &NotificationFilter,
        page: &PageRequest<NotificationSort>,
    ) -> Result<Page<Notification>, RepositoryError> {
        let mut items = self.wanted(filter);
        items.truncate(usize::from(page.limit));
        Ok(Page { items, next: None })
    }

    async fn notification_count(&mut self, filter: &NotificationFilter) -> Result<u64, RepositoryError> {
        Ok(self.wanted(filter).len() as u64)
    }

    async fn notification(
        &mut self,
        id: NotificationId,
        user: UserId,
    ) -> Result<Option<Notification>, RepositoryError> {
        let mut known = self.state.notifications.iter();
        Ok(known
            .find(|known| known.id == id && known.user_id == user)
            .cloned())
    }

    async fn preferences(&mut self, users: &[UserId]) -> Result<Vec<(UserId, Preference)>, RepositoryError> {
        Ok(self
            .state
            .preferences
            .iter()
            .filter(|(user, _)| users.contains(user))
            .cloned()
            .collect())
    }

    async fn failed_messages(
        &mut self,
        tenant: Option<TenantId>,
        page: &PageRequest<FailureSort>,
    ) -> Result<Page<FailedMessage>, RepositoryError> {
        let items = self.given_up(tenant).take(usize::from(page.limit)).collect();
        Ok(Page { items, next: None })
    }

    async fn failed_count(&mut self, tenant: Option<TenantId>) -> Result<u64, RepositoryError> {
        Ok(self.given_up(tenant).count() as u64)
    }

    async fn failed_message(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
    ) -> Result<Option<FailedMessage>, RepositoryError> {
        Ok(self.given_up(tenant).find(|failed| failed.message.id == id))
    }

    async fn reviews_due(
        &mut self,
        until: Instant,
        after: Option<(UserId, LogEntryId)>,
        limit: u32,
    ) -> Result<Vec<ReviewDue>, RepositoryError> {
        let mut due: Vec<_> = self.state.reviews_due.clone();
        due.sort_by_key(|review| (review.reviewer, review.entry_id));
        let wanted = due.into_iter().filter(|review| {
            review.due_at <= until && after.is_none_or(|last| (review.reviewer, review.entry_id) > last)
        });
        Ok(wanted.take(usize::try_from(limit).unwrap()).collect())
    }

    async fn backlog(&mut self) -> Result<(u64, Option<Instant>), RepositoryError> {
        Self::absent()
    }
}

#[async_trait]
impl NotificationRepository for MemoryWork {
    async fn notify(
        &mut self,
        notifications: &[Notification],
    ) -> Result<Vec<NotificationId>, RepositoryError> {
        let key = |known: &Notification| (known.cause, known.user_id, known.kind.clone());
        let mut new = Vec::new();
        for notification in notifications {
            if !self
                .state
                .notifications
                .iter()
                .any(|known| key(known) == key(notification))
            {
                self.state.notifications.push(notification.clone());
                new.push(notification.id);
            }
        }
        Ok(new)
    }

    async fn mark_read(
        &mut self,
        id: NotificationId,
        user: UserId,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let found = self
            .state
            .notification_mut(id)
            .filter(|known| known.user_id == user);
        Ok(found.is_some_and(|known| {
            known.read_at = known.read_at.or(Some(now));
            true
        }))
    }

    async fn mark_all_read(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        let own = self
            .state
            .notifications
            .iter_mut()
            .filter(|known| known.user_id == user);
        let mut marked = 0;
        for notification in own.filter(|known| known.read_at.is_none()) {
            notification.read_at = Some(now);
            marked += 1;
        }
        Ok(marked)
    }

    async fn replace_preferences(
        &mut self,
        user: UserId,
        preferences: &[Preference],
    ) -> Result<(), RepositoryError> {
        self.state.preferences.retain(|(of, _)| *of != user);
        self.state
            .preferences
            .extend(preferences.iter().map(|preference| (user, preference.clone())));
        Ok(())
    }

    async fn note_reminder(
        &mut self,
        user: UserId,
        kind: &str,
        day: NaiveDate,
        _: JobId,
    ) -> Result<bool, RepositoryError> {
        let reminder = (user, kind.to_owned(), day);
        let new = !self.state.reminders.contains(&reminder);
        if new {
            self.state.reminders.push(reminder);
        }
        Ok(new)
    }
}

#[async_trait]
impl Outbox for MemoryWork {
    async fn enqueue(&mut self, messages: &[Message]) -> Result<(), RepositoryError> {
        self.state.enqueue(messages);
        Ok(())
    }

    async fn claim(
        &mut self,
        limit: u32,
        now: Instant,
        locked_until: Instant,
    ) -> Result<Vec<PendingMessage>, RepositoryError> {
        let due = self.state.outbox.iter_mut().filter(|queued| match queued.state {
            QueuedState::Waiting => queued.available_at <= now,
            QueuedState::Claimed { until } => until <= now,
            QueuedState::Done { .. } | QueuedState::Failed { .. } => false,
        });
        let claimed = due.take(usize::try_from(limit).unwrap()).map(|queued| {
            queued.state = QueuedState::Claimed { until: locked_until };
            queued.attempts += 1;
            PendingMessage {
                message: queued.message.clone(),
                attempts: queued.attempts,
            }
        });
        Ok(claimed.collect())
    }

    async fn complete(&mut self, id: JobId, now: Instant) -> Result<(), RepositoryError> {
        self.queued(id).state = QueuedState::Done { at: now };
        Ok(())
    }

    async fn put_back(
        &mut self,
        id: JobId,
        available_at: Instant,
        error: &str,
    ) -> Result<(), RepositoryError> {
        let queued = self.queued(id);
        queued.state = QueuedState::Waiting;
        queued.available_at = available_at;
        queued.last_error = Some(error.to_owned());
        Ok(())
    }

    async fn give_up(&mut self, id: JobId, now: Instant, error: &str) -> Result<(), RepositoryError> {
        self.queued(id).state = QueuedState::Failed {
            at: now,
            error: error.to_owned(),
        };
        Ok(())
    }

    async fn retry(
        &mut self,
        id: JobId,
        tenant: Option<TenantId>,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let found = self.state.outbox.iter_mut().find(|queued| {
            queued.message.id == id
                && queued.message.tenant_id == tenant
                && matches!(queued.state, QueuedState::Failed { .. })
        });
        Ok(found.is_some_and(|queued| {
            queued.state = QueuedState::Waiting;
            queued.available_at = now;
            queued.attempts = 0;
            true
        }))
    }

    async fn take_lease(
        &mut self,
        name: &str,
        holder: &str,
        now: Instant,
        until: Instant,
    ) -> Result<bool, RepositoryError> {
        let taken = self
            .state
            .leases
            .get(name)
            .is_some_and(|(by, until)| by != holder && *until > now);
        if !taken {
            self.state
                .leases
                .insert(name.to_owned(), (holder.to_owned(), until));
        }
        Ok(!taken)
    }
}

#[async_trait]
impl IdempotencyStore for MemoryWork {
    async fn reserve(
        &mut self,
        _: &IdempotencyRequest,
        _: Instant,
        _: Instant,
        _: Instant,
    ) -> Result<IdempotencyState, RepositoryError> {
        Self::absent()
    }

    async fn keep(&mut self, _: &IdempotencyRequest, _: &KeptAnswer) -> Result<(), RepositoryError> {
        Self::absent()
    }

    async fn release(&mut self, _: &IdempotencyRequest) -> Result<(), RepositoryError> {
        Self::absent()
    }
}
