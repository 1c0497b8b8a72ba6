//! `cargo xtask test`: `cargo test`, beside a throw-away PostgreSQL.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use crate::postgres::{Cluster, Durability, URL_VARIABLE};
use crate::{process, redis};

pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let mut cargo = process::cargo();
    cargo.arg("test");
    if !choose_their_packages(arguments) {
        // Every feature, so that nothing that can be switched on goes untested; and on after a failure, so that one
        // run tells all.
        cargo.args(["--workspace", "--all-features", "--no-fail-fast"]);
    }
    cargo.args(arguments);

    redis::find_or_install()?;

    #[expect(clippy::disallowed_methods, reason = "the one setting of the test command")]
    let given = std::env::var_os(URL_VARIABLE);
    if given.is_some_and(|url| !url.is_empty()) {
        eprintln!("using the PostgreSQL server that {URL_VARIABLE} names");
        process::announce(&cargo);
        return Ok(process::exit_code(cargo.status()?));
    }
    let mut cluster = Cluster::start(Durability::Throwaway)?;
    cluster.address().export(&mut cargo);
    process::announce(&cargo);
    Ok(process::exit_code(cluster.run(&mut cargo)?))
}

/// Whether the arguments say which packages to test. What stands after a second `--` is for the test programs.
fn choose_their_packages(arguments: &[OsString]) -> bool {
    arguments
        .iter()
        .map_while(|argument| argument.to_str().filter(|argument| *argument != "--"))
        .any(|argument| {
            let name = argument.split('=').next().unwrap_or(argument);
            matches!(name, "--package" | "--manifest-path" | "--workspace")
                || (argument.starts_with("-p") && !argument.starts_with("--"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str]) -> bool {
        choose_their_packages(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_named_package_narrows_the_run() {
        for arguments in [
            &["-p", "ipt-api"][..],
            &["-pipt-api"],
            &["--package", "ipt-api"],
            &["--package=ipt-api"],
        ] {
            assert!(chosen(arguments), "{arguments:?}");
        }
    }

    #[test]
    fn a_filter_or_an_argument_of_the_test_program_does_not() {
        for arguments in [
            &[][..],
            &["a_supervisor"],
            &["--lib"],
            &["--", "-p"],
            &["--", "--package"],
        ] {
            assert!(!chosen(arguments), "{arguments:?}");
        }
    }
}
