//! Where PostgreSQL's programs are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::debian;

/// What a folder must hold to be taken.
const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Where distributions put what they leave out of the search path: the folder that holds one folder a version, how
/// the name of that folder starts, and what lies below it.
const PLACES: &[(&str, &str, &str)] = &[
    ("/usr/lib/postgresql", "", "bin"),          // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                   // PostgreSQL's own packages for Red Hat
    ("/usr/libexec", "postgresql", ""),          // Alpine
    ("/opt/homebrew/opt", "postgresql@", "bin"), // Homebrew
    ("/usr/local/opt", "postgresql@", "bin"),    // Homebrew on Intel
    ("/usr/local", "pgsql", "bin"),              // built from source
];

const HOW_TO_GET_IT: &str =
    "PostgreSQL's server programs (initdb, pg_ctl, postgres) were found neither in PATH nor in \
    the usual folders. Install them:
    Debian, Ubuntu   sudo apt-get install postgresql
    Fedora, RHEL     sudo dnf install postgresql-server
    Alpine           apk add postgresql
    macOS            brew install postgresql@17
or start a server yourself and name it in IPT_TEST_POSTGRES_URL (postgres://superuser@host:port/postgres).";

/// The programs of one version of PostgreSQL.
pub(super) struct Binaries(PathBuf);

impl Binaries {
    /// Looks in the search path, then in the distributions' folders, newest version first. Root on Debian installs
    /// what is missing; for anyone else it is an error that says how to get it.
    pub(super) fn find_or_install() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        debian::install("PostgreSQL", &["postgresql"], HOW_TO_GET_IT).context(HOW_TO_GET_IT)?;
        Self::find().context(HOW_TO_GET_IT)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    fn find() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the search path is where programs are looked for"
        )]
        let path = std::env::var_os("PATH").unwrap_or_default();
        let in_path = std::env::split_paths(&path).collect::<Vec<_>>();
        in_path
            .into_iter()
            .chain(newest_first())
            .find(|folder| is_complete(folder))
            .map(Self)
    }
}

fn is_complete(folder: &Path) -> bool {
    NEEDED.iter().all(|program| folder.join(program).is_file())
}

fn newest_first() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for (parent, prefix, below) in PLACES {
        let Ok(entries) = std::fs::read_dir(parent) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if let Some(version) = name
                .to_str()
                .and_then(|name| name.strip_prefix(prefix))
                .map(version)
            {
                found.push((version, entry.path().join(below)));
            }
        }
    }
    found.sort_by(|(left, _), (right, _)| right.cmp(left));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// `"9.6"` is 9 and 6; what is not a number counts as nothing.
fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_seventeen_is_newer_than_nine_point_six() {
        assert!(version("17") > version("9.6"));
        assert!(version("9.6") > version("9.5"));
    }
}
