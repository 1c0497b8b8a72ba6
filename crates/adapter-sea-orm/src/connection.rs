//! One transaction on one connection. Every statement of the product passes here.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use ipt_ports::Scope;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, sea_query::Values,
};
use sea_query_sqlx::SqlxValues;
use sqlx::AssertSqlSafe;
use tokio::sync::Mutex;
use tracing::Instrument as _;

use crate::{dialect::Dialect, lease::Lease, meter::Meter, silence::Patience, writer::Turn};

/// A transaction of either driver. Dropped without a commit, it rolls back.
pub(crate) enum Transaction {
    /// On PostgreSQL.
    Postgres(Lease),
    /// On SQLite, looking.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// On SQLite, writing.
    Turn(Turn),
}

/// What entities and hot statements run on: sea-orm's executor over a transaction of our own, so that beginning, counting
/// and looking after errors lie in one place.
pub(crate) struct Connection {
    dialect: Dialect,
    transaction: Mutex<Transaction>,
    failed: AtomicBool,
    meter: Arc<Meter>,
    scope: Scope,
    patience: Option<Patience>,
}

impl Connection {
    /// Takes a transaction that was begun in `scope`. With `patience`, answers are not waited for without end.
    pub(crate) fn new(
        transaction: Transaction,
        scope: Scope,
        meter: Arc<Meter>,
        patience: Option<Patience>,
    ) -> Self {
        let dialect = match &transaction {
            Transaction::Postgres(_) => Dialect::Postgres,
            Transaction::Sqlite(_) | Transaction::Turn(_) => Dialect::Sqlite,
        };
        Self {
            dialect,
            transaction: Mutex::new(transaction),
            failed: AtomicBool::new(false),
            meter,
            scope,
            patience,
        }
    }

    /// Which database it is.
    pub(crate) const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// In which institutions rows may be touched.
    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Makes everything durable.
    ///
    /// After a failed statement this is refused: PostgreSQL would answer a COMMIT by rolling back, without an error, and
    /// SQLite would keep the half that went well.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.check()?;
        self.meter.note("COMMIT");
        let span = tracing::debug_span!("db.commit");
        let transaction = self.transaction.into_inner();
        let committed = async {
            match transaction {
                Transaction::Postgres(lease) => answer(self.patience.as_ref(), lease.commit())
                    .await
                    .map_err(Arc::new),
                Transaction::Sqlite(transaction) => transaction.commit().await.map_err(Arc::new),
                Transaction::Turn(turn) => turn.commit().await,
            }
        };
        committed
            .instrument(span)
            .await
            .map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error)))
    }

    /// After a failed statement there is no other, nor a commit. PostgreSQL refuses it by itself. SQLite would go on, and
    /// when a full disk made it roll back, outside of any transaction.
    fn check(&self) -> Result<(), DbErr> {
        if self.failed.load(Ordering::Acquire) {
            let problem = "a statement of this transaction failed: it can only be given up";
            return Err(DbErr::Exec(RuntimeErr::Internal(problem.to_owned())));
        }
        Ok(())
    }

    /// Remembers a failure; hands the result on.
    fn heed<T>(&self, result: Result<T, sqlx::Error>) -> Result<T, DbErr> {
        result.map_err(|error| {
            self.failed.store(true, Ordering::Release);
            DbErr::Query(RuntimeErr::SqlxError(error.into()))
        })
    }
}

/// An answer, waited for no longer than `patience` lasts; without it, as long as it takes.
async fn answer<T>(
    patience: Option<&Patience>,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    match patience {
        Some(patience) => patience.wait_for(answer).await,
        None => answer.await,
    }
}

/// Runs `$method` of a prepared statement on whichever driver it is.
macro_rules! run {
    ($self:ident, $statement:ident, $method:ident) => {{
        $self.check()?;
        let Statement { sql, values, .. } = $statement;
        $self.meter.note_in(&$self.scope, &sql, values.as_ref());
        let values = SqlxValues(values.unwrap_or_else(|| Values(Vec::new())));
        let span = tracing::debug_span!("db.statement");
        let answered = async {
            let mut transaction = $self.transaction.lock().await;
            match &mut *transaction {
                Transaction::Postgres(transaction) => {
                    let query = sqlx::query_with(AssertSqlSafe(sql), values);
                    query.$method(&mut **transaction).await.map(Outcome::into_orm)
                }
                Transaction::Sqlite(transaction) => {
                    let query = sqlx::query_with(AssertSqlSafe(sql), values);
                    query.$method(&mut **transaction).await.map(Outcome::into_orm)
                }
                Transaction::Turn(turn) => {
                    let query = sqlx::query_with(AssertSqlSafe(sql), values);
                    query.$method(&mut **turn).await.map(Outcome::into_orm)
                }
            }
        };
        answer($self.patience.as_ref(), answered.instrument(span)).await
    }};
}

#[async_trait::async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        self.dialect.backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.heed(run!(self, statement, execute))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.check()?;
        self.meter.note(sql);
        let mut transaction = self.transaction.lock().await;
        let sql = AssertSqlSafe(sql.to_owned());
        let answered = async {
            match &mut *transaction {
                Transaction::Postgres(transaction) => sqlx::raw_sql(sql)
                    .execute(&mut **transaction)
                    .await
                    .map(ExecResult::from),
                Transaction::Sqlite(transaction) => sqlx::raw_sql(sql)
                    .execute(&mut **transaction)
                    .await
                    .map(ExecResult::from),
                Transaction::Turn(turn) => sqlx::raw_sql(sql)
                    .execute(&mut **turn)
                    .await
                    .map(ExecResult::from),
            }
        };
        self.heed(answer(self.patience.as_ref(), answered).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.heed(run!(self, statement, fetch_optional))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.heed(run!(self, statement, fetch_all))
    }
}

/// What a driver answers, as sea-orm takes it.
trait Outcome {
    type Orm;

    fn into_orm(self) -> Self::Orm;
}

macro_rules! outcome {
    ($($driver:ty => $orm:ty),+ $(,)?) => {$(
        impl Outcome for $driver {
            type Orm = $orm;

            fn into_orm(self) -> $orm {
                self.into()
            }
        }
    )+};
}

outcome! {
    sqlx::postgres::PgQueryResult => ExecResult,
    sqlx::sqlite::SqliteQueryResult => ExecResult,
    sqlx::postgres::PgRow => QueryResult,
    sqlx::sqlite::SqliteRow => QueryResult,
}

impl<T: Outcome> Outcome for Option<T> {
    type Orm = Option<T::Orm>;

    fn into_orm(self) -> Self::Orm {
        self.map(T::into_orm)
    }
}

impl<T: Outcome> Outcome for Vec<T> {
    type Orm = Vec<T::Orm>;

    fn into_orm(self) -> Self::Orm {
        self.into_iter().map(T::into_orm).collect()
    }
}
