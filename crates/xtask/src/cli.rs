//! The command line of `cargo xtask`.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::check::Step;

/// Tests, checks and generated documents of this workspace.
///
/// Nothing but cargo is needed: what a task needs beside it, it finds or installs, or says how to get it and fails.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 110)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Run the tests, beside a throw-away PostgreSQL server.
    ///
    /// Starts a server in a temporary folder, exports its address as `IPT_TEST_POSTGRES_URL`, runs `cargo test`, and
    /// removes the server again, also after Ctrl-C. If `IPT_TEST_POSTGRES_URL` is set already, that server is used.
    ///
    /// Without arguments every test of the workspace runs, with every feature, documentation tests included.
    #[command(
        after_help = "Examples:\n  cargo xtask test\n  cargo xtask test -- a_supervisor\n  \
                            cargo xtask test -- --package ipt-domain"
    )]
    Test {
        /// Arguments for `cargo test`, after `--`.
        ///
        /// With `--package` (or `--manifest-path`) among them nothing is added to them; otherwise they apply to the
        /// whole workspace.
        #[arg(last = true, value_name = "ARGS")]
        cargo_args: Vec<OsString>,
    },

    /// Check formatting, lints, documentation, dependencies, architecture and generated files.
    ///
    /// Every step runs, also after one has failed, so that one run tells all.
    #[command(
        after_help = "Examples:\n  cargo xtask check\n  cargo xtask check fmt clippy\n  cargo xtask check arch tidy"
    )]
    Check {
        /// The steps to run, in the order given; all of them when none is named.
        #[arg(value_enum, value_name = "STEP")]
        steps: Vec<Step>,
    },

    /// Write the generated documents anew.
    Generate {
        /// Write nothing; fail if a document differs from what its program says.
        #[arg(long)]
        check: bool,
    },

    /// Measure the server beside the bare database, on PostgreSQL and SQLite.
    ///
    /// Builds the server for release, starts a PostgreSQL that writes through to the disk, and prints tables as they stand
    /// in docs/performance.md. Nothing else should run on the machine meanwhile.
    #[command(
        after_help = "Examples:\n  cargo xtask bench\n  cargo xtask bench -- --seconds 5 --only 'POST /logs'\n  \
                            cargo xtask bench -- --help"
    )]
    Bench {
        /// Arguments for the measuring program, after `--`.
        #[arg(last = true, value_name = "ARGS")]
        arguments: Vec<OsString>,
    },

    /// Send made-up requests to every operation of the API, on SQLite and PostgreSQL.
    ///
    /// schemathesis makes them up from the API's description and judges the answers by it: no 5xx, nothing that is not
    /// described, nothing taken that the description forbids. The same requests in each run. Takes python3; schemathesis is
    /// installed into target/tools.
    #[command(
        after_help = "Examples:\n  cargo xtask fuzz\n  cargo xtask fuzz -- --max-examples 100\n  \
                            cargo xtask fuzz -- --include-path /api/v1/logs"
    )]
    Fuzz {
        /// Where schemathesis can neither be found nor installed, say so, and end well.
        #[arg(long)]
        if_available: bool,

        /// Arguments for `schemathesis run`, after `--`.
        #[arg(last = true, value_name = "ARGS")]
        arguments: Vec<OsString>,
    },

    /// Run a command beside a throw-away PostgreSQL server.
    ///
    /// The command finds the server's address in `IPT_TEST_POSTGRES_URL`, and in `PGHOST`, `PGPORT`, `PGUSER` and `PGDATABASE`,
    /// so that PostgreSQL's own programs need no arguments. The server is gone when the command ends.
    #[command(
        after_help = "Examples:\n  cargo xtask pg -- psql\n  cargo xtask pg -- cargo test --package \
                            ipt-adapter-sea-orm\n  cargo xtask pg --durable -- pgbench --initialize"
    )]
    Pg {
        /// Keep PostgreSQL's promise to write through to the disk, for measurements; tests do without, and are faster.
        #[arg(long)]
        durable: bool,

        /// The command and its arguments.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn arguments_after_the_dashes_reach_the_command_untouched() {
        let cli = Cli::parse_from(["cargo xtask", "pg", "--", "psql", "--durable", "-c", "select 1"]);
        let Task::Pg { durable, command } = cli.task else {
            panic!("expected `pg`, got {:?}", cli.task)
        };
        assert!(!durable, "`--durable` belongs to the command here");
        assert_eq!(command, ["psql", "--durable", "-c", "select 1"]);
    }
}
