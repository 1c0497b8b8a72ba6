//! `cargo xtask fuzz`: made-up requests for every operation of the API, on both databases.
//!
//! schemathesis makes them up from the description that the server itself gives, and judges the answers by it. It is a
//! program in Python, installed in the versions of `fuzz/requirements.txt` into a folder below `target`; `fuzz/run.py`
//! starts a server with data, and `fuzz/schemathesis.toml` says what must hold.

use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::postgres::{Cluster, Durability};
use crate::{debian, process, workspace};

const HOW_TO_GET_IT: &str = "python3 with its module venv is needed, 3.11 or later. Install it:
    Debian, Ubuntu   sudo apt-get install python3-venv
    Fedora, RHEL     sudo dnf install python3
    Alpine           apk add python3
    macOS            brew install python3";

/// What stands before the line when nothing could be asked.
const NOT_RUN: &str = "NOT RUN: no request was made up, and nothing is known about the answers";

pub(crate) fn run(if_available: bool, arguments: &[OsString]) -> Result<ExitCode> {
    let python = match python() {
        Ok(python) => python,
        // What is missing is not the change's fault; a test that fails is.
        Err(error) if if_available => {
            eprintln!("\n{NOT_RUN}.\n{error:#}\n");
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => return Err(error),
    };
    let ipt = build()?;
    let mut cluster = Cluster::start(Durability::Throwaway)?;
    let folder = workspace::target_folder()?.join("fuzz");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    let embedded = format!("sqlite://{}", folder.join("sqlite/ipt.db").display());
    let server = cluster.address().url();
    let mut passed = true;
    for (name, database) in [("sqlite", embedded), ("postgres", server)] {
        eprintln!("\n== {name}");
        let mut run = Command::new(&python);
        run.arg(here().join("run.py")).arg("--ipt").arg(&ipt);
        run.arg("--database")
            .arg(database)
            .arg("--folder")
            .arg(folder.join(name));
        run.arg("--").args(arguments);
        process::announce(&run);
        passed &= cluster.run(&mut run)?.success();
    }
    if !passed {
        bail!("see above; the servers' logs are in {}", folder.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn build() -> Result<PathBuf> {
    let mut build = process::cargo();
    // Naming everything makes cargo choose the features as it does for the tests, so that these share one build.
    build.args(["build", "--workspace", "--all-features", "--bins", "--examples"]);
    process::run(&mut build)?;
    Ok(workspace::target_folder()?
        .join("debug")
        .join(format!("ipt{EXE_SUFFIX}")))
}

/// The Python that has schemathesis, installed when it has not been, or in other versions.
fn python() -> Result<PathBuf> {
    let wanted = here().join("requirements.txt");
    let folder = workspace::target_folder()?.join("tools").join("schemathesis");
    let (python, installed) = (folder.join("bin").join("python"), folder.join("requirements.txt"));
    let text = std::fs::read(&wanted).context("reading the versions of schemathesis")?;
    if python.exists() && std::fs::read(&installed).is_ok_and(|found| found == text) {
        return Ok(python);
    }
    eprintln!("installing schemathesis into target/tools: once");
    // Debian has the part of venv that matters here in a package of its own.
    if process::output(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_err() {
        debian::install("python3 with venv", &["python3", "python3-venv"], HOW_TO_GET_IT)
            .context(HOW_TO_GET_IT)?;
    }
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    process::run(&mut venv)?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ]);
    pip.arg(&wanted);
    process::run(&mut pip).context("the packages could not be installed; is their registry reached?")?;
    std::fs::write(&installed, text).context("noting the versions")?;
    Ok(python)
}
