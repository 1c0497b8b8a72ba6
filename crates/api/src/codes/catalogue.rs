//! The error catalogue: the whole table as one document.

use std::fmt::Write as _;

use super::{Code, table};

/// The table of all codes as Markdown, by status, for the documentation.
pub fn catalogue_markdown() -> String {
    let mut codes: Vec<&Code> = table().collect();
    codes.sort_by_key(|code| (code.status, code.name));
    let mut text = String::from(
        "# Error catalogue\n\n\
         Errors are `application/problem+json` (RFC 9457). `code` is stable; `type` leads to the same text as here, on the \
         running server under `/errors/CODE`. This page is generated from the table in the code.\n",
    );
    let mut status = 0;
    for code in codes {
        if code.status != status {
            status = code.status;
            let _ = write!(text, "\n## {status}\n");
        }
        let Code {
            name,
            title,
            explanation,
            remedy,
            ..
        } = code;
        let _ = write!(
            text,
            "\n### `{name}`\n\n{title}.\n\n{explanation}\n\n**What to do:** {remedy}\n"
        );
    }
    text
}
