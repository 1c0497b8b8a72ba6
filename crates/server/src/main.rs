//! `ipt`: the API and its background work, and the commands of an operator.

mod command_line;
mod commands;
mod configuration;
mod demo;
mod logging;
mod serving;
mod signing;
mod wiring;
mod working;

use std::process::ExitCode;

use clap::Parser as _;

/// Fewer cycles for the many small pieces of a request, and what was large goes back to the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(command_line::CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command tells its user why it failed")]
            {
                eprintln!("ipt: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
