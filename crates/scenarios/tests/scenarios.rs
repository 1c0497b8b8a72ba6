//! Runs the scenarios in `features` against the domain alone.
//!
//! Words on the command line choose the scenarios in whose names they stand: `cargo test -p ipt-scenarios -- evidence`.
#![expect(
    clippy::needless_pass_by_value,
    reason = "a step takes what stands in its sentence, and the runner hands it over by value"
)]
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
    let wanted = words(arguments);
    let everything = wanted.is_empty();

    let outcome = Term::cucumber()
        .max_concurrent_scenarios(1)
        .after(|_, _, _, _, term| {
            Box::pin(async move {
                if let Some(term) = term {
                    term.nothing_is_left_unsaid();
                }
            })
        })
        .fail_on_skipped()
        .with_default_cli()
        .filter_run(
            concat!(env!("CARGO_MANIFEST_DIR"), "/features"),
            move |_, _, scenario| {
                let name = scenario.name.to_lowercase();
                everything || wanted.iter().any(|word| name.contains(word.as_str()))
            },
        )
        .await;

    let scenarios = outcome.inner_writer().scenarios_stats();
    let broken = scenarios.failed + scenarios.skipped + outcome.parsing_errors();
    let nothing_ran = everything && scenarios.total() == 0;
    let failed = outcome.execution_has_failed() || broken > 0 || nothing_ran;
    // What a machine looks for, alone on its line.
    let told = writeln!(
        std::io::stdout(),
        "{} passed, {} failed",
        scenarios.passed,
        broken.max(failed.into())
    );
    if failed || told.is_err() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The words that choose scenarios: not the options of `cargo test`'s usual runner, nor their values.
fn words(arguments: Vec<String>) -> Vec<String> {
    const WITH_VALUE: [&str; 5] = ["--test-threads", "--skip", "--format", "--color", "-Z"];
    let mut words = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if WITH_VALUE.contains(&argument.as_str()) {
            arguments.next();
        } else if !argument.starts_with('-') {
            words.push(argument.to_lowercase());
        }
    }
    words
}
