//! Starting other programs.

use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::workspace;

/// `cargo`, at the workspace's root, as if started from a shell.
///
/// `cargo run` describes this crate to the program it starts, in variables. A cargo below must not inherit them: a
/// build script that watches one would run again, and half the workspace after it.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root());
    #[expect(
        clippy::disallowed_methods,
        reason = "only the names are read, to keep them from the child"
    )]
    let variables = std::env::vars_os();
    for (name, _) in variables {
        let of_this_crate = name.to_str().is_some_and(|name| {
            [
                "CARGO_PKG_",
                "CARGO_MANIFEST_",
                "CARGO_BIN_",
                "CARGO_CRATE_",
                "CARGO_PRIMARY_",
            ]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        });
        if of_this_crate {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs a command with its output on the terminal; an error if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command
        .status()
        .with_context(|| format!("starting {}", describe(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", describe(command));
    }
    Ok(())
}

/// What a command prints; an error, with what it complained about, if it fails.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("starting {}", describe(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{} failed ({}): {}",
            describe(command),
            output.status,
            complaint.trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} did not print UTF-8", describe(command)))
}

/// Whether this is root.
pub(crate) fn is_root() -> Result<bool> {
    Ok(id(&["-u"])? == 0)
}

/// A number of a user or group.
pub(crate) fn id(arguments: &[&str]) -> Result<u32> {
    Ok(output(Command::new("id").args(arguments))?.trim().parse()?)
}

/// Says what is about to run, so that a reader can run it alone.
pub(crate) fn announce(command: &Command) {
    eprintln!("$ {}", describe(command));
}

/// The command as a shell would take it, near enough for a person.
fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        let plain = !argument.is_empty() && !argument.contains(char::is_whitespace);
        words.push(if plain {
            argument.into_owned()
        } else {
            format!("'{argument}'")
        });
    }
    words.join(" ")
}

/// A child's end as this program's own. A child that a signal ended counts as failed.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(1);
    ExitCode::from(code)
}
