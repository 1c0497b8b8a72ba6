//! Programs that a task needs: root on Debian installs what is missing.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Installs packages; an error, with how to get them, for anyone but root on Debian.
pub(crate) fn install(what: &str, packages: &[&str], how_to_get_it: &'static str) -> Result<()> {
    if !(process::is_root()? && Path::new("/etc/debian_version").exists()) {
        bail!(how_to_get_it);
    }
    eprintln!("{what} is missing: installing it");
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends"]] {
        let mut apt_get = Command::new("apt-get");
        apt_get.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        if arguments[0] == "install" {
            apt_get.args(packages);
        }
        process::run(&mut apt_get)?;
    }
    Ok(())
}
