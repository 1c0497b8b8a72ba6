//! Clearing up after the server, whatever becomes of this program.
//!
//! A `Drop` alone runs neither on Ctrl-C nor on `kill`. So a small shell waits at the other end of a pipe: when the
//! pipe closes, because this program is done or because it is gone, the shell stops the command under way, stops the
//! server and removes its folder. It has its own process group, which Ctrl-C does not reach.

use std::io::{IsTerminal as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result};

/// `$1` is the folder. Each line read is the command under way: a process, a process group (negative), or nothing.
/// SIGQUIT is PostgreSQL's immediate shutdown; the server removes its pid file last.
const SCRIPT: &str = r#"
trap '' HUP INT QUIT TERM
command=
while read -r line; do command=$line; done

if [ -n "$command" ]; then kill -s TERM -- "$command" 2>/dev/null; fi

if [ -f "$1/data/postmaster.pid" ]; then
    read -r server <"$1/data/postmaster.pid" && kill -s QUIT "$server" 2>/dev/null
fi
tries=0
while [ -e "$1/data/postmaster.pid" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
tries=0
until rm -rf -- "$1" || [ $tries -ge 20 ]; do sleep 0.1; tries=$((tries + 1)); done

if [ -n "$command" ]; then
    tries=0
    while kill -s 0 -- "$command" 2>/dev/null && [ $tries -lt 20 ]; do sleep 0.1; tries=$((tries + 1)); done
    kill -s KILL -- "$command" 2>/dev/null
fi
exit 0
"#;

/// Holds the pipe's end. Dropping it waits until all is cleared up.
pub(super) struct Guardian {
    shell: Child,
}

impl Guardian {
    /// Starts the guardian of a server's folder, which need not hold a server yet.
    pub(super) fn over(folder: &Path) -> Result<Self> {
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).arg("postgres-guardian").arg(folder);
        shell
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0);
        let shell = shell.spawn().context("starting a shell to clear up afterwards")?;
        Ok(Self { shell })
    }

    /// Runs a command to its end; the guardian stops it if this program does not live so long.
    pub(super) fn run(&mut self, command: &mut Command) -> Result<ExitStatus> {
        // On a terminal Ctrl-C reaches the command by itself, and it may want to read: it stays in our group. Otherwise
        // it has a group of its own, so that what it started in its turn can be stopped with it.
        let own_group = !std::io::stdin().is_terminal();
        if own_group {
            command.process_group(0);
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = command.spawn().with_context(|| format!("starting {program}"))?;
        self.tell(&format!("{}{}", if own_group { "-" } else { "" }, child.id()))?;
        let status = child.wait().with_context(|| format!("waiting for {program}"))?;
        self.tell("")?;
        Ok(status)
    }

    fn tell(&mut self, line: &str) -> Result<()> {
        let pipe = self
            .shell
            .stdin
            .as_mut()
            .context("the guardian's pipe is closed")?;
        writeln!(pipe, "{line}").context("the shell that is to clear up afterwards is gone")
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Nothing is left to do about a failure here: the shell has said on the terminal what it could not remove.
        let _ = self.shell.wait();
    }
}
