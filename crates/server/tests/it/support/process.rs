//! The program as a process of its own.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

use super::PASSWORD;

/// The program in a folder of its own, with nothing of this environment but what it needs.
pub(crate) fn ipt(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ipt"));
    command
        .env_clear()
        .current_dir(folder)
        .env("IPT_SERVER__LISTEN", "127.0.0.1:0");
    command
}

/// What a command prints, and how it ends.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    ipt(folder).args(arguments).output().unwrap()
}

/// What a program printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Makes the administrator of an institution, and the institution.
pub(crate) fn create_admin(folder: &Path, email: &str) -> Output {
    create_admin_by(ipt(folder), email)
}

/// The same by a command that was given settings.
pub(crate) fn create_admin_by(mut command: Command, email: &str) -> Output {
    let mut child = command
        .args([
            "admin",
            "create",
            "--email",
            email,
            "--full-name",
            "Ada Admin",
            "--role",
            "tenant_admin",
        ])
        .args([
            "--tenant",
            "dit",
            "--tenant-name",
            "Dar Institute",
            "--timezone",
            "Africa/Dar_es_Salaam",
        ])
        .arg("--password-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(format!("{PASSWORD}\n").as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

/// A server that runs until it is dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) base: String,
}

impl Running {
    /// Starts the server and waits until it tells its address.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_by(ipt(folder), &[])
    }

    /// The same by a command that was given settings, with further arguments.
    pub(crate) fn start_by(mut command: Command, arguments: &[&str]) -> Self {
        let mut child = command
            .arg("serve")
            .args(arguments)
            .env("IPT_LOG__FORMAT", "json")
            .env("IPT_RATE_LIMIT__REQUESTS_PER_MINUTE", "1000000")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map(|line| line.unwrap())
            .find_map(|line| {
                let told: Value = serde_json::from_str(&line).ok()?;
                (told["message"] == "listening").then(|| told["address"].as_str().unwrap().to_owned())
            })
            .unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            base: format!("http://{address}"),
        }
    }

    pub(crate) fn signal(&self, signal: &str) {
        let done = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(done.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
