//! Whether the evidence that `docs/security.md` names is there: files and tests, by their paths below `crates`.

use std::path::Path;

use crate::workspace::TextFile;

const TABLE: &str = "docs/security.md";

/// What the table names and nothing is.
pub(super) fn violations(files: &[TextFile]) -> Vec<String> {
    let Some(table) = files.iter().find(|file| file.path == TABLE) else {
        return vec![format!("{TABLE} is missing")];
    };
    let mut found = Vec::new();
    for (number, line) in table.lines() {
        for name in named(line).filter(|name| !is_there(name, files)) {
            found.push(format!("{TABLE}:{number}: `{name}` is not there"));
        }
    }
    found
}

/// What stands in backticks and is a Rust file, or a test in one.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|name| {
        let (file, _) = parts(name);
        Path::new(file).extension().is_some_and(|kind| kind == "rs")
    })
}

fn is_there(name: &str, files: &[TextFile]) -> bool {
    let (file, test) = parts(name);
    let path = format!("crates/{file}");
    let file = files.iter().find(|file| file.path == path);
    file.is_some_and(|file| test.is_none_or(|test| file.text.contains(&format!("fn {test}("))))
}

/// File and test.
fn parts(name: &str) -> (&str, Option<&str>) {
    name.split_once("::")
        .map_or((name, None), |(file, test)| (file, Some(test)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let file = |path: &str, text: &str| TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        violations(&[
            file(TABLE, line),
            file(
                "crates/api/src/app.rs",
                "async fn a_door_is_shut(world: World) {}",
            ),
        ])
    }

    #[test]
    fn a_file_and_a_test_that_are_there_are_evidence() {
        assert!(found("| 1 | `GET /x`, `api/src/app.rs` | `api/src/app.rs::a_door_is_shut` |").is_empty());
    }

    #[test]
    fn a_file_or_a_test_that_is_not_there_is_none() {
        for line in [
            "`api/src/gone.rs`",
            "`api/src/app.rs::a_door`",
            "`api/src/gone.rs::a_door_is_shut`",
        ] {
            assert_eq!(found(line).len(), 1, "{line}");
        }
    }
}
