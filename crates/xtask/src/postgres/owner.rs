//! As whom the server runs: PostgreSQL refuses to be root.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Whom root hands the server to; the first that exists.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// A user other than root, by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner {
    pub(super) user: u32,
    pub(super) group: u32,
}

impl Owner {
    /// `None` unless we are root: everyone else runs the server as themselves.
    pub(super) fn other_than_root() -> Result<Option<Self>> {
        if !process::is_root()? {
            return Ok(None);
        }
        for name in CANDIDATES {
            if let (Ok(user), Ok(group)) = (process::id(&["-u", name]), process::id(&["-g", name])) {
                return Ok(Some(Self { user, group }));
            }
        }
        bail!(
            "PostgreSQL will not run as root, and none of the users {CANDIDATES:?} exists: create one of them"
        )
    }

    /// Makes the command run as this user, in no other group.
    pub(super) fn take_over(self, command: &mut Command) {
        command.uid(self.user).gid(self.group);
    }
}
