//! Opening the pools.

use std::{fmt, path::Path, str::FromStr as _, sync::Arc, time::Duration};

use ipt_ports::RepositoryError;
use sqlx::{
    Executor as _,
    pool::PoolOptions,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous},
};

use crate::{error::driver_error, lease::Lender, silence::Patience, writer::Writer};

/// The role that every connection takes on PostgreSQL. It may neither sign in nor bypass row-level security; migrations
/// make it.
pub const APPLICATION_ROLE: &str = "ipt_app";

/// Prepared statements that a connection keeps; lists with many combinations of filters share this.
const STATEMENTS_KEPT: usize = 256;

/// Which database, and how it is used.
#[derive(Clone)]
pub struct ConnectOptions {
    /// `postgres://…`, or `sqlite://` and the path of a file.
    pub url: String,
    /// Connections to PostgreSQL at most.
    pub max_connections: u32,
    /// Readers of a SQLite file; writers there is one.
    pub sqlite_readers: u32,
    /// How long a request waits for a connection.
    pub acquire_timeout: Duration,
    /// How long one statement may take on PostgreSQL.
    pub statement_timeout: Duration,
    /// How long a statement waits for another's lock: PostgreSQL's lock time-out, SQLite's busy time-out.
    pub lock_timeout: Duration,
    /// How long a transaction may idle on PostgreSQL before the server ends it.
    pub idle_in_transaction_timeout: Duration,
    /// Whether a commit to a SQLite file is answered only when it is on the disk. Without that, a machine that crashes can
    /// leave a broken file: only for one that is thrown away unless its making comes to its end.
    pub durable: bool,
}

impl ConnectOptions {
    /// The usual settings for a database.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 10,
            sqlite_readers: 4,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(5),
            idle_in_transaction_timeout: Duration::from_mins(1),
            durable: true,
        }
    }
}

impl fmt::Debug for ConnectOptions {
    /// Without the address, which can hold a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ConnectOptions")
            .field("max_connections", &self.max_connections)
            .field("sqlite_readers", &self.sqlite_readers)
            .field("acquire_timeout", &self.acquire_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .field("lock_timeout", &self.lock_timeout)
            .field("idle_in_transaction_timeout", &self.idle_in_transaction_timeout)
            .field("durable", &self.durable)
            .finish_non_exhaustive()
    }
}

/// The pools of one database.
#[derive(Clone)]
pub(crate) enum Pools {
    /// PostgreSQL: one pool, whose connections are lent.
    Postgres(Arc<Lender>),
    /// SQLite: one writer; readers that cannot write.
    Sqlite {
        /// Over the one connection that writes.
        writer: Arc<Writer>,
        /// Those that read.
        readers: SqlitePool,
    },
}

/// Opens the pools. At least one connection is made, so that a wrong address is noticed here.
pub(crate) async fn open(options: &ConnectOptions) -> Result<Pools, RepositoryError> {
    if is_sqlite(&options.url) {
        sqlite(options).await
    } else {
        postgres(options).await
    }
}

/// Whether an address names a SQLite file.
pub(crate) fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

async fn postgres(options: &ConnectOptions) -> Result<Pools, RepositoryError> {
    let milliseconds = |time: Duration| time.as_millis().to_string();
    let connect = PgConnectOptions::from_str(&options.url)
        .map_err(driver_error)?
        .application_name("ipt")
        .statement_cache_capacity(STATEMENTS_KEPT)
        .options([
            ("statement_timeout", milliseconds(options.statement_timeout)),
            ("lock_timeout", milliseconds(options.lock_timeout)),
            (
                "idle_in_transaction_session_timeout",
                milliseconds(options.idle_in_transaction_timeout),
            ),
        ]);
    let patience = Patience::with(options.statement_timeout);
    let given_back = patience.clone();
    let pool = PoolOptions::<sqlx::Postgres>::new()
        .max_connections(options.max_connections)
        .acquire_timeout(options.acquire_timeout)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection
                    .execute(sqlx::AssertSqlSafe(format!("SET ROLE {APPLICATION_ROLE}")))
                    .await?;
                Ok(())
            })
        })
        .after_release(move |_, _| {
            let trusted = given_back.trusts();
            Box::pin(async move { trusted })
        })
        .connect_with(connect)
        .await
        .map_err(driver_error)?;
    Ok(Pools::Postgres(Lender::new(
        pool,
        options.max_connections,
        options.acquire_timeout,
        patience,
    )))
}

/// A database in memory: each connection would have one of its own.
#[derive(Debug, thiserror::Error)]
#[error("SQLite is used with a file, not in memory")]
struct InMemory;

/// The settings of every connection to a SQLite file. Makes the file's folder.
pub(crate) fn sqlite_file(options: &ConnectOptions) -> Result<SqliteConnectOptions, RepositoryError> {
    if options.url.contains(":memory:") || options.url.contains("mode=memory") {
        return Err(RepositoryError::Backend(Box::new(InMemory)));
    }
    let connect = SqliteConnectOptions::from_str(&options.url)
        .map_err(driver_error)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(if options.durable {
            SqliteSynchronous::Full
        } else {
            SqliteSynchronous::Off
        })
        .busy_timeout(options.lock_timeout)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS_KEPT);
    let folder = connect.get_filename().parent().unwrap_or_else(|| Path::new(""));
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(folder).map_err(|error| RepositoryError::Unavailable(Box::new(error)))?;
    }
    Ok(connect)
}

async fn sqlite(options: &ConnectOptions) -> Result<Pools, RepositoryError> {
    let file = sqlite_file(options)?;
    let pool = |connections: u32| {
        PoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(options.acquire_timeout)
            .test_before_acquire(false)
    };
    // The writer first: it makes the file and turns on the write-ahead log, which readers may not.
    let writer = pool(1).connect_with(file.clone()).await.map_err(driver_error)?;
    let readers = pool(options.sqlite_readers)
        .connect_with(file.pragma("query_only", "ON"))
        .await
        .map_err(driver_error)?;
    Ok(Pools::Sqlite {
        writer: Writer::new(writer, options.acquire_timeout),
        readers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_reach_a_log_line() {
        let options = ConnectOptions::new("postgres://ipt:geheim@db/ipt");
        assert!(!format!("{options:?}").contains("geheim"));
    }

    #[test]
    fn a_database_in_memory_is_refused() {
        for url in ["sqlite::memory:", "sqlite://x?mode=memory"] {
            assert!(matches!(
                sqlite_file(&ConnectOptions::new(url)),
                Err(RepositoryError::Backend(_))
            ));
        }
    }
}
