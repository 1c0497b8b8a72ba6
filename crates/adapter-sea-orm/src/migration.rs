//! Applying and undoing migrations, and asking whether any is missing.

use std::{path::PathBuf, time::Duration};

use ipt_migrations::Migrator;
use ipt_ports::RepositoryError;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationStatus, MigratorTrait as _};
use sqlx::{pool::PoolOptions, postgres::PgConnectOptions};

use crate::{
    connect::{self, ConnectOptions},
    connection::Connection,
    error::{driver_error, repository_error},
};

/// A number of our own for PostgreSQL's advisory lock, so that two who migrate at once go one after the other.
const LOCK: i64 = 0x6970_745f_6d69_6772;

/// How long a migration waits for another that is under way, or for a reader of a table that it changes.
const PATIENCE: Duration = Duration::from_mins(2);

/// A step, and whether it is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name, by which the order goes.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// Migrations are missing.
#[derive(Debug, thiserror::Error)]
#[error("{0} migrations are not applied yet")]
struct Pending(usize);

/// Applies every step that is missing; their names.
///
/// # Errors
/// [`RepositoryError`].
pub async fn up(url: &str) -> Result<Vec<String>, RepositoryError> {
    let session = Session::open(url).await?;
    let result = async {
        let before = session.steps().await?;
        Migrator::up(&session.connection, None).await?;
        Ok(names(before, false))
    }
    .await;
    session.close(result).await
}

/// Undoes the last `steps` steps (none: all); their names, the last one first.
///
/// # Errors
/// [`RepositoryError`].
pub async fn down(url: &str, steps: Option<u32>) -> Result<Vec<String>, RepositoryError> {
    let session = Session::open(url).await?;
    let result = async {
        let mut applied = names(session.steps().await?, true);
        applied.reverse();
        let all = u32::try_from(applied.len()).unwrap_or(u32::MAX);
        let steps = steps.unwrap_or(all).min(all);
        if steps > 0 {
            Migrator::down(&session.connection, Some(steps)).await?;
        }
        applied.truncate(usize::try_from(steps).unwrap_or(usize::MAX));
        Ok(applied)
    }
    .await;
    session.close(result).await
}

/// Every step, in order.
///
/// # Errors
/// [`RepositoryError`].
pub async fn status(url: &str) -> Result<Vec<Step>, RepositoryError> {
    let session = Session::open(url).await?;
    let result = session.steps().await;
    session.close(result).await
}

/// Copies a SQLite database to a file beside it, whole although others use it; the copy's path. One that was made earlier
/// is kept: it is of an older state.
///
/// # Errors
/// [`RepositoryError`], also when the disk has no room.
pub async fn copy_before_upgrade(url: &str) -> Result<PathBuf, RepositoryError> {
    let file = connect::sqlite_file(&ConnectOptions::new(url))?
        .get_filename()
        .to_owned();
    let copy = (1_u32..=9_999)
        .map(|number| file.with_extension(format!("before-upgrade-{number}.db")))
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| file.with_extension("before-upgrade.db"));
    let session = Session::open(url).await?;
    let result = async {
        let into = sea_orm::Statement::from_sql_and_values(
            session.connection.get_database_backend(),
            "VACUUM INTO ?",
            [copy.to_string_lossy().into_owned().into()],
        );
        session.connection.execute_raw(into).await?;
        Ok(())
    }
    .await;
    session.close(result).await?;
    Ok(copy)
}

/// Whether every step is applied, asked on a connection of the application.
pub(crate) async fn check(connection: &Connection) -> Result<(), RepositoryError> {
    let unavailable = |error: DbErr| RepositoryError::Unavailable(Box::new(error));
    let rows = connection
        .query_all_raw(sea_orm::Statement::from_string(
            connection.dialect().backend(),
            "SELECT version FROM seaql_migrations",
        ))
        .await
        .map_err(unavailable)?;
    let applied: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()
        .map_err(unavailable)?;
    let known = Migrator::migrations();
    let missing = known
        .iter()
        .filter(|step| !applied.iter().any(|name| name == step.name()))
        .count();
    if missing == 0 {
        Ok(())
    } else {
        Err(RepositoryError::Unavailable(Box::new(Pending(missing))))
    }
}

/// A connection for migrating, as the owner of the tables: it takes no role.
struct Session {
    connection: DatabaseConnection,
}

impl Session {
    async fn open(url: &str) -> Result<Self, RepositoryError> {
        let connection = if connect::is_sqlite(url) {
            let file = connect::sqlite_file(&ConnectOptions {
                lock_timeout: PATIENCE,
                ..ConnectOptions::new(url)
            })?;
            let pool = PoolOptions::<sqlx::Sqlite>::new()
                .max_connections(1)
                .connect_with(file)
                .await
                .map_err(driver_error)?;
            DatabaseConnection::from(pool)
        } else {
            let connect: PgConnectOptions = url.parse().map_err(driver_error)?;
            let connect = connect
                .application_name("ipt migrate")
                .options([("client_min_messages", "warning")]);
            let pool = PoolOptions::<sqlx::Postgres>::new()
                .max_connections(1)
                .connect_with(connect)
                .await
                .map_err(driver_error)?;
            let connection = DatabaseConnection::from(pool);
            let patience = PATIENCE.as_secs();
            let lock = format!("SET lock_timeout = '{patience}s'; SELECT pg_advisory_lock({LOCK})");
            connection
                .execute_unprepared(&lock)
                .await
                .map_err(repository_error)?;
            connection
        };
        Ok(Self { connection })
    }

    async fn steps(&self) -> Result<Vec<Step>, DbErr> {
        let steps = Migrator::get_migration_with_status_read_only(&self.connection).await?;
        let step = |migration: &sea_orm_migration::Migration| Step {
            name: migration.name().to_owned(),
            applied: migration.status() == MigrationStatus::Applied,
        };
        Ok(steps.iter().map(step).collect())
    }

    /// Gives the connection back, and with it the lock.
    async fn close<T>(self, result: Result<T, DbErr>) -> Result<T, RepositoryError> {
        let closed = self.connection.close().await;
        let done = result.map_err(repository_error)?;
        closed.map_err(repository_error)?;
        Ok(done)
    }
}

/// The names of the steps that are, or are not, applied.
fn names(steps: Vec<Step>, applied: bool) -> Vec<String> {
    steps
        .into_iter()
        .filter(|step| step.applied == applied)
        .map(|step| step.name)
        .collect()
}
