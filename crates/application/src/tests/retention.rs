//! What is kept for a time only, in memory.

use async_trait::async_trait;
use ipt_domain::{Instant, identity::data_export::ExportState};
use ipt_ports::{
    RepositoryError,
    engagement::{Kept, RetentionStore},
};

use super::{State, state::QueuedState, work::MemoryWork};

/// Removes the first `limit` that are past; how many went.
fn remove<T>(all: &mut Vec<T>, limit: usize, is_past: impl Fn(&T) -> bool) -> u64 {
    let mut gone = 0;
    all.retain(|one| {
        let goes = gone < limit && is_past(one);
        gone += usize::from(goes);
        !goes
    });
    gone as u64
}

fn remove_kind(state: &mut State, kind: Kept, before: Instant, limit: usize) -> u64 {
    match kind {
        Kept::Messages => remove(
            &mut state.outbox,
            limit,
            |queued| matches!(queued.state, QueuedState::Done { at } if at < before),
        ),
        Kept::Answers => remove(&mut state.kept_answers, limit, |made| *made < before),
        Kept::Secrets => remove(&mut state.mailed_secrets, limit, |known| {
            known.expires_at < before
        }),
        Kept::Sessions => {
            let gone = remove(&mut state.sessions, limit, |session| {
                session.last_used_at < before
            });
            let left: Vec<_> = state.sessions.iter().map(|session| session.id).collect();
            state.tokens.retain(|token| left.contains(&token.session_id));
            gone
        }
        Kept::Devices => {
            let all = state.devices.len();
            state.devices.retain(|_, seen| *seen >= before);
            (all - state.devices.len()) as u64
        }
        Kept::Notifications => remove(&mut state.notifications, limit, |told| told.created_at < before),
        Kept::Exports => remove(&mut state.exports, limit, |export| {
            export.asked_at < before && !matches!(export.state, ExportState::Waiting { .. })
        }),
        Kept::AuditValues => {
            let past = state.audit.iter_mut().filter(|entry| entry.record.at < before);
            let gone = past.filter_map(|entry| entry.detail.take()).take(limit).count();
            gone as u64
        }
    }
}

#[async_trait]
impl RetentionStore for MemoryWork {
    async fn past(&mut self, kind: Kept, before: Instant) -> Result<u64, RepositoryError> {
        Ok(remove_kind(&mut self.state.clone(), kind, before, usize::MAX))
    }

    async fn remove_past(&mut self, kind: Kept, before: Instant, limit: u32) -> Result<u64, RepositoryError> {
        let limit = usize::try_from(limit).unwrap();
        Ok(remove_kind(&mut self.state, kind, before, limit))
    }
}
