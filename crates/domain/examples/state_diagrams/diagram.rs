//! Arrows between states, and their forms in Markdown.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{Display, Write as _},
};

/// An action that leads from one state to another; none stands for what is not there yet, or no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrow<S, A> {
    pub(crate) from: Option<S>,
    pub(crate) action: A,
    pub(crate) to: Option<S>,
}

/// The arrows as a Mermaid diagram: between two states one line with all actions.
pub(crate) fn mermaid<S: Ord + Copy + Display, A: Ord + Copy + Display>(
    arrows: &BTreeSet<Arrow<S, A>>,
) -> String {
    let mut lines: BTreeMap<(Option<S>, Option<S>), Vec<String>> = BTreeMap::new();
    for Arrow { from, action, to } in arrows.iter().filter(|arrow| arrow.from != arrow.to) {
        lines.entry((*from, *to)).or_default().push(action.to_string());
    }
    let name = |state: Option<S>| state.map_or_else(|| "[*]".to_owned(), |state| state.to_string());
    let mut text = String::from("```mermaid\nstateDiagram-v2\n");
    for ((from, to), actions) in lines {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "    {} --> {}: {}",
            name(from),
            name(to),
            actions.join(", ")
        );
    }
    text.push_str("```\n");
    text
}

/// A table in Markdown.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(N));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// A name as code.
pub(crate) fn code(name: impl Display) -> String {
    format!("`{name}`")
}

/// Names as code, in one cell; a dash for none.
pub(crate) fn codes<T: Display>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<_> = names.into_iter().map(code).collect();
    if names.is_empty() {
        "–".to_owned()
    } else {
        names.join(", ")
    }
}
