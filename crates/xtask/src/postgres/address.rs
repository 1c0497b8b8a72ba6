//! How a program is told where the server is.

use std::path::Path;
use std::process::Command;

/// The variable in which the tests find a PostgreSQL server. They connect as its superuser, and make databases and
/// roles of their own.
pub(crate) const URL_VARIABLE: &str = "IPT_TEST_POSTGRES_URL";

/// Where a server listens, and where the programs of its version are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address<'a> {
    pub(super) port: u16,
    pub(super) programs: &'a Path,
}

impl Address<'_> {
    /// The superuser's address.
    pub(crate) fn url(self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Tells a command of ours.
    pub(crate) fn export(self, command: &mut Command) {
        command.env(URL_VARIABLE, self.url());
    }

    /// Tells a command which may be one of PostgreSQL's own, such as `psql`, and lets it be found.
    pub(crate) fn export_for_postgres_programs(self, command: &mut Command) {
        self.export(command);
        command
            .env("PGHOST", "127.0.0.1")
            .env("PGPORT", self.port.to_string());
        command.env("PGUSER", "postgres").env("PGDATABASE", "postgres");
        #[expect(
            clippy::disallowed_methods,
            reason = "the search path is passed on, with one folder more"
        )]
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain([self.programs.to_owned()]);
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
    }
}
