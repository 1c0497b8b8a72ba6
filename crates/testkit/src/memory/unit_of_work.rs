//! One transaction, which is also a reader: each repository is implemented on it.

use std::{collections::BTreeSet, sync::Arc};

use ipt_domain::id::UserId;
use ipt_ports::{
    Constraint, Reader, RepositoryError, Scope, UnitOfWork,
    audit::{AuditReader, ChainLinker},
    engagement::{IdempotencyStore, NotificationReader, NotificationRepository, Outbox, RetentionStore},
    identity::{
        DataExportReader, DataExportRepository, MailedSecretReader, MailedSecretRepository, PeopleReader,
        PeopleRepository, ProfileReader, ProfileRepository, RoleReader, RoleRepository,
    },
    insight::InsightReader,
    logbook::{LogbookReader, LogbookRepository},
    placement::{PlacementReader, PlacementRepository},
    tenancy::{TenancyReader, TenancyRepository},
};
use tokio::sync::OwnedMutexGuard;

use super::{
    database::{MemoryDatabase, Open},
    state::State,
};

/// The right to write, and where to.
pub(crate) struct Writing {
    pub(crate) turn: OwnedMutexGuard<()>,
    pub(crate) database: MemoryDatabase,
}

/// A transaction.
pub(crate) struct MemoryUnitOfWork {
    state: Arc<State>,
    scope: Scope,
    _open: Open,
    writing: Option<Writing>,
    broken: Option<Constraint>,
    held_students: BTreeSet<UserId>,
}

/// Nothing can be committed any more.
#[derive(Debug, thiserror::Error)]
enum Uncommittable {
    #[error("a reader has nothing to commit")]
    Reader,
    #[error("a constraint was broken before ({0:?}): PostgreSQL has given the transaction up")]
    Broken(Constraint),
}

impl MemoryUnitOfWork {
    pub(crate) fn writing(state: Arc<State>, scope: Scope, open: Open, writing: Writing) -> Self {
        Self {
            writing: Some(writing),
            ..Self::reading(state, scope, open)
        }
    }

    pub(crate) const fn reading(state: Arc<State>, scope: Scope, open: Open) -> Self {
        Self {
            state,
            scope,
            _open: open,
            writing: None,
            broken: None,
            held_students: BTreeSet::new(),
        }
    }

    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What this transaction sees.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// The same, to be changed: a copy, as soon as others see it too.
    pub(crate) fn change(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }

    /// Notes that nobody else places a student until the end of this transaction.
    pub(crate) fn note_held(&mut self, student: UserId) {
        self.held_students.insert(student);
    }

    /// Whether what is read of a student's placements may be decided on: by whoever holds the student, and by a reader, who
    /// decides nothing.
    pub(crate) fn may_judge(&self, student: UserId) -> bool {
        self.writing.is_none() || self.held_students.contains(&student)
    }

    /// Whether somebody else is said to have been faster: see
    /// [`lose_races`](super::MemoryDatabase::lose_races).
    pub(crate) fn loses_race(&self) -> bool {
        self.writing
            .as_ref()
            .is_some_and(|writing| writing.database.loses_race())
    }

    /// Whether somebody else is said to have the right to link: see
    /// [`set_linking_taken`](super::MemoryDatabase::set_linking_taken).
    pub(crate) fn linking_taken(&self) -> bool {
        self.writing
            .as_ref()
            .is_some_and(|writing| writing.database.linking_taken())
    }

    /// That a constraint is broken. The transaction is of no more use then, as on PostgreSQL.
    pub(crate) fn conflict(&mut self, constraint: Constraint) -> RepositoryError {
        self.broken = Some(constraint);
        RepositoryError::Conflict(constraint)
    }
}

impl Reader for MemoryUnitOfWork {
    fn logbook(&mut self) -> &mut dyn LogbookReader {
        self
    }

    fn placement(&mut self) -> &mut dyn PlacementReader {
        self
    }

    fn tenancy(&mut self) -> &mut dyn TenancyReader {
        self
    }

    fn people(&mut self) -> &mut dyn PeopleReader {
        self
    }

    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretReader {
        self
    }

    fn profiles(&mut self) -> &mut dyn ProfileReader {
        self
    }

    fn roles(&mut self) -> &mut dyn RoleReader {
        self
    }

    fn data_exports(&mut self) -> &mut dyn DataExportReader {
        self
    }

    fn notifications(&mut self) -> &mut dyn NotificationReader {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditReader {
        self
    }

    fn insight(&mut self) -> &mut dyn InsightReader {
        self
    }
}

#[async_trait::async_trait]
impl UnitOfWork for MemoryUnitOfWork {
    fn logbook(&mut self) -> &mut dyn LogbookRepository {
        self
    }

    fn placement(&mut self) -> &mut dyn PlacementRepository {
        self
    }

    fn tenancy(&mut self) -> &mut dyn TenancyRepository {
        self
    }

    fn people(&mut self) -> &mut dyn PeopleRepository {
        self
    }

    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretRepository {
        self
    }

    fn profiles(&mut self) -> &mut dyn ProfileRepository {
        self
    }

    fn roles(&mut self) -> &mut dyn RoleRepository {
        self
    }

    fn data_exports(&mut self) -> &mut dyn DataExportRepository {
        self
    }

    fn notifications(&mut self) -> &mut dyn NotificationRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    fn retention(&mut self) -> &mut dyn RetentionStore {
        self
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyStore {
        self
    }

    fn chain(&mut self) -> &mut dyn ChainLinker {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        if let Some(constraint) = self.broken {
            return Err(RepositoryError::Backend(Box::new(Uncommittable::Broken(
                constraint,
            ))));
        }
        let Some(writing) = self.writing else {
            return Err(RepositoryError::Backend(Box::new(Uncommittable::Reader)));
        };
        *writing.database.lock() = self.state;
        drop(writing.turn);
        Ok(())
    }
}
