//! A key's file: whether its owner alone can read it, and made whole or not at all.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::PathBuf,
};

use super::{ExposeSecret, Path, SecretString, SigningKeyError, fs, io, random};

/// A key takes some 120 bytes; more than this is something else.
const LARGEST: u64 = 16 * 1024;

/// What a file holds.
pub(crate) struct Found {
    pub(crate) text: SecretString,
    mode: u32,
}

impl Found {
    /// Refuses a file that others than its owner can get at.
    pub(crate) fn must_be_closed(&self, path: &Path) -> Result<(), SigningKeyError> {
        if self.mode & 0o077 != 0 {
            return Err(SigningKeyError::Open {
                path: path.display().to_string(),
                mode: self.mode,
            });
        }
        Ok(())
    }
}

/// What the file holds; none when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Found>, SigningKeyError> {
    let failed = |source| SigningKeyError::File {
        path: path.display().to_string(),
        source,
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    // Of the file that is open, not of whatever lies under the name by now.
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o7777;
    let mut text = String::new();
    match file.take(LARGEST).read_to_string(&mut text) {
        Ok(_) => Ok(Some(Found {
            text: SecretString::from(text),
            mode,
        })),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(SigningKeyError::Content {
            path: path.display().to_string(),
        }),
        Err(error) => Err(failed(error)),
    }
}

/// Puts `content` under `path`, unless another process was faster: then that one's stays.
pub(crate) fn create(path: &Path, content: &SecretString) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let unfinished = folder.join(format!(".new-key-{:032x}", u128::from_ne_bytes(random())));
    let done = write(&unfinished, content).and_then(|()| publish(&unfinished, path));
    let removed = fs::remove_file(&unfinished);
    done?;
    removed?;
    File::open(&folder)?.sync_all()
}

fn write(path: &Path, content: &SecretString) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(content.expose_secret().as_bytes())?;
    file.sync_all()
}

/// Gives the file its name. A link, for a rename would silently replace the key that another process has just made and
/// begun to sign with.
fn publish(unfinished: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(unfinished, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}
