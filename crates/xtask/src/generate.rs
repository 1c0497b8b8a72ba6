//! `cargo xtask generate`: the documents that a program writes, committed beside the code they describe.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::{process, workspace};

/// A file, relative to the root; the program that prints what belongs in it, relative to where cargo puts programs
/// (`ipt`, `examples/state_diagrams`); and its arguments.
type Document = (&'static str, &'static str, &'static [&'static str]);

/// Every generated document. A program prints the same text each time: sorted, and without anything of the day.
const DOCUMENTS: &[Document] = &[
    ("docs/openapi.json", "ipt", &["openapi"]),
    ("docs/errors.md", "ipt", &["errors"]),
    ("docs/settings.md", "ipt", &["settings"]),
    ("docs/state-diagrams.md", "examples/state_diagrams", &[]),
];

pub(crate) fn run(check: bool) -> Result<ExitCode> {
    if check { check_all() } else { write_all() }.map(|()| ExitCode::SUCCESS)
}

/// Fails if a committed document differs from what its program says today.
pub(crate) fn check_all() -> Result<()> {
    let mut stale = Vec::new();
    for (file, wanted) in print_all()? {
        let path = workspace::root().join(file);
        let committed = if path.exists() {
            read(&path)?
        } else {
            String::new()
        };
        if let Some(difference) = first_difference(&committed, &wanted) {
            eprintln!("{file} is out of date: {difference}");
            stale.push(file);
        }
    }
    if !stale.is_empty() {
        bail!(
            "out of date: {}. Run `cargo xtask generate`, look at the difference with `git diff -- {}`, and commit it",
            stale.join(", "),
            stale.join(" ")
        );
    }
    eprintln!("{} generated documents are up to date", DOCUMENTS.len());
    Ok(())
}

fn write_all() -> Result<()> {
    for (file, text) in print_all()? {
        let path = workspace::root().join(file);
        if path.exists() && read(&path)? == text {
            eprintln!("{file}: unchanged");
            continue;
        }
        std::fs::write(&path, text).with_context(|| format!("writing {file}"))?;
        eprintln!("{file}: written");
    }
    Ok(())
}

/// Every document's file, and what belongs in it.
fn print_all() -> Result<Vec<(&'static str, String)>> {
    if DOCUMENTS.is_empty() {
        return Ok(Vec::new());
    }
    let programs = build_programs()?;
    let mut texts = Vec::new();
    for (file, program, arguments) in DOCUMENTS {
        let mut command = Command::new(programs.join(format!("{program}{EXE_SUFFIX}")));
        command.args(*arguments).current_dir(workspace::root());
        process::announce(&command);
        let text = process::output(&mut command)?;
        texts.push((*file, format!("{}\n", text.trim_end())));
    }
    Ok(texts)
}

/// Builds them, and says where they are. Naming the examples makes cargo choose the features of the dependencies as it
/// does for the tests, so that these two share one build.
fn build_programs() -> Result<PathBuf> {
    let mut build = process::cargo();
    build.args(["build", "--workspace", "--all-features", "--bins", "--examples"]);
    process::run(&mut build)?;
    Ok(workspace::target_folder()?.join("debug"))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// Says where two texts part, or `None` if they are the same.
fn first_difference(committed: &str, wanted: &str) -> Option<String> {
    if committed == wanted {
        return None;
    }
    let (mut left, mut right) = (committed.lines(), wanted.lines());
    for number in 1.. {
        match (left.next(), right.next()) {
            (Some(left), Some(right)) if left == right => {}
            (None, None) => break,
            (left, right) => {
                let show = |line: Option<&str>| {
                    line.map_or_else(|| "the end".to_owned(), |line| format!("`{line}`"))
                };
                return Some(format!(
                    "line {number} is {}, and should be {}",
                    show(left),
                    show(right)
                ));
            }
        }
    }
    Some("the line endings differ".to_owned())
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn equal_texts_do_not_differ() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    }

    #[test]
    fn the_first_line_that_parts_is_shown_with_its_number() {
        assert_eq!(
            first_difference("a\nb\nc\n", "a\nx\nc\n").as_deref(),
            Some("line 2 is `b`, and should be `x`")
        );
    }

    #[test]
    fn a_document_that_stops_short_is_out_of_date() {
        assert_eq!(
            first_difference("a\n", "a\nb\n").as_deref(),
            Some("line 2 is the end, and should be `b`")
        );
    }

    #[test]
    fn other_line_endings_are_a_difference() {
        assert_eq!(
            first_difference("a\r\n", "a\n").as_deref(),
            Some("the line endings differ")
        );
    }
}
