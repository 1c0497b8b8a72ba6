//! Text without regard to case.

/// The text in lower case, by Unicode.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Whether `text` contains `part`, without regard to case.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    folded(text).contains(&folded(part))
}
