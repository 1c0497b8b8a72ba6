//! Texts, whatever they are of.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "text_required",
        422,
        "A text is missing",
        "The text has no visible character.",
        "Write at least one visible character.",
    ),
    &Code::new(
        "text_too_long",
        422,
        "A text is too long",
        "The text has more characters than are taken, counted as a reader sees them.",
        "Shorten it.",
    ),
    &Code::new(
        "text_characters",
        422,
        "A character is not allowed",
        "The text holds a control character, or one that reverses the direction of what follows.",
        "Remove the character that `detail` names.",
    ),
];
