//! The workspace's own tool, started as `cargo xtask …`: what a newcomer and CI run, needing nothing but cargo.
//!
//! It is a program rather than a set of shell scripts so that every platform runs the same steps, and so that the
//! invariants it checks stand as tables in code that is itself formatted, linted and tested.

mod bench;
mod check;
mod cli;
mod debian;
mod fuzz;
mod generate;
mod pg;
mod postgres;
mod process;
mod redis;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use crate::cli::{Cli, Task};

fn main() -> ExitCode {
    run(Cli::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(cli: Cli) -> Result<ExitCode> {
    match cli.task {
        Task::Test { cargo_args } => test::run(&cargo_args),
        Task::Check { steps } => check::run(&steps),
        Task::Generate { check } => generate::run(check),
        Task::Bench { arguments } => bench::run(&arguments),
        Task::Fuzz {
            if_available,
            arguments,
        } => fuzz::run(if_available, &arguments),
        Task::Pg { durable, command } => pg::run(durable, &command),
    }
}
