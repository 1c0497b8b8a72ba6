//! The database without the server: the same rows, written and read in the plainest way there is.

use std::time::Duration;

use anyhow::Result;

use crate::{postgres, sqlite, world::World};

/// What is done without the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// The INSERTs of a submission, in one transaction.
    Submit,
    /// The UPDATE and the INSERTs of an approval, in one transaction.
    Approve,
    /// A page of fifty entries.
    Look,
}

/// The database.
pub(crate) enum Bare {
    /// Asked by `pgbench`.
    Postgres(Box<postgres::Bench>),
    /// A file, used in a loop.
    Sqlite(sqlite::Bench),
}

impl Bare {
    /// What does it, for the report.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Postgres(_) => "pgbench",
            Self::Sqlite(_) => "a bare loop",
        }
    }

    /// The database's name and version.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn version(&self) -> Result<String> {
        match self {
            Self::Postgres(bench) => bench.version().await,
            Self::Sqlite(bench) => bench.version().await,
        }
    }

    /// Takes the rows of one real submission as the pattern.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn learn(&mut self, world: &World) -> Result<()> {
        match self {
            Self::Postgres(bench) => bench.learn(&world.tenant).await,
            Self::Sqlite(bench) => bench.learn(&world.tenant).await,
        }
    }

    /// How often a second, over so many connections. A SQLite file has one writer, and is read over two connections.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn rate(&self, work: Work, connections: usize, time: Duration) -> Result<f64> {
        match self {
            Self::Postgres(bench) => bench.rate(work, connections, time).await,
            Self::Sqlite(bench) => bench.rate(work, time).await,
        }
    }

    /// What row-level security costs a page on PostgreSQL, as a sentence.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn cost_of_policies(
        &self,
        connections: usize,
        time: Duration,
    ) -> Result<Option<String>> {
        let Self::Postgres(bench) = self else {
            return Ok(None);
        };
        let (under, without) = bench.policies(connections, time).await?;
        Ok(Some(format!(
            "row-level security: the same page in a scoped transaction {under:.0} a second as `ipt_app`, {without:.0} as \
             a superuser, whom policies do not concern (ratio {:.2})",
            under / without
        )))
    }
}
