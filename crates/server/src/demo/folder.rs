//! The folder of a demonstration, and how far it has come.
//!
//! Two files tell: the marker, made first, says that the folder is a demonstration's, so that nothing else is ever thrown
//! away; the seal, made last, says that the filling came to its end. Without the seal whatever lies there is half a term,
//! and is thrown away.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use ipt_domain::Instant;

use crate::wiring;

/// Says that the folder is a demonstration's.
const MARKER: &str = ".ipt-demo";

/// Says that the filling came to its end, and when.
const SEAL: &str = "filled";

/// The database.
const DATABASE: &str = "ipt.db";

/// What it has not taken in yet; a database that was closed has none.
const WRITE_AHEAD_LOG: &str = "ipt.db-wal";

/// The folder of the attachments.
const FILES: &str = "files";

/// The folder of the mails.
pub(crate) const MAIL: &str = "mail";

/// The key that signs access tokens.
const KEY: &str = "signing-key.pem";
/// The key that seals sensitive columns.
const ENCRYPTION_KEY: &str = "encryption-key";

/// The files of a demonstration, besides the marker.
const MADE: &[&str] = &[
    SEAL,
    DATABASE,
    WRITE_AHEAD_LOG,
    "ipt.db-shm",
    "ipt.db-journal",
    KEY,
    ENCRYPTION_KEY,
];

/// How copies of the database before an upgrade begin.
const COPIES: &str = "ipt.before-upgrade";

/// What the marker tells whoever finds it.
const MARKER_TEXT: &str = "This folder was made by `ipt demo`. With this file in it, `ipt demo --reset` throws the \
demonstration's files away.\n";

/// The folder of a demonstration.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`; nothing is looked at yet.
    pub(crate) fn at(path: &Path) -> anyhow::Result<Self> {
        ensure!(
            path.to_str().is_some(),
            "--folder: {} is not written in UTF-8",
            path.display()
        );
        Ok(Self(std::path::absolute(path).context("--folder")?))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The settings by which everything lies in the folder. They stand above all others: a demonstration never touches
    /// the database, the files or the mail server that an operator has set.
    pub(crate) fn settings(&self) -> anyhow::Result<Vec<(&'static str, String)>> {
        let database = format!("sqlite://{}", encoded(&self.0.join(DATABASE)));
        let folder = |name: &str| wiring::folder_url(Path::new(&encoded(&self.0.join(name))));
        Ok(vec![
            ("database.migration_url", database.clone()),
            ("database.url", database),
            ("storage.url", folder(FILES)?),
            ("mail.url", folder(MAIL)?),
            (
                "auth.signing_key_file",
                self.0.join(KEY).to_string_lossy().into_owned(),
            ),
            (
                "encryption.key_file",
                self.0.join(ENCRYPTION_KEY).to_string_lossy().into_owned(),
            ),
        ])
    }

    /// Makes the folder where it is missing, and keeps every other demonstration out of it.
    ///
    /// # Errors
    /// When there is something in it that no demonstration made, or another one is at work there.
    pub(crate) fn take(self) -> anyhow::Result<Held> {
        let shown = self.0.display();
        fs::create_dir_all(&self.0).with_context(|| format!("{shown} cannot be made"))?;
        let marker = self.0.join(MARKER);
        if !marker.try_exists()? {
            let empty = fs::read_dir(&self.0)
                .with_context(|| format!("{shown} cannot be read"))?
                .next()
                .is_none();
            ensure!(
                empty,
                "{shown} is not empty, and no demonstration made it: there is no {MARKER} in it. Nothing was touched; \
                 name another folder with --folder"
            );
            fs::write(&marker, MARKER_TEXT).with_context(|| format!("{shown} cannot be written to"))?;
        }
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&marker)
            .with_context(|| format!("{shown}"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                anyhow::bail!("another `ipt demo` is using {shown}; stop it first")
            }
            // A file system without locks: one does without.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("{shown} cannot be locked"));
            }
        }
        Ok(Held {
            folder: self,
            _lock: lock,
        })
    }
}

/// The folder of a demonstration, kept from every other one until it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    folder: Folder,
    _lock: File,
}

impl Held {
    /// When the filling came to its end; none when it never did.
    pub(crate) fn filled_at(&self) -> Option<Instant> {
        let path = self.folder.path();
        let told = fs::read_to_string(path.join(SEAL))
            .ok()
            .filter(|_| path.join(DATABASE).is_file())?;
        told.trim().parse().ok()
    }

    /// Throws away what a demonstration made; anything else stays. The seal goes first, so that what is left after a
    /// failure is not taken for whole.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        let folder = self.folder.path();
        for name in MADE {
            remove(&folder.join(name), |path| fs::remove_file(path))?;
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(COPIES) {
                remove(&entry.path(), |path| fs::remove_file(path))?;
            }
        }
        for name in [FILES, MAIL] {
            remove(&folder.join(name), |path| fs::remove_dir_all(path))?;
        }
        Ok(())
    }

    /// Notes that the filling came to its end, once the database, which is closed, is on the disk.
    pub(crate) fn seal(&self, at: Instant) -> anyhow::Result<()> {
        let folder = self.folder.path();
        for name in [DATABASE, WRITE_AHEAD_LOG] {
            match File::open(folder.join(name)) {
                Ok(file) => file.sync_all()?,
                Err(error) if name == WRITE_AHEAD_LOG && error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        let unfinished = folder.join(".filled.tmp");
        let mut file = File::create(&unfinished)?;
        writeln!(file, "{}", at.to_rfc3339())?;
        file.sync_all()?;
        fs::rename(&unfinished, folder.join(SEAL))?;
        Ok(File::open(folder)?.sync_all()?)
    }
}

/// Removes what may be gone already.
fn remove(path: &Path, how: impl FnOnce(&Path) -> io::Result<()>) -> anyhow::Result<()> {
    match how(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

/// A path as it stands in a URL.
fn encoded(path: &Path) -> String {
    path.to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23")
        .replace(' ', "%20")
}

#[cfg(test)]
mod tests;
