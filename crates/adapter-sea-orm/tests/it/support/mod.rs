//! A fresh database for each test, and what tests put into it.

mod fixture;
pub(crate) mod log_lists;
mod logs;
pub(crate) mod rows;
pub(crate) mod seeds;
mod store;
pub(crate) mod world;

pub(crate) use fixture::Fixture;

/// One test, on a fresh database of each of these kinds.
macro_rules! tests_on {
    ([$($test:ident = $kind:ident),+] $(#[$meta:meta])* async fn $name:ident($fixture:ident) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[expect(clippy::allow_attributes, reason = "a test need not use all that stands beside it")]
            #[allow(unused_imports, reason = "a test need not use all that stands beside it")]
            use super::*;

            async fn run(fixture: std::sync::Arc<crate::support::Fixture>) {
                let $fixture: &crate::support::Fixture = &fixture;
                $body
            }

            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    crate::support::Fixture::$kind().await.lend(run).await;
                }
            )+
        }
    };
}

/// Runs each test twice, on a fresh database of each kind that has SQL: `on_sqlite`, `on_postgres`.
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($fixture:ident: &Fixture) $body:block)+) => {$(
        crate::support::tests_on! {
            [on_sqlite = sqlite, on_postgres = postgres] $(#[$meta])* async fn $name($fixture) $body
        }
    )+};
}

/// Runs each test on a fresh database of each kind: `on_sqlite`, `on_postgres`, and `in_memory`, on which the use cases are
/// tested. One that takes an `&SqlFixture` looks at rows or statements, and has no meaning in memory.
macro_rules! on_every_database {
    () => {};
    ($(#[$meta:meta])* async fn $name:ident($fixture:ident: &SqlFixture) $body:block $($rest:tt)*) => {
        crate::support::tests_on! {
            [on_sqlite = sqlite, on_postgres = postgres] $(#[$meta])* async fn $name($fixture) $body
        }
        crate::support::on_every_database! { $($rest)* }
    };
    ($(#[$meta:meta])* async fn $name:ident($fixture:ident: &Fixture) $body:block $($rest:tt)*) => {
        crate::support::tests_on! {
            [on_sqlite = sqlite, on_postgres = postgres, in_memory = memory]
            $(#[$meta])* async fn $name($fixture) $body
        }
        crate::support::on_every_database! { $($rest)* }
    };
}

pub(crate) use {on_both_databases, on_every_database, tests_on};
