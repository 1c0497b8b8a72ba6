//! A database that cannot serve now says so, and soon; and whoever goes away half-way leaves nothing behind.

use std::{future::Future as _, pin::pin, task::Context, time::Duration};

use ipt_adapter_sea_orm::{ConnectOptions, SeaDatabase};
use ipt_ports::{Database as _, RepositoryError, Scope};
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::support::{Fixture, on_both_databases, seeds::OPERATOR};

/// A database of one connection, for which nobody waits long.
async fn narrow(fixture: &Fixture) -> SeaDatabase {
    let options = ConnectOptions {
        max_connections: 1,
        sqlite_readers: 1,
        acquire_timeout: Duration::from_millis(100),
        lock_timeout: Duration::from_millis(100),
        ..ConnectOptions::new(&fixture.url)
    };
    SeaDatabase::connect(&options).await.unwrap()
}

on_both_databases! {
    async fn when_every_connection_is_taken_the_database_is_not_available(fixture: &Fixture) {
        let database = narrow(fixture).await;
        let taken = database.begin(OPERATOR).await.unwrap();
        let outcome = database.begin(OPERATOR).await;
        assert!(matches!(outcome, Err(RepositoryError::Unavailable(_))));
        drop(taken);
        database.begin(OPERATOR).await.unwrap().commit().await.unwrap();
        database.close().await;
    }

    async fn a_beginning_that_is_abandoned_leaves_a_clean_connection(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let database = narrow(fixture).await;
        // Abandoned after so many steps: while waiting for the connection, while beginning, when all is done.
        for steps in 0..6 {
            let mut beginning = pin!(database.read(world.scope()));
            for _ in 0..steps {
                let waker = futures_util::task::noop_waker();
                if beginning.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        // A connection left inside a transaction that reads would refuse this.
        let mut unit = database.begin(world.scope()).await.unwrap();
        unit.placement().hold_student(world.tenant, world.student).await.unwrap();
        unit.commit().await.unwrap();
        database.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sqlite_file_that_another_program_writes_is_not_available() {
    Fixture::sqlite()
        .await
        .lend(async |fixture: std::sync::Arc<Fixture>| {
            let database = narrow(&fixture).await;
            let mut other = SqliteConnection::connect(&fixture.url).await.unwrap();
            other.execute("BEGIN IMMEDIATE").await.unwrap();
            assert!(matches!(
                database.begin(OPERATOR).await,
                Err(RepositoryError::Unavailable(_))
            ));
            // Readers go on meanwhile.
            database
                .read(Scope::Tenants(Vec::new()))
                .await
                .unwrap()
                .tenancy()
                .institutions()
                .await
                .unwrap();
            other.execute("ROLLBACK").await.unwrap();
            database.begin(OPERATOR).await.unwrap();
            database.close().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_is_not_available() {
    let options = ConnectOptions {
        acquire_timeout: Duration::from_millis(300),
        ..ConnectOptions::new("postgres://nobody@127.0.0.1:9/nothing")
    };
    assert!(matches!(
        SeaDatabase::connect(&options).await,
        Err(RepositoryError::Unavailable(_))
    ));
}
