//! The database and its units of work.

use std::sync::{
    Arc, Mutex, MutexGuard,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use ipt_domain::{id::TenantId, version::Version};
use ipt_ports::{
    Database, Reader, RepositoryError, Scope, UnitOfWork,
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

use super::State;

/// The database in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct MemoryDatabase {
    state: Arc<Mutex<State>>,
    open: Arc<AtomicU32>,
}

impl MemoryDatabase {
    /// What is stored.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// How many units of work and readers are open.
    pub(crate) fn open_now(&self) -> u32 {
        self.open.load(Ordering::SeqCst)
    }

    fn begin_now(&self, scope: Scope) -> Box<MemoryWork> {
        Box::new(MemoryWork {
            _open: Open::count(&self.open),
            shared: self.clone(),
            state: self.state().clone(),
            scope,
        })
    }
}

/// Counts a unit of work, or a reader, as open until it is dropped.
struct Open(Arc<AtomicU32>);

impl Open {
    fn count(open: &Arc<AtomicU32>) -> Self {
        open.fetch_add(1, Ordering::SeqCst);
        Self(open.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A unit of work, and a reader: each repository is implemented on it.
pub(crate) struct MemoryWork {
    _open: Open,
    shared: MemoryDatabase,
    pub(crate) state: State,
    pub(crate) scope: Scope,
}

impl MemoryWork {
    /// Whether rows of an institution (none: of the deployment) may be touched.
    pub(crate) fn covers(&self, tenant: Option<TenantId>) -> bool {
        match (&self.scope, tenant) {
            (Scope::System(_), _) => true,
            (Scope::Tenants(_), None) => false,
            (scope, Some(tenant)) => scope.covers(tenant),
        }
    }

    /// Fails as the database does when somebody else was faster.
    pub(crate) fn guard(
        &mut self,
        stored: Option<Version>,
        replaces: Option<Version>,
    ) -> Result<(), RepositoryError> {
        let races = self.shared.state().races_to_lose;
        if races > 0 {
            self.shared.state().races_to_lose = races - 1;
            return Err(RepositoryError::Stale);
        }
        if stored == replaces {
            Ok(())
        } else {
            Err(RepositoryError::Stale)
        }
    }

    /// What is no part of these tests.
    pub(crate) fn absent<T>() -> Result<T, RepositoryError> {
        Err(RepositoryError::Backend("not part of these tests".into()))
    }
}

#[async_trait]
impl Database for MemoryDatabase {
    async fn begin(&self, scope: Scope) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        Ok(self.begin_now(scope))
    }

    async fn read(&self, scope: Scope) -> Result<Box<dyn Reader>, RepositoryError> {
        Ok(self.begin_now(scope))
    }

    async fn check(&self) -> Result<(), RepositoryError> {
        Ok(())
    }
}

impl Reader for MemoryWork {
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

#[async_trait]
impl UnitOfWork for MemoryWork {
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
        let Self {
            shared, mut state, ..
        } = *self;
        let mut stored = shared.state();
        state.races_to_lose = stored.races_to_lose;
        *stored = state;
        Ok(())
    }
}

impl MemoryWork {
    /// Notes what a reader was asked, at once.
    pub(crate) fn shared_state(&self, note: impl FnOnce(&mut State)) {
        note(&mut self.shared.state());
    }
}
