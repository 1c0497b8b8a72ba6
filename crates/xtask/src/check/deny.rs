//! Licences, bans and sources of the dependencies, by cargo-deny.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{process, workspace};

/// Pinned, so that a new release cannot fail a change that has nothing to do with it.
const VERSION: &str = "0.20.2";

/// Advisories are left out: their database cannot be fetched where CI runs.
const CHECKS: [&str; 3] = ["licenses", "bans", "sources"];

pub(super) fn check() -> Result<()> {
    let mut deny = Command::new(found_or_installed()?);
    deny.current_dir(workspace::root());
    deny.args(["--config", ".config/deny.toml", "check"]).args(CHECKS);
    process::run(&mut deny)
}

fn found_or_installed() -> Result<PathBuf> {
    let folder = workspace::root().join("target").join("tools");
    let program = folder.join("bin").join("cargo-deny");
    if is_wanted_version(&program) {
        return Ok(program);
    }
    eprintln!("installing cargo-deny {VERSION} into target/tools: once, about a minute on two cores");
    let mut cargo = process::cargo();
    // Without optimisation it is built in a fraction of the time, and still takes seconds to run.
    cargo.args([
        "install",
        "cargo-deny",
        "--version",
        VERSION,
        "--locked",
        "--debug",
        "--force",
        "--quiet",
    ]);
    cargo.arg("--root").arg(&folder);
    process::run(&mut cargo)?;
    Ok(program)
}

fn is_wanted_version(program: &PathBuf) -> bool {
    let said = process::output(Command::new(program).arg("--version"));
    said.is_ok_and(|said| said.split_whitespace().last() == Some(VERSION))
}
