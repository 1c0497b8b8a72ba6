//! One test's database, and what is at hand beside it.

use std::{
    future::{Future, Ready, ready},
    sync::Arc,
};

use ipt_adapter_sea_orm::{ConnectOptions, Dialect, SeaDatabase, migration};
use ipt_ports::{Database as _, IdGenerator as _, Reader, Scope, UnitOfWork};
use ipt_testkit::{SeededIds, memory::MemoryDatabase, postgres::PostgresDatabase};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use super::store::Store;

/// Where the database lies.
enum Place {
    Sqlite { _folder: TempDir },
    Postgres(PostgresDatabase),
    Memory,
}

/// A fresh, migrated database.
pub(crate) struct Fixture {
    /// The database under test.
    pub(crate) database: Store,
    /// Its address, as the owner of the tables; none in memory.
    pub(crate) url: String,
    ids: SeededIds,
    place: Place,
}

impl Fixture {
    /// On SQLite, in a file of its own.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let url = format!("sqlite://{}", folder.path().join("ipt.db").display());
        migration::up(&url).await.expect("the migrations apply");
        Self::open(url, Place::Sqlite { _folder: folder }).await
    }

    /// On PostgreSQL, in a database of its own.
    pub(crate) async fn postgres() -> Self {
        let migrate = async |url: String| {
            migration::up(&url).await.expect("the migrations apply");
        };
        let database = PostgresDatabase::create(migrate).await;
        Self::open(database.url(), Place::Postgres(database)).await
    }

    /// In memory.
    pub(crate) fn memory() -> Ready<Self> {
        ready(Self {
            database: Store::Memory(MemoryDatabase::new()),
            url: String::new(),
            ids: SeededIds::new(1),
            place: Place::Memory,
        })
    }

    async fn open(url: String, place: Place) -> Self {
        let database = SeaDatabase::connect(&ConnectOptions::new(&url))
            .await
            .expect("the database opens");
        Self {
            database: Store::Sql(database),
            url,
            ids: SeededIds::new(1),
            place,
        }
    }

    /// Lends the database to a test, and removes it afterwards, also when the test fails.
    pub(crate) async fn lend<F, T>(self, test: T)
    where
        T: FnOnce(Arc<Self>) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let fixture = Arc::new(self);
        let outcome = tokio::spawn(test(Arc::clone(&fixture))).await;
        fixture.database.close().await;
        if let Place::Postgres(database) = &fixture.place {
            database.remove().await;
        }
        if let Err(failure) = outcome {
            std::panic::resume_unwind(failure.into_panic());
        }
    }

    /// A fresh id; ids ascend.
    pub(crate) fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.next())
    }

    /// Opens a unit of work.
    pub(crate) async fn begin(&self, scope: Scope) -> Box<dyn UnitOfWork> {
        self.database.begin(scope).await.expect("a unit of work begins")
    }

    /// Opens a reader.
    pub(crate) async fn read(&self, scope: Scope) -> Box<dyn Reader> {
        self.database.read(scope).await.expect("a reader opens")
    }

    /// Runs a statement past the adapter, as the owner of the tables; how many rows it changed.
    pub(crate) async fn as_owner(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self.database.dialect() {
            Dialect::Postgres => {
                let mut connection = PgConnection::connect(&self.url).await?;
                let result = connection.execute(sql).await.map(|done| done.rows_affected());
                connection.close().await?;
                result
            }
            Dialect::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.url).await?;
                let result = connection.execute(sql).await.map(|done| done.rows_affected());
                connection.close().await?;
                result
            }
        }
    }
}
