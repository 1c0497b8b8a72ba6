//! How fast the server is, beside the bare database.
//!
//! Server, database and load share one machine, so that a figure by itself says little: each stands beside what the database
//! alone does with the same rows, measured in the same run. Started by `cargo xtask bench`, which builds the server and
//! provides a PostgreSQL that writes through to the disk.

mod bare;
mod client;
mod lanes;
mod load;
mod postgres;
mod program;
mod report;
mod rows;
mod run;
mod sqlite;
mod world;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Result;
use clap::Parser;

use crate::{bare::Bare, program::Program, report::Report};

/// Measures the server beside the bare database.
#[derive(Debug, Parser)]
#[command(name = "ipt-bench", max_term_width = 110)]
struct Cli {
    /// The server's program, built for release.
    #[arg(long, value_name = "FILE")]
    ipt: PathBuf,

    /// A PostgreSQL server, as its superuser; a database is made there. Without it only SQLite is measured.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,

    /// Leave SQLite out.
    #[arg(long)]
    no_sqlite: bool,

    /// How long each measurement lasts.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    seconds: u64,

    /// How many students hand in logs; each has a placement of 160 days that lie behind.
    #[arg(long, value_name = "NUMBER", default_value_t = 512)]
    students: usize,

    /// Only measurements whose name contains this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,

    /// Let the server deliver mails and link the audit trail meanwhile, as one node alone would.
    #[arg(long)]
    worker: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // One thread: the load must leave the cores to the server.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(&cli)));
    done.map_or_else(
        |error| {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

async fn run(cli: &Cli) -> Result<()> {
    let plan = run::Plan {
        time: Duration::from_secs(cli.seconds),
        students: cli.students,
        only: cli.only.clone(),
        worker: cli.worker,
    };
    if let Some(server) = &cli.postgres {
        let database = postgres::Bench::create(server).await?;
        let program = Program::prepare(&cli.ipt, &database.url)?;
        let report = run::run(&plan, program, Bare::Postgres(Box::new(database))).await?;
        print(&report);
    }
    if !cli.no_sqlite {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("ipt.db");
        let program = Program::prepare(&cli.ipt, &format!("sqlite://{}", file.display()))?;
        let report = run::run(&plan, program, Bare::Sqlite(sqlite::Bench::new(file))).await?;
        print(&report);
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the report is what this program is for")]
fn print(report: &Report) {
    println!("{report}");
}
