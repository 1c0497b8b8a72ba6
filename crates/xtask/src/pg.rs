//! `cargo xtask pg`: a command beside a throw-away PostgreSQL.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::postgres::{Cluster, Durability};
use crate::process;

pub(crate) fn run(durable: bool, command: &[OsString]) -> Result<ExitCode> {
    let (program, arguments) = command.split_first().context("no command was given")?;
    let durability = if durable {
        Durability::Durable
    } else {
        Durability::Throwaway
    };
    let mut cluster = Cluster::start(durability)?;
    let mut command = Command::new(program);
    command.args(arguments);
    cluster.address().export_for_postgres_programs(&mut command);
    let status = cluster.run(&mut command)?;
    Ok(process::exit_code(status))
}
