//! `cargo xtask check`: what a change must satisfy beside its tests.

mod arch;
mod cargo_steps;
mod deny;
mod evidence;
mod tidy;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::generate;

/// A part of the check. The quick ones stand first, so that they are known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The code is formatted.
    Fmt,
    /// House rules on the text of the files.
    Tidy,
    /// The invariants of the architecture: who may depend on whom.
    Arch,
    /// No lint warns.
    Clippy,
    /// The documentation builds without a warning.
    Docs,
    /// Licences, banned crates and sources of the dependencies.
    Deny,
    /// The generated documents are up to date.
    Generated,
}

impl Step {
    fn run(self) -> Result<()> {
        match self {
            Self::Fmt => cargo_steps::fmt(),
            Self::Tidy => tidy::check(),
            Self::Arch => arch::check(),
            Self::Clippy => cargo_steps::clippy(),
            Self::Docs => cargo_steps::docs(),
            Self::Deny => deny::check(),
            Self::Generated => generate::check_all(),
        }
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}

pub(crate) fn run(named: &[Step]) -> Result<ExitCode> {
    let steps = if named.is_empty() {
        Step::value_variants()
    } else {
        named
    };
    let mut outcomes = Vec::new();
    for step in steps {
        eprintln!("\n== {}", step.name());
        let started = Instant::now();
        let passed = match step.run() {
            Ok(()) => true,
            Err(error) => {
                eprintln!("error: {error:#}");
                false
            }
        };
        outcomes.push((*step, started.elapsed(), passed));
    }
    summarise(&outcomes)
}

fn summarise(outcomes: &[(Step, Duration, bool)]) -> Result<ExitCode> {
    eprintln!();
    for (step, took, passed) in outcomes {
        let verdict = if *passed { "ok" } else { "FAILED" };
        eprintln!("{:<10} {:>7.1} s  {verdict}", step.name(), took.as_secs_f64());
    }
    let failed = outcomes
        .iter()
        .filter(|(_, _, passed)| !passed)
        .map(|(step, _, _)| step.name())
        .collect::<Vec<_>>();
    if !failed.is_empty() {
        bail!(
            "failed: {0}. Once mended, run again: cargo xtask check {0}",
            failed.join(" ")
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what was found, and fails if it was anything.
fn verdict(found: &[String], summary: &str) -> Result<()> {
    for one in found {
        eprintln!("{one}\n");
    }
    match found.len() {
        0 => Ok(()),
        1 => bail!("1 violation of {summary}"),
        count => bail!("{count} violations of {summary}"),
    }
}
