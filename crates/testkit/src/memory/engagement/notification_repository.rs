//! Writes notifications, preferences and the reminders that went out.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{JobId, NotificationId, UserId},
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::{Notification, NotificationRepository, Preference},
};

use crate::memory::unit_of_work::MemoryUnitOfWork;

#[async_trait::async_trait]
impl NotificationRepository for MemoryUnitOfWork {
    async fn notify(
        &mut self,
        notifications: &[Notification],
    ) -> Result<Vec<NotificationId>, RepositoryError> {
        let mut added = Vec::new();
        for new in notifications {
            self.demand(Some(new.tenant_id))?;
            let state = self.state();
            let is_same = |known: &Notification| {
                known.id == new.id
                    || (known.cause, known.user_id, &known.kind) == (new.cause, new.user_id, &new.kind)
            };
            if state.notifications.values().any(is_same) {
                continue;
            }
            self.refers(state.has_institution(new.tenant_id) && state.has_person(new.user_id))?;
            self.change().notifications.insert(new.id, new.clone());
            added.push(new.id);
        }
        Ok(added)
    }

    /// One that was read before keeps the time at which it was.
    async fn mark_read(
        &mut self,
        id: NotificationId,
        user: UserId,
        now: Instant,
    ) -> Result<bool, RepositoryError> {
        let own = self
            .state()
            .notifications
            .get(&id)
            .filter(|known| known.user_id == user);
        if !own.is_some_and(|known| self.sees(known.tenant_id)) {
            return Ok(false);
        }
        if let Some(known) = self.change().notifications.get_mut(&id) {
            known.read_at.get_or_insert(now);
        }
        Ok(true)
    }

    async fn mark_all_read(&mut self, user: UserId, now: Instant) -> Result<u64, RepositoryError> {
        let own = self
            .state()
            .notifications
            .values()
            .filter(|known| known.user_id == user);
        let unread = own.filter(|known| known.read_at.is_none() && self.sees(known.tenant_id));
        let unread: Vec<NotificationId> = unread.map(|known| known.id).collect();
        let state = self.change();
        for id in &unread {
            if let Some(known) = state.notifications.get_mut(id) {
                known.read_at = Some(now);
            }
        }
        Ok(unread.len() as u64)
    }

    async fn replace_preferences(
        &mut self,
        user: UserId,
        preferences: &[Preference],
    ) -> Result<(), RepositoryError> {
        self.refers(preferences.is_empty() || self.state().has_person(user))?;
        self.change().preferences.retain(|(owner, ..), _| *owner != user);
        for wish in preferences {
            let key = (user, wish.kind.clone(), wish.channel);
            let twice = self.change().preferences.insert(key, wish.wanted).is_some();
            self.hold(!twice, Constraint::Other)?;
        }
        Ok(())
    }

    async fn note_reminder(
        &mut self,
        user: UserId,
        kind: &str,
        day: NaiveDate,
        message: JobId,
    ) -> Result<bool, RepositoryError> {
        let key = (user, kind.to_owned(), day);
        if self.state().reminders.contains_key(&key) {
            return Ok(false);
        }
        self.refers(self.state().has_person(user))?;
        self.change().reminders.insert(key, message);
        Ok(true)
    }
}
