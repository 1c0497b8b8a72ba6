//! Where the workspace is, and which files belong to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;

/// The workspace's root folder.
pub(crate) fn root() -> &'static Path {
    // This crate stands two folders below the root.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Where cargo puts what it builds.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let mut metadata = process::cargo();
    metadata.args(["metadata", "--no-deps", "--format-version=1"]);
    let metadata: Value = serde_json::from_str(&process::output(&mut metadata)?)?;
    let target = metadata["target_directory"].as_str();
    Ok(PathBuf::from(
        target.context("cargo metadata names no target folder")?,
    ))
}

/// A text file of the workspace.
pub(crate) struct TextFile {
    /// Relative to the root, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl TextFile {
    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    /// Lock files are written by tools, and name registries by necessity.
    pub(crate) fn is_lock(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "lock")
            || name == "package-lock.json"
    }

    /// The lines with their numbers, counted from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }
}

/// Every text file that git tracks, or would track: a new file is checked before it is added.
pub(crate) fn text_files() -> Result<Vec<TextFile>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root());
    let listed =
        process::output(&mut git).context("listing the workspace's files takes git, and a checkout")?;
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        files.extend(read(path)?);
    }
    Ok(files)
}

/// `None` for what is not text, or is deleted but still tracked.
fn read(path: &str) -> Result<Option<TextFile>> {
    let absolute: PathBuf = root().join(path);
    if !absolute.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(&absolute).with_context(|| format!("reading {path}"))?;
    Ok(String::from_utf8(bytes).ok().map(|text| TextFile {
        path: path.to_owned(),
        text,
    }))
}
