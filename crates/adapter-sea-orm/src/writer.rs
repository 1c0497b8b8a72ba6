//! The one connection that writes to a SQLite file. Transactions that wait for it share a commit.
//!
//! A commit waits for the disk, and while it does nobody else can write. So whoever has written lets those who stand in line
//! already write first, each behind a savepoint of its own, and then one commit makes all of them durable: nobody is told
//! that something is kept before it is. A transaction that is given up is undone back to its savepoint, and takes nothing
//! of the others with it. When nobody waits, all of this is a transaction and its commit.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use ipt_ports::RepositoryError;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, SqlitePool};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMutexGuard, oneshot},
    time::timeout,
};
use tracing::Instrument as _;

use crate::error::driver_error;

/// How many transactions one commit makes durable at most: the first of them waits for the last.
const SHARE_A_COMMIT: usize = 32;

/// Who may write is one at a time, in the order in which they came.
pub(crate) struct Writer {
    pool: SqlitePool,
    shared: Arc<Mutex<Shared>>,
    wait: Duration,
}

/// The connection, and the transaction that several share while one of them writes or some wait for its commit.
#[derive(Default)]
struct Shared {
    /// Kept from the first use on: the driver's pool would ask it after each transaction whether it still answers.
    connection: Option<SqliteConnection>,
    /// Whether a transaction is open.
    open: bool,
    /// Those who have written, and wait for the commit.
    waiting: Vec<oneshot::Sender<Committed>>,
    /// Whether the last one gave up, and is still to be undone.
    given_up: bool,
    /// Whether a statement of ours is under way. Found so by the next one, it was cut off with the runtime that it ran on.
    under_way: bool,
}

/// What came of a commit, for each who shared it.
type Committed = Result<(), Arc<sqlx::Error>>;

impl Writer {
    /// Writes over the connection of `pool`, for which one waits no longer than `wait`.
    pub(crate) fn new(pool: SqlitePool, wait: Duration) -> Arc<Self> {
        Arc::new(Self {
            pool,
            shared: Arc::default(),
            wait,
        })
    }

    /// Closes the connection, once nobody writes and what was written is durable.
    pub(crate) async fn close(&self) {
        let closing = self.pool.close();
        let mut shared = self.shared.lock().await;
        shared.settle().await;
        shared.commit().await;
        if let Some(connection) = shared.connection.take() {
            // What it may answer helps nobody any more.
            drop(connection.close().await);
        }
        closing.await;
    }

    /// Waits for the turn, and begins by `statement`, or behind what others have written.
    ///
    /// The beginning goes on when the caller goes away (a task of its own): abandoned half-way, the connection would stay
    /// inside a transaction that nobody knows of.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when it takes too long.
    pub(crate) async fn begin(self: &Arc<Self>, statement: String) -> Result<Turn, RepositoryError> {
        let turn = timeout(self.wait, Arc::clone(&self.shared).lock_owned())
            .instrument(tracing::debug_span!("db.acquire"))
            .await
            .map_err(|_| driver_error(sqlx::Error::PoolTimedOut))?;
        let begun = Turn::begin(Arc::clone(self), turn, statement);
        tokio::spawn(begun.instrument(tracing::debug_span!("db.begin")))
            .await
            .map_err(|error| RepositoryError::Unavailable(Box::new(error)))?
            .map_err(driver_error)
    }
}

impl Shared {
    /// Begins by `statement`, or behind what others have written.
    async fn begin(&mut self, pool: &SqlitePool, statement: String) -> Result<(), sqlx::Error> {
        self.settle().await;
        if self.connection.is_none() {
            self.connection = Some(pool.acquire().await?.detach());
        }
        if self.open {
            let behind = format!("SAVEPOINT {}", savepoint(self.waiting.len()));
            return self.run(behind).await;
        }
        self.run(statement).await?;
        self.open = true;
        Ok(())
    }

    /// Does what the one before has left to do, whose runtime may be gone: nobody goes on in a transaction of somebody else.
    async fn settle(&mut self) {
        if self.under_way {
            // What came of that statement is not known. Closed, the connection takes back what is not durable.
            self.under_way = false;
            self.given_up = false;
            self.open = false;
            self.connection = None;
            self.tell(&Err(Arc::new(sqlx::Error::WorkerCrashed)));
        }
        if std::mem::take(&mut self.given_up) {
            self.undo().await;
        }
    }

