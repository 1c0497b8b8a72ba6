//! The invariants of the architecture, as tables: each row says what must hold, and what to do if it does not.

mod domain;
mod drivers;
mod layers;
mod sources;
mod tree;

use anyhow::Result;

use super::verdict;
use crate::workspace;

pub(super) fn check() -> Result<()> {
    let packages = layers::packages()?;
    let files = workspace::text_files()?;
    let mut found = layers::violations(&packages);
    found.extend(domain::violations(&packages)?);
    found.extend(drivers::violations()?);
    found.extend(sources::violations(&files));
    verdict(&found, "the architecture")?;
    eprintln!("every invariant of the architecture holds");
    Ok(())
}

/// What is said of a violation: the invariant that broke, how, and what to do about it.
fn report(invariant: &str, evidence: &str, remedy: &str) -> String {
    format!(
        "invariant: {invariant}\n   broken: {}\n   remedy: {remedy}",
        evidence.replace('\n', "\n           ")
    )
}
