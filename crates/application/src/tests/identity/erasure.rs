//! What goes with a person who is erased.

use ipt_domain::{
    id::UserId,
    identity::{lockout::Lockout, name::PersonName},
};

use crate::tests::State;

impl State {
    /// Empties the details of the trail about a person, drops the sessions and what was told, and replaces the name in what
    /// others were told.
    pub(super) fn erase(&mut self, user: UserId, name: &PersonName, replacement: &PersonName) {
        let sessions: Vec<_> = self
            .sessions
            .iter()
            .filter(|session| session.user_id == user)
            .map(|session| session.id.uuid())
            .collect();
        for entry in &mut self.audit {
            let record = &entry.record;
            let about = match record.object_kind.as_ref() {
                "user" => record.object_id == user.uuid(),
                "session" => record.actor == Some(user) || sessions.contains(&record.object_id),
                _ => false,
            };
            if about {
                entry.detail = None;
            }
        }
        self.sessions.retain(|session| session.user_id != user);
        for known in self.accounts.iter_mut().filter(|known| known.account.id == user) {
            known.account.last_tenant = None;
            known.account.lockout = Lockout::default();
        }
        self.notifications.retain(|told| told.user_id != user);
        self.preferences.retain(|(of, _)| *of != user);
        self.reminders.retain(|(of, ..)| *of != user);
        for told in &mut self.notifications {
            let text = told
                .values
                .to_string()
                .replace(name.as_str(), replacement.as_str());
            told.values = serde_json::from_str(&text).unwrap();
        }
    }
}
