//! What a crate brings along, by `cargo tree`: with its default features, outside tests, without the macros that run
//! in the compiler only.

use std::process::Command;

use anyhow::Result;

use crate::process;

/// A crate somewhere below another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) features: Vec<String>,
}

/// Everything that the crate depends on, at any depth, itself included.
pub(super) fn of(package: &str) -> Result<Vec<Node>> {
    let mut cargo = tree(package);
    cargo.args(["--prefix", "none", "--format", "{p}|{f}"]);
    Ok(process::output(&mut cargo)?.lines().filter_map(node).collect())
}

/// The way by which a crate comes in, as lines for a person.
pub(super) fn way_to(package: &str, node: &Node) -> String {
    let mut cargo = tree(package);
    cargo
        .arg("--invert")
        .arg(format!("{}@{}", node.name, node.version));
    process::output(&mut cargo)
        .unwrap_or_else(|error| format!("{error:#}"))
        .trim_end()
        .to_owned()
}

fn tree(package: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args([
        "tree",
        "--package",
        package,
        "--edges",
        "normal,no-proc-macro",
        "--target",
        "all",
    ]);
    cargo
}

/// `chrono v0.4.45 (*)|alloc,std`: the mark says that its own dependencies stood there before.
fn node(line: &str) -> Option<Node> {
    let (package, features) = line.split_once('|')?;
    let mut words = package.split_whitespace();
    let name = words.next()?.to_owned();
    let version = words.next()?.trim_start_matches('v').to_owned();
    let features = features.trim_end_matches("(*)").trim().split(',');
    let features = features
        .filter(|feature| !feature.is_empty())
        .map(str::to_owned)
        .collect();
    Some(Node {
        name,
        version,
        features,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_with_and_without_features() {
        let chrono = node("chrono v0.4.45|alloc,std").unwrap();
        assert_eq!(
            (chrono.name.as_str(), chrono.version.as_str()),
            ("chrono", "0.4.45")
        );
        assert_eq!(chrono.features, ["alloc", "std"]);
        let repeated = node("libm v0.2.16| (*)").unwrap();
        assert_eq!(repeated.features, [""; 0]);
    }
}
