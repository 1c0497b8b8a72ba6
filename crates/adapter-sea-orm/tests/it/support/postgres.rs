//! Databases on the server that the tests are given.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use tokio::sync::OnceCell;

/// What the names of our databases begin with; then the process, for databases the number too.
const PREFIX: &str = "ipt_adapter_";

/// Numbers the databases of this process.
static MADE: AtomicU32 = AtomicU32::new(0);

/// The migrated database that others are copied from, with a session whose lock tells that this process still runs.
static TEMPLATE: OnceCell<(String, tokio::sync::Mutex<PgConnection>)> = OnceCell::const_new();

/// The address of the server's own database.
#[expect(
    clippy::disallowed_methods,
    reason = "the command that runs the tests says where the server is"
)]
fn server() -> String {
    std::env::var("IPT_TEST_POSTGRES_URL")
        .expect("IPT_TEST_POSTGRES_URL names no PostgreSQL server: run the tests through cargo xtask test")
}

/// The address of a database on that server.
fn address(database: &str) -> String {
    let server = server();
    let (base, _) = server
        .rsplit_once('/')
        .expect("an address ends in the name of a database");
    format!("{base}/{database}")
}

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

/// Makes a fresh, migrated database; its name and its address.
pub(crate) async fn create() -> (String, String) {
    let (template, _) = TEMPLATE.get_or_init(make_template).await;
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("{template}_{number}");
    execute(format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let address = address(&name);
    (name, address)
}

/// Makes an empty database; its name and its address.
pub(crate) async fn create_empty() -> (String, String) {
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("{PREFIX}{}_{number}", std::process::id());
    execute(format!("CREATE DATABASE {name}")).await;
    let address = address(&name);
    (name, address)
}

/// Removes a database, whoever is still connected.
pub(crate) async fn remove(name: &str) {
    execute(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

async fn make_template() -> (String, tokio::sync::Mutex<PgConnection>) {
    let name = format!("{PREFIX}{}", std::process::id());
    let mut session = PgConnection::connect(&server())
        .await
        .expect("the server answers");
    remove_left_over(&mut session).await;
    lock(&mut session, &name).await;
    execute(format!("CREATE DATABASE {name}")).await;
    ipt_adapter_sea_orm::migration::up(&address(&name))
        .await
        .expect("the migrations apply");
    (name, tokio::sync::Mutex::new(session))
}

/// Takes the lock of a process; whether it was free.
async fn lock(session: &mut PgConnection, process: &str) -> bool {
    let query = sqlx::query("SELECT pg_try_advisory_lock(hashtext($1))").bind(process);
    query.fetch_one(session).await.expect("the server answers").get(0)
}

/// Removes the databases of processes that were killed: nobody holds their lock.
async fn remove_left_over(session: &mut PgConnection) {
    let query = sqlx::query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)").bind(PREFIX);
    let names = query.fetch_all(&mut *session).await.expect("the server answers");
    for name in names.iter().map(|row| row.get::<String, _>(0)) {
        let number = name
            .trim_start_matches(PREFIX)
            .split('_')
            .next()
            .unwrap_or_default();
        let process = format!("{PREFIX}{number}");
        if lock(session, &process).await {
            remove(&name).await;
            sqlx::query("SELECT pg_advisory_unlock(hashtext($1))")
                .bind(&process)
                .execute(&mut *session)
                .await
                .expect("the server answers");
        }
    }
}
