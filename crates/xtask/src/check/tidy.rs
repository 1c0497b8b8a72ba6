//! House rules that a look at the text decides.

use anyhow::Result;

use super::{evidence, verdict};
use crate::workspace::{self, TextFile};

/// Where a rule looks.
#[derive(Clone, Copy)]
enum Scope {
    /// Rust files.
    Rust,
    /// Every text file but lock files.
    All,
}

struct Rule {
    /// Written in two halves, so that this file does not break its own rules.
    needle: &'static str,
    scope: Scope,
    why: &'static str,
}

const UNFINISHED: &str = "unfinished work is not committed: finish it, or leave it out";
const OF_ONE_MACHINE: &str = "this path is of one machine: make it relative, or a setting";
const REGISTRY: &str = "packages come from the registry that cargo is set up with: name none";

const RULES: &[Rule] = &[
    Rule {
        needle: concat!("to", "do!("),
        scope: Scope::Rust,
        why: UNFINISHED,
    },
    Rule {
        needle: concat!("unimple", "mented!("),
        scope: Scope::Rust,
        why: UNFINISHED,
    },
    Rule {
        needle: concat!("FIX", "ME"),
        scope: Scope::Rust,
        why: UNFINISHED,
    },
    Rule {
        needle: concat!("db", "g!("),
        scope: Scope::Rust,
        why: "left over from looking for a fault: remove it",
    },
    Rule {
        needle: concat!("#[ign", "ore"),
        scope: Scope::Rust,
        why: "a test is never skipped silently: make it run, or remove it",
    },
    Rule {
        needle: concat!("/wo", "rk/"),
        scope: Scope::All,
        why: OF_ONE_MACHINE,
    },
    Rule {
        needle: concat!("/ro", "ot/"),
        scope: Scope::All,
        why: OF_ONE_MACHINE,
    },
    Rule {
        needle: concat!("/ho", "me/"),
        scope: Scope::All,
        why: OF_ONE_MACHINE,
    },
    Rule {
        needle: concat!("index.crates", ".io"),
        scope: Scope::All,
        why: REGISTRY,
    },
    Rule {
        needle: concat!("static.crates", ".io"),
        scope: Scope::All,
        why: REGISTRY,
    },
    Rule {
        needle: concat!("crates.io", "-index"),
        scope: Scope::All,
        why: REGISTRY,
    },
    Rule {
        needle: concat!("registry.npm", "js.org"),
        scope: Scope::All,
        why: REGISTRY,
    },
    Rule {
        needle: concat!("pypi", ".org"),
        scope: Scope::All,
        why: REGISTRY,
    },
    Rule {
        needle: concat!("files.python", "hosted.org"),
        scope: Scope::All,
        why: REGISTRY,
    },
    Rule {
        needle: concat!("proxy.go", "lang.org"),
        scope: Scope::All,
        why: REGISTRY,
    },
];

/// A file of this many lines is one that a reader loses the thread in; reported, not refused.
const LONG: usize = 400;

pub(super) fn check() -> Result<()> {
    let files = workspace::text_files()?;
    for file in files.iter().filter(|file| file.is_rust()) {
        let lines = file.lines().count();
        if lines > LONG {
            eprintln!("warning: {} has {lines} lines: does it hold one idea?", file.path);
        }
    }
    let mut found = files.iter().flat_map(violations).collect::<Vec<_>>();
    found.extend(evidence::violations(&files));
    verdict(&found, "the house rules")?;
    eprintln!("{} files, {} rules", files.len(), RULES.len());
    Ok(())
}

fn violations(file: &TextFile) -> Vec<String> {
    let rules = RULES.iter().filter(|rule| match rule.scope {
        Scope::Rust => file.is_rust(),
        Scope::All => !file.is_lock(),
    });
    let mut found = Vec::new();
    for rule in rules {
        for (number, line) in file.lines().filter(|(_, line)| contains(line, rule.needle)) {
            found.push(format!(
                "{}:{number}: `{}`: {}\n    {}",
                file.path,
                rule.needle,
                rule.why,
                line.trim()
            ));
        }
    }
    found
}

/// Whether the needle stands at the start of a word or path: `/api/home/` is an address, not somebody's folder.
fn contains(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before
            .is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | '-' | '.' | '/' | '}'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        violations(&TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn unfinished_work_is_found_in_rust_files_only() {
        let text = format!("fn later() {{ {}) }}", concat!("to", "do!("));
        assert_eq!(found("crates/domain/src/lib.rs", &text), 1);
        assert_eq!(found("docs/style.md", &text), 0);
    }

    #[test]
    fn a_path_of_one_machine_is_found_everywhere_but_in_an_address() {
        let folder = concat!("/ho", "me/");
        assert_eq!(found("docs/guide.md", &format!("cd {folder}ann/project")), 1);
        assert_eq!(found("deploy/run.sh", &format!("DATA={folder}ann")), 1);
        assert_eq!(
            found("docs/guide.md", &format!("GET https://example.org{folder}page")),
            0
        );
    }

    #[test]
    fn a_lock_file_may_name_its_registry() {
        let text = concat!(
            "source = \"registry+https://github.com/rust-lang/crates.io",
            "-index\""
        );
        assert_eq!(found("Cargo.lock", text), 0);
    }
}