    /// Makes what was written durable, and tells everybody.
    async fn commit(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let committed = self.run("COMMIT".to_owned()).await;
        self.open = false;
        if committed.is_err() {
            self.roll_back().await;
        }
        self.tell(&committed.map_err(Arc::new));
    }

    /// Undoes what was written by the one who writes now.
    async fn undo(&mut self) {
        if self.waiting.is_empty() {
            self.open = false;
            self.roll_back().await;
            return;
        }
        let undo = format!("ROLLBACK TO {}", savepoint(self.waiting.len()));
        if let Err(error) = self.run(undo).await {
            // On a full disk, say, SQLite rolls everything back by itself: with it went what the others wrote.
            self.open = false;
            self.roll_back().await;
            self.tell(&Err(Arc::new(error)));
        }
    }

    /// Takes everything back. A connection that refuses is closed, which does it too; after a failure SQLite may have done
    /// it already, and refuses for that.
    async fn roll_back(&mut self) {
        if self.run("ROLLBACK".to_owned()).await.is_err() {
            self.connection = None;
        }
    }

    fn tell(&mut self, committed: &Committed) {
        for waiting in self.waiting.drain(..) {
            // Whoever is gone need not know.
            drop(waiting.send(committed.clone()));
        }
    }

    async fn run(&mut self, statement: String) -> Result<(), sqlx::Error> {
        let connection = self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        let statement = sqlx::raw_sql(AssertSqlSafe(statement));
        self.under_way = true;
        let done = statement.execute(connection).await;
        self.under_way = false;
        done.map(drop)
    }
}

/// The savepoint behind which the next one writes, when so many wait for their commit.
fn savepoint(waiting: usize) -> String {
    format!("behind_{waiting}")
}

/// A transaction of one who writes. Dropped without a commit, it is undone.
pub(crate) struct Turn {
    writer: Arc<Writer>,
    shared: Option<OwnedMutexGuard<Shared>>,
}

impl Turn {
    async fn begin(
        writer: Arc<Writer>,
        mut shared: OwnedMutexGuard<Shared>,
        statement: String,
    ) -> Result<Self, sqlx::Error> {
        shared.begin(&writer.pool, statement).await?;
        Ok(Self {
            writer,
            shared: Some(shared),
        })
    }

    /// Makes everything durable, together with those who stand in line already.
    ///
    /// It goes on when the caller goes away (a task of its own): others may wait for the same commit.
    ///
    /// # Errors
    /// The driver's; everybody who shared the commit gets the same.
    pub(crate) async fn commit(mut self) -> Committed {
        let (tell, told) = oneshot::channel();
        if let Some(mut shared) = self.shared.take() {
            shared.waiting.push(tell);
            let line = Arc::clone(&self.writer.shared);
            let commit = async move {
                if shared.waiting.len() < SHARE_A_COMMIT {
                    drop(shared);
                    // Behind those who came before now. When one of them has committed for all, nothing is left to do.
                    shared = line.lock_owned().await;
                    shared.settle().await;
                }
                shared.commit().await;
            };
            tokio::spawn(commit.in_current_span());
        }
        told.await
            .unwrap_or_else(|_| Err(Arc::new(sqlx::Error::WorkerCrashed)))
    }
}

impl Deref for Turn {
    type Target = SqliteConnection;

    #[expect(
        clippy::expect_used,
        reason = "it is there from the beginning to the end of a turn"
    )]
    fn deref(&self) -> &SqliteConnection {
        let shared = self.shared.as_ref().expect("has the turn until it is over");
        shared.connection.as_ref().expect("there since the turn began")
    }
}

impl DerefMut for Turn {
    #[expect(
        clippy::expect_used,
        reason = "it is there from the beginning to the end of a turn"
    )]
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        let shared = self.shared.as_mut().expect("has the turn until it is over");
        shared.connection.as_mut().expect("there since the turn began")
    }
}

impl Drop for Turn {
    /// Undone at once where there is a runtime, so that other programs need not wait; else, or when that ends before, by
    /// whoever comes next.
    fn drop(&mut self) {
        if let Some(mut shared) = self.shared.take() {
            shared.given_up = true;
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(async move { shared.settle().await });
            }
        }
    }
}

#[cfg(test)]
mod tests;
