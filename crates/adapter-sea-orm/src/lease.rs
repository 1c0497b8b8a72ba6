//! Connections to PostgreSQL, lent for a transaction or for one statement.
//!
//! The driver's pool asks each connection that comes back whether it still answers: a round trip for every transaction, and
//! another for every look. Here a connection that comes back clean goes to the next borrower as it is; only one that was
//! idle for a while goes back to the pool, which asks it. A transaction that was left open is rolled back before anybody
//! else gets its connection.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use ipt_ports::RepositoryError;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool, Postgres, pool::PoolConnection};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tracing::Instrument as _;

use crate::{error::driver_error, silence::Patience};

/// A connection that was idle for longer goes back to the driver's pool, and is asked whether it still answers.
const ASK_AFTER_IDLE: Duration = Duration::from_secs(10);

/// What lends connections. Borrowers wait in the order in which they came.
pub(crate) struct Lender {
    pool: PgPool,
    places: Arc<Semaphore>,
    wait: Duration,
    patience: Patience,
    idle: Mutex<Vec<(PoolConnection<Postgres>, Instant)>>,
}

impl Lender {
    /// Lends the connections of `pool`, so many at once. A borrower waits no longer than `wait` for one, and for the server's
    /// answers as long as `patience` lasts.
    pub(crate) fn new(pool: PgPool, at_once: u32, wait: Duration, patience: Patience) -> Arc<Self> {
        let at_once = usize::try_from(at_once).unwrap_or(Semaphore::MAX_PERMITS);
        Arc::new(Self {
            pool,
            places: Arc::new(Semaphore::new(at_once)),
            wait,
            patience,
            idle: Mutex::default(),
        })
    }

    /// How long an answer is waited for.
    pub(crate) const fn patience(&self) -> &Patience {
        &self.patience
    }

    /// Lends a connection.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when none can be had in time.
    pub(crate) async fn lend(self: &Arc<Self>) -> Result<Lease, RepositoryError> {
        let place = timeout(self.wait, Arc::clone(&self.places).acquire_owned())
            .instrument(tracing::debug_span!("db.acquire"))
            .await;
        let Ok(Ok(place)) = place else {
            return Err(driver_error(sqlx::Error::PoolTimedOut));
        };
        let connection = match self.rested() {
            Some(connection) => connection,
            None => self.pool.acquire().await.map_err(driver_error)?,
        };
        Ok(Lease {
            connection: Some(connection),
            state: State::Clean,
            home: Arc::clone(self),
            place: Some(place),
        })
    }

    /// Closes every connection, once those in use are given back.
    pub(crate) async fn close(&self) {
        self.places.close();
        // Closed as soon as it is asked to: what comes back from now on is not kept.
        let closing = self.pool.close();
        self.idle().clear();
        closing.await;
    }

    /// The connection that came back last, unless that was too long ago.
    fn rested(&self) -> Option<PoolConnection<Postgres>> {
        let trusted = self.patience.trusts().is_ok();
        let mut idle = self.idle();
        let (connection, since) = idle.pop()?;
        if trusted && since.elapsed() < ASK_AFTER_IDLE {
            return Some(connection);
        }
        // The others came back even earlier, from the same server.
        drop(connection);
        idle.clear();
        None
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(PoolConnection<Postgres>, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_back(&self, connection: PoolConnection<Postgres>) {
        let mut idle = self.idle();
        idle.push((connection, Instant::now()));
        if self.pool.is_closed() {
            idle.clear();
        }
    }
}

impl Drop for Lender {
    /// The driver's pool would take them back on a runtime, which may be gone by now: a panic in the middle of another.
    fn drop(&mut self) {
        for (connection, _) in self.idle().drain(..) {
            drop(connection.detach());
        }
    }
}

/// In what state a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing is under way.
    Clean,
    /// A single statement is under way.
    Busy,
    /// A transaction is open.
    Open,
}

/// A borrowed connection. Dropped, it goes back; with a transaction open, that is rolled back first.
pub(crate) struct Lease {
    connection: Option<PoolConnection<Postgres>>,
    state: State,
    home: Arc<Lender>,
    place: Option<OwnedSemaphorePermit>,
}

impl Lease {
    /// Begins a transaction, by a statement that sets its scope as well.
    ///
    /// # Errors
    /// The driver's.
    pub(crate) async fn begin(&mut self, statement: String) -> Result<(), sqlx::Error> {
        // Set before the statement goes out: abandoned half-way, it may have begun.
        self.state = State::Open;
        let home = Arc::clone(&self.home);
        let begun = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut **self);
        let begun = begun.instrument(tracing::debug_span!("db.begin"));
        home.patience.wait_for(begun).await?;
        Ok(())
    }

    /// Makes the transaction durable.
    ///
    /// # Errors
    /// The driver's.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        sqlx::raw_sql("COMMIT").execute(&mut *self).await?;
        self.state = State::Clean;
        Ok(())
    }

    /// Runs one statement outside a transaction.
    ///
    /// # Errors
    /// The driver's.
    pub(crate) async fn look<T>(
        mut self,
        run: impl AsyncFnOnce(&mut PgConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, sqlx::Error> {
        self.state = State::Busy;
        let home = Arc::clone(&self.home);
        let result = home.patience.wait_for(run(&mut self)).await;
        if result.is_ok() {
            self.state = State::Clean;
        }
        result
    }
}

impl Deref for Lease {
    type Target = PgConnection;

    #[expect(clippy::expect_used, reason = "the connection is taken out by the drop alone")]
    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("borrowed until it is dropped")
    }
}

impl DerefMut for Lease {
    #[expect(clippy::expect_used, reason = "the connection is taken out by the drop alone")]
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("borrowed until it is dropped")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        if self.state == State::Clean {
            self.home.take_back(connection);
            return;
        }
        if self.home.patience.trusts().is_err() {
            // It may have fallen silent itself: to ask could take as long again.
            connection.close_on_drop();
            return;
        }
        let (state, home, place) = (self.state, Arc::clone(&self.home), self.place.take());
        tokio::spawn(async move {
            let cleaned = match state {
                State::Open => sqlx::raw_sql("ROLLBACK")
                    .execute(&mut *connection)
                    .await
                    .map(drop),
                State::Clean | State::Busy => connection.ping().await,
            };
            if cleaned.is_ok() {
                home.take_back(connection);
            } else {
                connection.close_on_drop();
                drop(connection);
                // When one is broken the server was probably gone: the pool asks the others.
                home.idle().clear();
            }
            // Kept until now: whoever has a place finds a connection.
            drop(place);
        });
    }
}
