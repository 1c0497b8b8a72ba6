//! Invariants that the text of the sources shows.

use super::report;
use crate::workspace::TextFile;

struct Rule {
    /// Where it holds: the start of the path.
    under: &'static str,
    needles: &'static [&'static str],
    invariant: &'static str,
    remedy: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        under: "crates/api/src/",
        needles: &[
            "SELECT ",
            "INSERT INTO ",
            "DELETE FROM ",
            "CREATE TABLE ",
            "ALTER TABLE ",
            "BEGIN IMMEDIATE",
        ],
        invariant: "the API has no SQL",
        remedy: "write the query in the adapter, and reach it through a use case",
    },
    Rule {
        under: "crates/domain/src/",
        needles: &[
            "async fn",
            "async move",
            ".await",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
        ],
        invariant: "the domain has no I/O and no async",
        remedy: "decide in the domain, and do in the application or in an adapter",
    },
];

const ADAPTER: &str = "crates/adapter-sea-orm/src/";
/// What makes a module an entity of the database.
const ENTITY: &str = "DeriveEntityModel";
const ROWS: &str = "rows never leave the database adapter";
const ROWS_REMEDY: &str = "declare the module without `pub`, and map its rows to the domain's types";

pub(super) fn violations(files: &[TextFile]) -> Vec<String> {
    let mut found = Vec::new();
    for rule in RULES {
        for file in files
            .iter()
            .filter(|file| file.is_rust() && file.path.starts_with(rule.under))
        {
            for (number, line) in code_lines(file) {
                if rule.needles.iter().any(|needle| line.contains(needle)) {
                    let evidence = format!("{}:{number}: {}", file.path, line.trim());
                    found.push(report(rule.invariant, &evidence, rule.remedy));
                }
            }
        }
    }
    found.extend(public_rows(files));
    found
}

/// Entity modules that are declared `pub`, or handed on by `pub use`.
fn public_rows(files: &[TextFile]) -> Vec<String> {
    let adapter = || {
        files
            .iter()
            .filter(|file| file.is_rust() && file.path.starts_with(ADAPTER))
    };
    let entities = adapter()
        .filter(|file| file.text.contains(ENTITY))
        .map(module_name)
        .collect::<Vec<_>>();
    let mut found = Vec::new();
    for file in adapter() {
        for (number, line) in code_lines(file) {
            let line = line.trim();
            let opened = ["pub mod ", "pub use "]
                .iter()
                .any(|start| line.starts_with(start));
            let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            if opened && words.into_iter().any(|word| entities.contains(&word)) {
                let evidence = format!("{}:{number}: {line}", file.path);
                found.push(report(ROWS, &evidence, ROWS_REMEDY));
            }
        }
    }
    found
}

fn module_name(file: &TextFile) -> &str {
    let path = file
        .path
        .strip_suffix("/mod.rs")
        .or_else(|| file.path.strip_suffix(".rs"));
    path.unwrap_or(&file.path).rsplit('/').next().unwrap_or_default()
}

fn code_lines(file: &TextFile) -> impl Iterator<Item = (usize, &str)> {
    file.lines()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn sql_in_the_api_is_found_in_code_but_not_in_a_comment() {
        let code = file(
            "crates/api/src/logbook/list.rs",
            "let q = \"SELECT id FROM log_entry\";",
        );
        assert_eq!(violations(&[code]).len(), 1);
        let comment = file(
            "crates/api/src/logbook/list.rs",
            "// SELECT stands in the adapter",
        );
        assert!(violations(&[comment]).is_empty());
    }

    #[test]
    fn an_entity_module_must_not_be_public() {
        let row = file(
            "crates/adapter-sea-orm/src/logbook/log_entry_row.rs",
            "#[derive(DeriveEntityModel)]",
        );
        let parent = |text| file("crates/adapter-sea-orm/src/logbook/mod.rs", text);
        assert_eq!(violations(&[row, parent("pub mod log_entry_row;")]).len(), 1);
        let row = file(
            "crates/adapter-sea-orm/src/logbook/log_entry_row.rs",
            "#[derive(DeriveEntityModel)]",
        );
        assert!(violations(&[row, parent("mod log_entry_row;\npub mod repository;")]).is_empty());
    }

    #[test]
    fn an_asynchronous_function_in_the_domain_is_found() {
        let found = violations(&[file(
            "crates/domain/src/logbook/submit.rs",
            "pub async fn submit() {}",
        )]);
        assert_eq!(found.len(), 1);
    }
}
