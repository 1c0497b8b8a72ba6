//! The database under test: behind SQL, or in memory.

use ipt_adapter_sea_orm::{Dialect, SeaDatabase};
use ipt_domain::id::SessionId;
use ipt_ports::{Database, Reader, RepositoryError, Scope, UnitOfWork, identity::Principal};
use ipt_testkit::memory::MemoryDatabase;

/// The database under test.
#[derive(Clone, Debug)]
pub(crate) enum Store {
    /// PostgreSQL or SQLite.
    Sql(SeaDatabase),
    /// The one that tests of use cases run on.
    Memory(MemoryDatabase),
}

impl Store {
    fn sql(&self) -> &SeaDatabase {
        match self {
            Self::Sql(database) => database,
            Self::Memory(_) => panic!("a test that looks at the SQL takes a &SqlFixture"),
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.sql().dialect()
    }

    pub(crate) fn statements(&self) -> u64 {
        self.sql().statements()
    }

    pub(crate) fn record_statements(&self) {
        self.sql().record_statements();
    }

    pub(crate) fn recorded_statements(&self) -> Vec<String> {
        self.sql().recorded_statements()
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sql(database) => database.close().await,
            Self::Memory(_) => {}
        }
    }
}

#[async_trait::async_trait]
impl Database for Store {
    async fn begin(&self, scope: Scope) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        match self {
            Self::Sql(database) => database.begin(scope).await,
            Self::Memory(database) => database.begin(scope).await,
        }
    }

    async fn read(&self, scope: Scope) -> Result<Box<dyn Reader>, RepositoryError> {
        match self {
            Self::Sql(database) => database.read(scope).await,
            Self::Memory(database) => database.read(scope).await,
        }
    }

    async fn principal(&self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        match self {
            Self::Sql(database) => database.principal(session).await,
            Self::Memory(database) => database.principal(session).await,
        }
    }

    async fn check(&self) -> Result<(), RepositoryError> {
        match self {
            Self::Sql(database) => database.check().await,
            Self::Memory(database) => database.check().await,
        }
    }
}
