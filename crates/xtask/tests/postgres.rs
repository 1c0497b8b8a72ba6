//! The throw-away PostgreSQL server, started for real.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// `cargo xtask pg` with a shell command, its output captured.
fn beside_a_server(script: &str) -> Command {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_ipt-xtask"));
    xtask.args(["pg", "--", "sh", "-c", script]);
    xtask
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    xtask
}

#[test]
fn a_command_reaches_the_server_as_superuser_and_nothing_is_left_over() {
    let script = "psql --no-psqlrc --tuples-only --no-align \
                  --command \"select rolsuper from pg_roles where rolname = current_user\" \
                  --command 'show data_directory' \"$IPT_TEST_POSTGRES_URL\"";
    let output = beside_a_server(script).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let mut lines = said.lines();
    assert_eq!(
        lines.next(),
        Some("t"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let folder = Path::new(lines.next().unwrap());
    assert!(
        folder.ends_with("data") && !folder.exists(),
        "{} is still there",
        folder.display()
    );
}

#[test]
fn the_exit_code_of_the_command_is_passed_on() {
    let output = beside_a_server("exit 7").output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(7),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_terminated_run_leaves_neither_command_nor_server_nor_folder() {
    // The shell prints where the server's data is and its own process, and then waits for what never comes.
    let script = "psql --no-psqlrc --tuples-only --no-align --command 'show data_directory'; echo $$; tail -f /dev/null";
    let mut run = beside_a_server(script).spawn().unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines();
    let data = lines.next().expect("the data folder").unwrap();
    let server = std::fs::read_to_string(Path::new(&data).join("postmaster.pid")).unwrap();
    let server = server.lines().next().unwrap();
    let shell = lines.next().expect("the shell's process").unwrap();

    let stopped = Command::new("kill")
        .args(["-s", "TERM", &run.id().to_string()])
        .status()
        .unwrap();
    assert!(stopped.success());
    // Its output ends when the last process that could write to it is gone: the one that clears up.
    let output = run.wait_with_output().unwrap();

    assert_eq!(output.status.signal(), Some(15));
    assert!(!Path::new(&data).exists(), "{data} is still there");
    for process in [server, &shell] {
        assert!(!is_running(process), "process {process} is still there");
    }
}

/// A process that has ended counts as gone, also while nobody has asked how it ended.
fn is_running(process: &str) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", process]).output();
    output.is_ok_and(|output| matches!(output.stdout.trim_ascii().first(), Some(state) if *state != b'Z'))
}
