//! A migrated database of a test's own.

use ipt_adapter_sea_orm::{ConnectOptions, SeaDatabase, migration};
use ipt_testkit::postgres::PostgresDatabase;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A database that goes with its test.
pub(crate) enum TestDatabase {
    Sqlite(tempfile::TempDir),
    Postgres(PostgresDatabase),
}

/// A migrated database.
pub(crate) async fn fresh(kind: Kind) -> TestDatabase {
    match kind {
        Kind::Sqlite => {
            let database = TestDatabase::Sqlite(tempfile::tempdir().unwrap());
            migration::up(&database.url()).await.unwrap();
            database
        }
        Kind::Postgres => {
            let migrate = async |url: String| {
                migration::up(&url).await.unwrap();
            };
            TestDatabase::Postgres(PostgresDatabase::create(migrate).await)
        }
    }
}

impl TestDatabase {
    /// Its address.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("ipt.db").display()),
            Self::Postgres(database) => database.url(),
        }
    }

    /// Opens it.
    pub(crate) async fn open(&self) -> SeaDatabase {
        SeaDatabase::connect(&ConnectOptions::new(self.url()))
            .await
            .unwrap()
    }

    /// Removes it.
    pub(crate) async fn remove(self) {
        match self {
            Self::Sqlite(folder) => folder.close().unwrap(),
            Self::Postgres(database) => database.remove().await,
        }
    }
}
