//! Blanks at either end of a text.

use super::count::is_hidden;

/// The text without the blanks at either end, and how many bytes were cut before it. Hidden characters go with the blanks
/// that they stand among, so that nobody lengthens a text unseen; those that belong to a visible character stay with it.
pub(super) fn trim(text: &str) -> (usize, &str) {
    let is_blank = |character| is_padding(character) || is_hidden(character);
    let leading = text.len() - text.trim_start_matches(is_blank).len();
    let last_blank = text
        .get(..leading)
        .and_then(|run| run.rmatch_indices(is_padding).next());
    let start = last_blank.map_or(0, |(at, blank)| at + blank.len());
    let seen = text.trim_end_matches(is_blank).len();
    let first_blank = text.get(seen..).and_then(|run| run.find(is_padding));
    let end = first_blank.map_or(text.len(), |at| seen + at);
    (start, text.get(start..end).unwrap_or_default())
}

/// Blank at either end of a text. Control characters are not among them, so that they are refused and not lost.
fn is_padding(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | '\r' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'
    ) || (character.is_whitespace() && !character.is_control())
}
