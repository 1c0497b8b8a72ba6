//! The steps that cargo's own commands do.

use anyhow::Result;

use crate::process;

pub(super) fn fmt() -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["fmt", "--all", "--check"]);
    process::run(&mut cargo)
}

/// What is linted: everything with every feature, and the domain once more as other services link it, bare.
const LINTED: &[&[&str]] = &[
    &["--workspace", "--all-targets", "--all-features"],
    &["--package", "ipt-domain"],
];

pub(super) fn clippy() -> Result<()> {
    for selection in LINTED {
        let mut cargo = process::cargo();
        cargo
            .arg("clippy")
            .args(*selection)
            .args(["--", "-D", "warnings"]);
        process::run(&mut cargo)?;
    }
    Ok(())
}

/// Without the dependencies: theirs is long, and not ours to mend. Naming the examples makes cargo choose the features of
/// the dependencies as clippy does for the tests, so that what clippy has checked is not checked again.
pub(super) fn docs() -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args([
        "doc",
        "--workspace",
        "--no-deps",
        "--all-features",
        "--lib",
        "--bins",
        "--examples",
    ]);
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    process::run(&mut cargo)
}
