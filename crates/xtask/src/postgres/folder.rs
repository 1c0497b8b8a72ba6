//! The server's folder.

use std::fs::DirBuilder;
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, chown};
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::owner::Owner;

/// Creates an empty folder that only its owner can enter.
pub(super) fn create(owner: Option<&Owner>) -> Result<PathBuf> {
    // Root's own temporary folder may be closed to other users, so for those it is the common one.
    let parent = if owner.is_some() {
        PathBuf::from("/tmp")
    } else {
        std::env::temp_dir()
    };
    let mut number = 0_u32;
    loop {
        let folder = parent.join(format!("ipt-postgres-{}-{number}", std::process::id()));
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => {
                if let Some(owner) = owner {
                    chown(&folder, Some(owner.user), Some(owner.group))
                        .with_context(|| format!("giving {} to another user", folder.display()))?;
                }
                return Ok(folder);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error).with_context(|| format!("creating {}", folder.display())),
        }
    }
}
