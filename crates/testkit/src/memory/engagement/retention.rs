//! What is kept for a time only.

use ipt_domain::{
    Instant,
    identity::{
        data_export::{DataExport, ExportState},
        mailed_secret::MailedSecret,
    },
};
use ipt_ports::{
    RepositoryError,
    engagement::{Kept, Notification, RetentionStore},
    identity::Session,
};

use crate::memory::{
    state::{Queued, Reserved, Standing, State},
    unit_of_work::MemoryUnitOfWork,
};

/// Removes of a map what `since` tells to be older than `before`, the oldest first, at most `limit`; how many went.
macro_rules! remove_oldest {
    ($map:expr, $before:expr, $limit:expr, $since:expr) => {{
        let since = $since;
        let mut past: Vec<_> = $map
            .iter()
            .filter_map(|(key, value)| since(value).map(|since: Instant| (since, key.clone())))
            .filter(|(since, _)| *since < $before)
            .collect();
        past.sort_unstable();
        past.truncate($limit);
        for (_, key) in &past {
            $map.remove(key);
        }
        past.len()
    }};
}

fn remove(state: &mut State, kind: Kept, before: Instant, limit: usize) -> usize {
    match kind {
        Kept::Messages => remove_oldest!(state.outbox, before, limit, |queued: &Queued| {
            match queued.standing {
                Standing::Done { at } => Some(at),
                Standing::Queued | Standing::Running { .. } | Standing::Failed { .. } => None,
            }
        }),
        Kept::Answers => {
            remove_oldest!(state.answers, before, limit, |known: &Reserved| Some(known.since))
        }
        Kept::Secrets => remove_oldest!(state.mailed_secrets, before, limit, |secret: &MailedSecret| Some(
            secret.expires_at
        )),
        Kept::Sessions => {
            let gone = remove_oldest!(state.sessions, before, limit, |session: &Session| Some(
                session.last_used_at
            ));
            let left = &state.sessions;
            state
                .tokens
                .retain(|_, token| left.contains_key(&token.session_id));
            gone
        }
        Kept::Devices => remove_oldest!(state.devices, before, limit, |seen: &Instant| Some(*seen)),
        Kept::Notifications => {
            remove_oldest!(state.notifications, before, limit, |told: &Notification| Some(
                told.created_at
            ))
        }
        Kept::Exports => remove_oldest!(
            state.exports,
            before,
            limit,
            |export: &DataExport| match export.state {
                ExportState::Waiting { .. } => None,
                ExportState::Ready { .. } | ExportState::Fetched { .. } | ExportState::Failed { .. } =>
                    Some(export.asked_at),
            }
        ),
        Kept::AuditValues => {
            let mut past: Vec<_> = state
                .details
                .keys()
                .filter_map(|id| state.records.get(id).map(|record| (record.at, *id)))
                .filter(|(at, _)| *at < before)
                .collect();
            past.sort_unstable();
            past.truncate(limit);
            for (_, id) in &past {
                state.details.remove(id);
            }
            past.len()
        }
    }
}

#[async_trait::async_trait]
impl RetentionStore for MemoryUnitOfWork {
    async fn past(&mut self, kind: Kept, before: Instant) -> Result<u64, RepositoryError> {
        self.demand_strictly(None)?;
        let mut copy = self.state().clone();
        Ok(remove(&mut copy, kind, before, usize::MAX) as u64)
    }

    async fn remove_past(&mut self, kind: Kept, before: Instant, limit: u32) -> Result<u64, RepositoryError> {
        self.demand_strictly(None)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(remove(self.change(), kind, before, limit) as u64)
    }
}
