//! A fresh database for each test, and what tests put into it.

mod fixture;
mod postgres;
pub(crate) mod rows;
pub(crate) mod seeds;
pub(crate) mod world;

pub(crate) use fixture::Fixture;
pub(crate) use postgres::{create_empty as empty_postgres, remove as remove_postgres};

/// Runs each test twice, on a fresh database of each kind: `on_sqlite`, `on_postgres`.
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($fixture:ident: &Fixture) $body:block)+) => {$(
        mod $name {
            #[expect(clippy::allow_attributes, reason = "a test need not use all that stands beside it")]
            #[allow(unused_imports, reason = "a test need not use all that stands beside it")]
            use super::*;

            async fn run(fixture: std::sync::Arc<crate::support::Fixture>) {
                let $fixture: &crate::support::Fixture = &fixture;
                $body
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                crate::support::Fixture::sqlite().await.lend(run).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                crate::support::Fixture::postgres().await.lend(run).await;
            }
        }
    )+};
}

pub(crate) use on_both_databases;
