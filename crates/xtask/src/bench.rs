//! `cargo xtask bench`: the server beside the bare database, both built and started here.

use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::postgres::{Cluster, Durability};
use crate::{process, workspace};

pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let mut build = process::cargo();
    build.args([
        "build",
        "--release",
        "--package",
        "ipt-server",
        "--package",
        "ipt-bench",
    ]);
    process::run(&mut build)?;
    let programs = workspace::target_folder()?.join("release");
    let mut cluster = Cluster::start(Durability::Durable)?;
    let mut bench = Command::new(programs.join(format!("ipt-bench{EXE_SUFFIX}")));
    bench.arg("--ipt").arg(programs.join(format!("ipt{EXE_SUFFIX}")));
    bench
        .arg("--postgres")
        .arg(cluster.address().url())
        .args(arguments);
    cluster.address().export_for_postgres_programs(&mut bench);
    process::announce(&bench);
    let status = cluster.run(&mut bench)?;
    Ok(process::exit_code(status))
}
