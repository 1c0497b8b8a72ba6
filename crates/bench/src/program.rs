//! The server's process.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{
    client::{Client, Job},
    world::PASSWORD,
};

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The server with its settings, running or not.
pub(crate) struct Program {
    ipt: PathBuf,
    folder: TempDir,
    database: String,
    host: String,
    running: Option<Child>,
}

impl Program {
    /// Prepares the database and the first administrator.
    ///
    /// # Errors
    /// When the program refuses.
    pub(crate) fn prepare(ipt: &Path, database: &str) -> Result<Self> {
        let host = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let program = Self {
            ipt: ipt.to_owned(),
            folder: tempfile::tempdir()?,
            database: database.to_owned(),
            host,
            running: None,
        };
        program.once(&["migrate", "up"], "")?;
        let admin = [
            "admin",
            "create",
            "--email=admin@bench.example",
            "--full-name=Ada Admin",
            "--role=tenant_admin",
            "--tenant=bench",
            "--tenant-name=Bench",
            "--timezone=UTC",
            "--password-stdin",
        ];
        program.once(&admin, PASSWORD)?;
        Ok(program)
    }

    /// Where it listens.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Starts it; how long it took until it was ready.
    ///
    /// # Errors
    /// When it is not ready in half a minute.
    pub(crate) async fn start(&mut self, worker: bool) -> Result<Duration> {
        let began = Instant::now();
        let mut command = Command::from(self.command(&["serve"]));
        if !worker {
            command.arg("--no-worker");
        }
        let log = fs::File::create(self.folder.path().join("server.log"))?;
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true);
        self.running = Some(command.spawn().context("starting the server")?);
        while began.elapsed() < PATIENCE {
            if let Ok(mut client) = Client::connect(&self.host).await
                && let Ok((200, _)) = client.ask(Job::get("/health/ready", "")).await
            {
                return Ok(began.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        bail!("the server is not ready after {PATIENCE:?}")
    }

    /// Stops it, letting it drain.
    ///
    /// # Errors
    /// When it ends with a failure.
    pub(crate) async fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.running.take() else {
            return Ok(());
        };
        let id = child.id().context("the server is gone")?;
        let status = Command::new("kill").arg(id.to_string()).status().await?;
        ensure!(status.success(), "the server could not be told to stop");
        let status = child.wait().await?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    /// Resident memory in MiB: now, and the most so far.
    ///
    /// # Errors
    /// Where there is no `/proc`.
    pub(crate) fn memory(&self) -> Result<(u64, u64)> {
        let id = self.running.as_ref().and_then(Child::id);
        let id = id.context("the server does not run")?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let field = |name: &str| -> Result<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line
                .and_then(|line| line.split_whitespace().next())
                .with_context(|| format!("no {name}"))?;
            Ok(kib.parse::<u64>()? / 1024)
        };
        Ok((field("VmRSS:")?, field("VmHWM:")?))
    }

    /// Runs a command to its end.
    fn once(&self, arguments: &[&str], input: &str) -> Result<()> {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(input.as_bytes())?;
        }
        let status = child.wait()?;
        ensure!(status.success(), "ipt {} failed ({status})", arguments.join(" "));
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let folder = self.folder.path();
        let lavish = "100000000";
        let mut command = std::process::Command::new(&self.ipt);
        command
            .args(arguments)
            .current_dir(folder)
            .env("IPT_SERVER__LISTEN", &self.host)
            .env("IPT_DATABASE__URL", &self.database)
            .env("IPT_RATE_LIMIT__REQUESTS_PER_MINUTE", lavish)
            .env("IPT_RATE_LIMIT__SIGN_IN_PER_MINUTE", lavish)
            .env("IPT_LOG__FORMAT", "json")
            .env("IPT_LOG__FILTER", "warn");
        command
    }
}
