//! Writes sessions and their refresh tokens.

use ipt_domain::Instant;
use ipt_ports::{
    Constraint, RepositoryError,
    identity::{RefreshToken, Session},
};

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    pub(super) fn insert_session(&mut self, session: &Session) -> Result<(), RepositoryError> {
        self.hold(
            !self.state().sessions.contains_key(&session.id),
            Constraint::Other,
        )?;
        let tenant_exists = session
            .tenant_id
            .is_none_or(|tenant| self.state().has_institution(tenant));
        let known = self.state().has_person(session.user_id) && tenant_exists;
        self.refers(known)?;
        self.change().sessions.insert(session.id, session.clone());
        Ok(())
    }

    pub(super) fn insert_token(&mut self, token: &RefreshToken) -> Result<(), RepositoryError> {
        self.hold(
            !self.state().tokens.contains_key(&token.digest),
            Constraint::Other,
        )?;
        self.refers(self.state().sessions.contains_key(&token.session_id))?;
        self.change().tokens.insert(token.digest, token.clone());
        Ok(())
    }

    /// Marks a token as used unless it was.
    pub(super) fn use_token(&mut self, token: &RefreshToken, now: Instant) -> bool {
        let unused = self
            .change()
            .tokens
            .get_mut(&token.digest)
            .filter(|known| known.used_at.is_none());
        unused.map(|known| known.used_at = Some(now)).is_some()
    }

    /// Ends sessions; how many there were. One that was ended before keeps the time at which it was.
    pub(super) fn end_sessions_where(&mut self, now: Instant, ends: impl Fn(&Session) -> bool) -> u64 {
        let alive = self
            .change()
            .sessions
            .values_mut()
            .filter(|session| session.ended_at.is_none());
        let mut ended = 0;
        for session in alive.filter(|session| ends(session)) {
            session.ended_at = Some(now);
            ended += 1;
        }
        ended
    }
}
