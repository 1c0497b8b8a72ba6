//! The database in memory.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use ipt_ports::{Database, Reader, RepositoryError, Scope, UnitOfWork};

use super::{
    state::State,
    unit_of_work::{MemoryUnitOfWork, Writing},
};

/// How long a unit of work waits for another one to end, as long as the databases' connections are waited for. One that
/// waits for itself is told so, rather than never.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database in memory. Clones are the same database.
#[derive(Clone, Debug, Default)]
pub struct MemoryDatabase {
    committed: Arc<Mutex<Arc<State>>>,
    writer: Arc<tokio::sync::Mutex<()>>,
    races_to_lose: Arc<AtomicU32>,
    linking_taken: Arc<AtomicBool>,
    open: Arc<AtomicU32>,
}

/// Counts a unit of work, or a reader, as open until it is dropped.
pub(crate) struct Open(Arc<AtomicU32>);

impl Open {
    fn count(open: &Arc<AtomicU32>) -> Self {
        open.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(open))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Another unit of work did not end.
#[derive(Debug, thiserror::Error)]
#[error("another unit of work has been open for too long")]
struct Busy;

impl MemoryDatabase {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets so many of the next changes that can come too late, because they are guarded by a version or begin a relation,
    /// find that somebody else was faster, as happens where several write at once.
    pub fn lose_races(&self, count: u32) {
        self.races_to_lose.store(count, Ordering::Relaxed);
    }

    /// From now on somebody else has the right to link, as where several workers run, or no longer.
    pub fn set_linking_taken(&self, is_taken: bool) {
        self.linking_taken.store(is_taken, Ordering::Relaxed);
    }

    pub(crate) fn linking_taken(&self) -> bool {
        self.linking_taken.load(Ordering::Relaxed)
    }

    /// How many units of work and readers are open: so many connections another database would hold now.
    pub fn open_now(&self) -> u32 {
        self.open.load(Ordering::SeqCst)
    }

    pub(crate) fn loses_race(&self) -> bool {
        let one_less = |left: u32| left.checked_sub(1);
        self.races_to_lose
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
            .is_ok()
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Arc<State>> {
        self.committed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is committed now.
    pub fn snapshot(&self) -> Arc<State> {
        Arc::clone(&self.lock())
    }
}

#[async_trait::async_trait]
impl Database for MemoryDatabase {
    async fn begin(&self, scope: Scope) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.writer).lock_owned())
            .await
            .map_err(|_| RepositoryError::Unavailable(Box::new(Busy)))?;
        let writing = Writing {
            turn,
            database: self.clone(),
        };
        Ok(Box::new(MemoryUnitOfWork::writing(
            self.snapshot(),
            scope,
            Open::count(&self.open),
            writing,
        )))
    }

    async fn read(&self, scope: Scope) -> Result<Box<dyn Reader>, RepositoryError> {
        Ok(Box::new(MemoryUnitOfWork::reading(
            self.snapshot(),
            scope,
            Open::count(&self.open),
        )))
    }

    async fn check(&self) -> Result<(), RepositoryError> {
        Ok(())
    }
}
