//! Redis, whose program the tests of shared rate limits start themselves.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{debian, process};

const HOW_TO_GET_IT: &str = "redis-server was not found in PATH. Install it:
    Debian, Ubuntu   sudo apt-get install redis-server
    Fedora, RHEL     sudo dnf install redis
    Alpine           apk add redis
    macOS            brew install redis";

/// Makes sure that the program is there: root on Debian installs it.
pub(crate) fn find_or_install() -> Result<()> {
    if process::output(Command::new("redis-server").arg("--version")).is_ok() {
        return Ok(());
    }
    debian::install("Redis", &["redis-server"], HOW_TO_GET_IT).context(HOW_TO_GET_IT)
}
