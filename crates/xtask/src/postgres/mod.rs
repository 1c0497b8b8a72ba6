//! A throw-away PostgreSQL server: its own folder, its own port, gone when its work is done.

mod address;
mod binaries;
mod folder;
mod guardian;
mod owner;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail};

use self::address::Address;
use self::binaries::Binaries;
use self::guardian::Guardian;
use self::owner::Owner;

pub(crate) use self::address::URL_VARIABLE;

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// No: the data is thrown away anyway, and the tests are several times faster.
    Throwaway,
    /// Yes, as in production: for measurements.
    Durable,
}

/// Another program may take the port between our look and the server's start.
const ATTEMPTS: usize = 5;

/// A running server. Dropping it stops the server and removes its folder.
pub(crate) struct Cluster {
    guardian: Guardian,
    binaries: Binaries,
    owner: Option<Owner>,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Creates a database cluster in a new folder and starts its server.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let binaries = Binaries::find_or_install()?;
        let owner = Owner::other_than_root()?;
        let folder = folder::create(owner.as_ref())?;
        // From here on the folder is removed whatever happens, so the guardian comes first.
        let guardian = Guardian::over(&folder)?;
        let mut cluster = Self {
            guardian,
            binaries,
            owner,
            folder,
            port: 0,
        };
        cluster.initialise(durability)?;
        cluster.listen()?;
        Ok(cluster)
    }

    /// Where the server is.
    pub(crate) fn address(&self) -> Address<'_> {
        Address {
            port: self.port,
            programs: self.binaries.folder(),
        }
    }

    /// Runs a command to its end, under the guardian: if this program is killed, the command is stopped too.
    pub(crate) fn run(&mut self, command: &mut Command) -> Result<ExitStatus> {
        self.guardian.run(command)
    }

    fn initialise(&mut self, durability: Durability) -> Result<()> {
        let mut initdb = self.program("initdb");
        initdb.arg("--pgdata").arg(self.data());
        initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]);
        initdb.stdout(Stdio::null());
        let status = self.guardian.run(&mut initdb)?;
        if !status.success() {
            bail!("initdb failed ({status})");
        }
        let configuration = self.data().join("postgresql.conf");
        append(&configuration, &self.settings(durability))
    }

    fn settings(&self, durability: Durability) -> String {
        let socket_folder = self.folder.display().to_string().replace('\'', "''");
        let mut settings = format!(
            "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{socket_folder}'\n\
             max_connections = 600\ntimezone = 'UTC'\nlog_timezone = 'UTC'\n"
        );
        if durability == Durability::Throwaway {
            settings.push_str("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n");
        }
        settings
    }

    fn listen(&mut self) -> Result<()> {
        let log = self.folder.join("server.log");
        for _ in 0..ATTEMPTS {
            self.port = free_port()?;
            // The last setting of a name counts, so a second attempt overrides the first.
            append(
                &self.data().join("postgresql.conf"),
                &format!("port = {}\n", self.port),
            )?;
            let mut pg_ctl = self.program("pg_ctl");
            pg_ctl.args(["start", "--wait", "--timeout=60", "--silent"]);
            pg_ctl.arg("--pgdata").arg(self.data()).arg("--log").arg(&log);
            pg_ctl.stdout(Stdio::null()).stderr(Stdio::null());
            if self.guardian.run(&mut pg_ctl)?.success() {
                return Ok(());
            }
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            if !said.contains("Address already in use") {
                bail!("PostgreSQL did not start; its log says:\n{said}");
            }
        }
        bail!("PostgreSQL found its port taken {ATTEMPTS} times in a row")
    }

    /// One of PostgreSQL's programs, as the user it is to run as, in a folder which that user can enter.
    fn program(&self, name: &str) -> Command {
        let mut program = Command::new(self.binaries.folder().join(name));
        program
            .current_dir(&self.folder)
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        if let Some(owner) = &self.owner {
            owner.take_over(&mut program);
        }
        program
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}

fn append(path: &Path, text: &str) -> Result<()> {
    use std::io::Write as _;
    let file = std::fs::OpenOptions::new().append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("writing {}", path.display()))
}
