//! Databases on the PostgreSQL server that the tests are given: each test gets a copy of one prepared database.

use std::{
    future::Future,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use tokio::sync::OnceCell;

/// What the names of all our databases begin with; then the process, and for copies a number.
const PREFIX: &str = "ipt_test_";

/// Numbers the copies of this process.
static MADE: AtomicU32 = AtomicU32::new(0);

/// The prepared database of this process.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// A database of a test's own.
#[derive(Debug)]
pub struct PostgresDatabase {
    name: String,
}

impl PostgresDatabase {
    /// A copy of a database that `prepare` has made ready, given its address; that is done once in each process.
    ///
    /// # Panics
    /// When the environment names no server, or it does not answer.
    pub async fn create<F: Future<Output = ()>>(prepare: impl FnOnce(String) -> F) -> Self {
        let template = TEMPLATE.get_or_init(|| make_template(prepare)).await;
        let name = format!("{template}_{}", MADE.fetch_add(1, Ordering::Relaxed));
        execute(format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { name }
    }

    /// An empty database.
    ///
    /// # Panics
    /// As [`create`](Self::create).
    pub async fn empty() -> Self {
        let name = format!(
            "{PREFIX}{}_{}",
            std::process::id(),
            MADE.fetch_add(1, Ordering::Relaxed)
        );
        execute(format!("CREATE DATABASE {name}")).await;
        Self { name }
    }

    /// Its address, as the owner of the tables.
    pub fn url(&self) -> String {
        address(&self.name)
    }

    /// Does something to it behind everybody's back, as the owner of the tables.
    ///
    /// # Panics
    /// When the server does not answer, or refuses.
    #[expect(clippy::expect_used, reason = "a test stops where its server does not answer")]
    pub async fn execute(&self, sql: &str) {
        let mut connection = PgConnection::connect(&self.url())
            .await
            .expect("the server answers");
        connection
            .execute(AssertSqlSafe(sql))
            .await
            .expect("the server does it");
        connection.close().await.expect("the server says goodbye");
    }

    /// Removes it, whoever is still connected.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn remove(&self) {
        execute(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
    }
}

/// The address of the server's own database.
#[expect(
    clippy::disallowed_methods,
    reason = "the command that runs the tests says where the server is"
)]
#[expect(
    clippy::expect_used,
    reason = "without a server these tests cannot run, and must not be skipped"
)]
fn server() -> String {
    std::env::var("IPT_TEST_POSTGRES_URL")
        .expect("IPT_TEST_POSTGRES_URL names no PostgreSQL server: run the tests through cargo xtask test")
}

/// The address of a database on that server.
fn address(database: &str) -> String {
    let server = server();
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    format!("{base}/{database}")
}

#[expect(clippy::expect_used, reason = "a test stops where its server does not answer")]
async fn execute(sql: String) {
    let mut connection = PgConnection::connect(&server())
        .await
        .expect("the server answers");
    connection
        .execute(AssertSqlSafe(sql))
        .await
        .expect("the server does it");
    connection.close().await.expect("the server says goodbye");
}

/// Makes the database that others are copied from, and removes what processes that ran before have left.
#[expect(clippy::expect_used, reason = "a test stops where its server does not answer")]
async fn make_template<F: Future<Output = ()>>(prepare: impl FnOnce(String) -> F) -> String {
    let mut session = PgConnection::connect(&server())
        .await
        .expect("the server answers");
    let query = sqlx::query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)").bind(PREFIX);
    let left: Vec<String> = query
        .fetch_all(&mut session)
        .await
        .expect("the server answers")
        .iter()
        .map(|row| row.get(0))
        .collect();
    for name in left.iter().filter(|name| !is_running(name)) {
        execute(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
    let name = format!("{PREFIX}{}", std::process::id());
    execute(format!("CREATE DATABASE {name}")).await;
    prepare(address(&name)).await;
    name
}

/// Whether the process that a database is named after still runs.
fn is_running(database: &str) -> bool {
    let process = database
        .trim_start_matches(PREFIX)
        .split('_')
        .next()
        .unwrap_or_default();
    std::path::Path::new("/proc").join(process).exists()
}
