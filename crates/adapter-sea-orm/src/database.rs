//! The database: opens transactions.

use std::{fmt, sync::Arc};

use ipt_domain::id::SessionId;
use ipt_ports::{Database, Reader, RepositoryError, Scope, UnitOfWork, identity::Principal};
use sea_orm::{QueryResult, Statement, sea_query::Values};
use sea_query_sqlx::SqlxValues;
use sqlx::{SqlSafeStr as _, SqlitePool};
use tracing::Instrument as _;

use crate::{
    connect::{self, ConnectOptions, Pools},
    connection::{Connection, Transaction},
    dialect::Dialect,
    error::driver_error,
    meter::{Meter, Traced},
    migration,
    scope::{self, Access},
    unit_of_work::SeaUnitOfWork,
};

/// PostgreSQL or SQLite, behind one port.
#[derive(Clone)]
pub struct SeaDatabase {
    pools: Pools,
    meter: Arc<Meter>,
}

impl SeaDatabase {
    /// Opens the database. It must be migrated already: see [`migration`].
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when it cannot be reached, [`RepositoryError::Backend`] when the address is none.
    pub async fn connect(options: &ConnectOptions) -> Result<Self, RepositoryError> {
        Ok(Self {
            pools: connect::open(options).await?,
            meter: Arc::default(),
        })
    }

    /// Closes every connection, once those in use are given back.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Postgres(lender) => lender.close().await,
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
        }
    }

    /// Which database it is.
    pub const fn dialect(&self) -> Dialect {
        match self.pools {
            Pools::Postgres(_) => Dialect::Postgres,
            Pools::Sqlite { .. } => Dialect::Sqlite,
        }
    }

    /// How many statements have gone to the database so far, the beginnings and ends of transactions included.
    pub fn statements(&self) -> u64 {
        self.meter.statements()
    }

    /// Keeps the text of every statement from now on, for a test to look at. Values are never kept.
    pub fn record_statements(&self) {
        self.meter.record();
    }

    /// The texts since [`record_statements`](Self::record_statements).
    pub fn recorded_statements(&self) -> Vec<String> {
        let traced = self.meter.recorded().into_iter();
        traced.map(|statement| statement.text).collect()
    }

    /// As [`recorded_statements`](Self::recorded_statements), with what can be told of their scopes.
    pub fn traced_statements(&self) -> Vec<Traced> {
        self.meter.recorded()
    }

    /// Opens a transaction.
    async fn open(&self, scope: Scope, access: Access) -> Result<SeaUnitOfWork, RepositoryError> {
        let begin = scope::begin(self.dialect(), access, &scope);
        self.meter.note(&begin);
        let (transaction, patience) = match (&self.pools, access) {
            (Pools::Postgres(lender), _) => {
                let mut lease = lender.lend().await?;
                lease.begin(begin).await.map_err(driver_error)?;
                (Transaction::Postgres(lease), Some(lender.patience().clone()))
            }
            (Pools::Sqlite { writer, .. }, Access::Write) => {
                (Transaction::Turn(writer.begin(begin).await?), None)
            }
            (Pools::Sqlite { readers, .. }, Access::Read) => {
                (Transaction::Sqlite(begin_on(readers, begin).await?), None)
            }
        };
        let meter = Arc::clone(&self.meter);
        Ok(SeaUnitOfWork::new(Connection::new(
            transaction,
            scope,
            meter,
            patience,
        )))
    }
}

impl SeaDatabase {
    /// Runs one statement that looks, outside a transaction: without a scope, and on SQLite over a reader.
    pub(crate) async fn look(&self, statement: Statement) -> Result<Vec<QueryResult>, RepositoryError> {
        let Statement { sql, values, .. } = statement;
        self.meter.note(&sql);
        let values = SqlxValues(values.unwrap_or_else(|| Values(Vec::new())));
        let sql = sqlx::AssertSqlSafe(sql);
        let rows = match &self.pools {
            Pools::Postgres(lender) => {
                let rows = lender
                    .lend()
                    .await?
                    .look(async |connection| sqlx::query_with(sql, values).fetch_all(connection).await);
                rows.await
                    .map(|rows| rows.into_iter().map(QueryResult::from).collect())
            }
            Pools::Sqlite { readers, .. } => sqlx::query_with(sql, values)
                .fetch_all(readers)
                .await
                .map(|rows| rows.into_iter().map(QueryResult::from).collect()),
        };
        rows.map_err(driver_error)
    }
}

impl fmt::Debug for SeaDatabase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SeaDatabase")
            .field("dialect", &self.dialect())
            .finish_non_exhaustive()
    }
}

/// Takes a connection to a SQLite file and begins a transaction on it.
///
/// The beginning goes on when the caller goes away (a task of its own): abandoned half-way, the connection would return to
/// the pool inside a transaction that nobody knows of.
async fn begin_on(
    pool: &SqlitePool,
    begin: String,
) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, RepositoryError> {
    let connection = pool
        .acquire()
        .instrument(tracing::debug_span!("db.acquire"))
        .await
        .map_err(driver_error)?;
    let text = sqlx::AssertSqlSafe(begin).into_sql_str();
    let beginning =
        sqlx::Transaction::begin(connection, Some(text)).instrument(tracing::debug_span!("db.begin"));
    tokio::spawn(beginning)
        .await
        .map_err(|error| RepositoryError::Unavailable(Box::new(error)))?
        .map_err(driver_error)
}

#[async_trait::async_trait]
impl Database for SeaDatabase {
    async fn begin(&self, scope: Scope) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        Ok(Box::new(self.open(scope, Access::Write).await?))
    }

    async fn read(&self, scope: Scope) -> Result<Box<dyn Reader>, RepositoryError> {
        Ok(Box::new(self.open(scope, Access::Read).await?))
    }

    async fn principal(&self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        self.principal_at_once(session).await
    }

    async fn check(&self) -> Result<(), RepositoryError> {
        let reader = self.open(Scope::Tenants(Vec::new()), Access::Read).await?;
        migration::check(reader.connection()).await
    }
}
