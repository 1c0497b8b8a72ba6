//! What a failed upload can leave on disk.

use std::path::{Path, PathBuf};

/// The folder of a store on disk; none in a bucket, which has no such rest.
#[derive(Clone, Debug, Default)]
pub(crate) struct LocalRest(Option<PathBuf>);

impl LocalRest {
    pub(crate) const fn of(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// Removes the unfinished file of `key`. The library writes beside the key, as `KEY#1`, and forgets that file when
    /// giving it its name fails at the very end, as when a full disk shows only then. Keys are used once, so that the
    /// number is always 1.
    pub(crate) async fn remove(&self, key: &str) {
        let Some(folder) = &self.0 else { return };
        let rest: PathBuf = folder.join(Path::new(&format!("{key}#1")));
        // Almost always there is none.
        let _ = tokio::fs::remove_file(rest).await;
    }
}
