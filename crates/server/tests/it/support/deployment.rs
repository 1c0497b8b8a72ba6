//! The program with a database and settings of a test's own, as an operator runs it.

use std::{collections::BTreeMap, path::Path, process::Command};

use super::{
    Client, Kind, PASSWORD,
    database::{self, TestDatabase},
    process::{Running, create_admin_by, ipt, text},
};

/// The address of the institution's administrator.
const ADMIN: &str = "admin@dit.example";

impl Running {
    /// Somebody who is not signed in.
    pub(crate) fn nobody(&self) -> Client {
        Client::nobody(&self.base)
    }

    /// The institution's administrator.
    pub(crate) async fn admin(&self) -> Client {
        self.nobody().sign_in(ADMIN, PASSWORD).await
    }
}

/// Where the program is run: its folder, its database, its settings.
pub(crate) struct Deployment {
    pub(crate) folder: tempfile::TempDir,
    database: TestDatabase,
    variables: BTreeMap<&'static str, String>,
}

impl Deployment {
    /// Runs a test in a deployment of its own, with an institution and its administrator.
    pub(crate) fn run<F, T>(kind: Kind, test: F)
    where
        F: FnOnce(Self) -> T,
        T: Future<Output = Self>,
    {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let deployment = Self::make(kind).await;
            let created = create_admin_by(deployment.command(), ADMIN);
            assert!(created.status.success(), "{}", text(&created.stderr));
            let Self { database, .. } = test(deployment).await;
            database.remove().await;
        });
    }

    async fn make(kind: Kind) -> Self {
        let database = database::fresh(kind).await;
        let variables = BTreeMap::from([
            ("IPT_DATABASE__URL", database.url()),
            ("IPT_RATE_LIMIT__SIGN_IN_PER_MINUTE", "1000000".to_owned()),
        ]);
        Self {
            folder: tempfile::tempdir().unwrap(),
            database,
            variables,
        }
    }

    /// The database's address.
    pub(crate) fn database_url(&self) -> String {
        self.database.url()
    }

    /// Sets a setting, by its environment variable.
    #[must_use]
    pub(crate) fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.variables.insert(variable, value.to_owned());
        self
    }

    /// The program, with the deployment's settings.
    pub(crate) fn command(&self) -> Command {
        let mut command = ipt(self.folder.path());
        command.envs(&self.variables);
        command
    }

    /// The files in the store, unfinished ones included.
    pub(crate) fn files(&self) -> Vec<String> {
        fn below(folder: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    below(&path, found);
                } else {
                    found.push(path.display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        below(&self.folder.path().join("data/files"), &mut found);
        found
    }

    /// Starts the server.
    pub(crate) fn start(&self) -> Running {
        Running::start_by(self.command(), &[])
    }

    /// Starts the server where no file may grow beyond so many bytes, and a write beyond that fails as it does on a disk that
    /// is full.
    pub(crate) fn start_with_small_files(&self, bytes: u64) -> Running {
        // In blocks of 512 bytes, as POSIX has it. Ignored, the signal does not end the program.
        let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", bytes / 512);
        let own = self.command();
        let mut command = Command::new("/bin/sh");
        command
            .env_clear()
            .envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .current_dir(self.folder.path())
            .args(["-c", &limit])
            .arg(own.get_program());
        Running::start_by(command, &[])
    }
}
