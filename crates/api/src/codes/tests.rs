use std::{collections::BTreeSet, fs, path::Path};

use super::{catalogue_markdown, find, table};

#[test]
fn each_code_stands_in_the_table_once_and_is_fit_for_an_address() {
    let mut seen = BTreeSet::new();
    for code in table() {
        assert!(seen.insert(code.name), "{} stands in the table twice", code.name);
        assert!(
            code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
            "{}",
            code.name
        );
        assert!((400..600).contains(&code.status), "{}", code.name);
        for text in [code.title, code.explanation, code.remedy] {
            assert!(!text.is_empty(), "{} lacks a text", code.name);
        }
    }
}

#[test]
fn every_code_of_the_contract_stands_in_the_table_with_its_status() {
    let contract = [
        ("invalid_credentials", 401),
        ("forbidden", 403),
        ("not_your_placement", 403),
        ("separation_of_duties", 403),
        ("email_not_verified", 403),
        ("invalid_transition", 409),
        ("duplicate_day", 409),
        ("placement_not_active", 409),
        ("overlap", 409),
        ("supervisor_over_cap", 409),
        ("open_entries", 409),
        ("idempotency_in_progress", 409),
        ("stale_version", 412),
        ("body_too_large", 413),
        ("attachment_too_large", 413),
        ("attachment_type", 415),
        ("unknown_field", 422),
        ("validation_failed", 422),
        ("idempotency_key_reused", 422),
    ];
    for (name, status) in contract {
        assert_eq!(find(name).map(|code| code.status), Some(status), "{name}");
    }
}

/// Reads the sources themselves: an enum's variants cannot be listed, and a new one must not be forgotten here.
#[test]
fn every_code_that_a_rule_can_give_stands_in_the_table() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut codes = BTreeSet::new();
    for layer in ["domain/src", "application/src"] {
        collect(&crates.join(layer), &mut codes);
    }
    assert!(
        codes.contains("duplicate_day") && codes.contains("email_invalid"),
        "the sources were not read: {codes:?}"
    );
    let missing: Vec<_> = codes.iter().filter(|code| find(code).is_none()).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

/// Adds the string literals in the bodies of all functions called `code`.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, codes);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            for body in source.split("fn code(").skip(1).filter(|body| {
                let signature = body.split('{').next().unwrap_or_default();
                signature.contains("-> &'static str") && !signature.contains(';')
            }) {
                codes.extend(literals(until_balanced(body)));
            }
        }
    }
}

/// The text up to the end of the first braced block.
fn until_balanced(text: &str) -> &str {
    let mut depth = 0_i32;
    for (at, character) in text.char_indices() {
        depth += match character {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if character == '}' && depth == 0 {
            return &text[..at];
        }
    }
    text
}

fn literals(body: &str) -> impl Iterator<Item = String> + '_ {
    body.split('"').skip(1).step_by(2).map(str::to_owned)
}

#[test]
fn the_catalogue_names_every_code() {
    let text = catalogue_markdown();
    for code in table() {
        assert!(text.contains(&format!("### `{}`", code.name)), "{}", code.name);
    }
}
