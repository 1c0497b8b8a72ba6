//! Mails as files, for a deployment without a mail server and for trying things out.

use std::{io, path::PathBuf};

use ipt_ports::mailer::MailError;
use tokio::{
    fs::{self, DirBuilder, OpenOptions},
    io::AsyncWriteExt,
};

/// A folder of `.eml` files. They hold codes and links, so that only the owner can read them.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Writes the mail as `NAME.eml`, all of it or nothing; the same name again replaces it.
    pub(crate) async fn write(&self, name: &str, message: &[u8]) -> Result<(), MailError> {
        let unfinished = self.0.join(format!(".{name}.tmp"));
        let done = async {
            self.make().await?;
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&unfinished)
                .await?;
            file.write_all(message).await?;
            file.sync_all().await?;
            fs::rename(&unfinished, self.0.join(format!("{name}.eml"))).await
        };
        let done: io::Result<()> = done.await;
        if done.is_err() {
            // Perhaps it was not even begun.
            let _ = fs::remove_file(&unfinished).await;
        }
        done.map_err(unavailable)
    }

    /// Whether a mail could be written.
    pub(crate) async fn check(&self) -> Result<(), MailError> {
        let probe = self.0.join(".probe.tmp");
        let done = async {
            self.make().await?;
            fs::write(&probe, "ready").await?;
            match fs::remove_file(&probe).await {
                // Another check was faster to take it away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                other => other,
            }
        };
        done.await.map_err(unavailable)
    }

    /// Makes the folder when it is missing.
    pub(crate) async fn make(&self) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.0)
            .await
    }
}

fn unavailable(error: io::Error) -> MailError {
    MailError::Unavailable(Box::new(error))
}
