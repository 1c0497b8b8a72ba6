//! Runs the scenarios in `features` against the domain alone.
//!
//! Words on the command line choose the scenarios in whose names they stand: `cargo test -p ipt-scenarios -- evidence`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "these are tests: a step that finds something else than its sentence says panics, and the scenario fails"
)]

mod steps;

use std::{io::Write as _, process::ExitCode};

use cucumber::{World as _, writer::Stats as _};

use steps::term::Term;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<String> =
        arguments.into_iter().filter(|argument| !argument.starts_with('-')).map(|word| word.to_lowercase()).collect();
    let everything = wanted.is_empty();

    let outcome = Term::cucumber()
        .max_concurrent_scenarios(1)
        .after(|_, _, _, _, term| Box::pin(async move { term.into_iter().for_each(|term| term.nothing_is_left_unsaid()) }))
        .fail_on_skipped()
        .with_default_cli()
        .filter_run(concat!(env!("CARGO_MANIFEST_DIR"), "/features"), move |_, _, scenario| {
            let name = scenario.name.to_lowercase();
            everything || wanted.iter().any(|word| name.contains(word.as_str()))
        })
        .await;

    let scenarios = outcome.inner_writer().scenarios_stats();
    let broken = scenarios.failed + scenarios.skipped + outcome.parsing_errors();
    let nothing_ran = everything && scenarios.total() == 0;
    let failed = outcome.execution_has_failed() || broken > 0 || nothing_ran;
    // What a machine looks for, alone on its line.
    let told = writeln!(std::io::stdout(), "{} passed, {} failed", scenarios.passed, broken.max(failed.into()));
    if failed || told.is_err() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
