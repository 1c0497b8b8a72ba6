//! The text of a log entry.

use std::fmt;

use crate::{
    error::Violation,
    text::{self, TextError},
};

/// The most characters of a log, as the reader sees them.
pub const MAX_CHARACTERS: usize = 10_000;
/// The fewest characters of a log, unless the programme's policy says otherwise (0 to 500).
pub const DEFAULT_MIN_CHARACTERS: u16 = 20;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentViolation {
    /// Too few characters.
    #[error("{actual} characters, at least {min} are needed")]
    TooShort {
        /// How many are needed.
        min: usize,
        /// How many there are.
        actual: usize,
    },
    /// Too many characters.
    #[error("{actual} characters, at most {max} are allowed")]
    TooLong {
        /// How many are allowed.
        max: usize,
        /// How many there are. In texts far too long the count stops early: there are at least so many.
        actual: usize,
    },
    /// A control character, or one that reverses the direction of what follows.
    #[error("the character U+{:04X} at position {position} is not allowed", u32::from(*character))]
    Characters {
        /// The character.
        character: char,
        /// Where it stands: code points before it, from 0.
        position: usize,
    },
}

impl Violation for ContentViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "content_too_short",
            Self::TooLong { .. } => "content_too_long",
            Self::Characters { .. } => "content_characters",
        }
    }

    fn pointer(&self) -> &'static str {
        "/content"
    }
}

impl From<TextError> for ContentViolation {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::TooShort { min: 1, actual: 0 },
            TextError::TooLong { max, actual } => Self::TooLong { max, actual },
            TextError::Characters { character, position } => Self::Characters { character, position },
        }
    }
}

/// The text of a draft: normalised and trimmed, at most [`MAX_CHARACTERS`], and maybe still short or empty.
///
/// Its `Debug` form does not show the text.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct DraftContent(String);

impl DraftContent {
    /// Parses a text.
    ///
    /// # Errors
    /// [`ContentViolation::TooLong`], [`ContentViolation::Characters`].
    pub fn parse(text: &str) -> Result<Self, ContentViolation> {
        Ok(Self(text::trimmed(text, MAX_CHARACTERS)?))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The text of a submitted log: normalised and trimmed, between the policy's minimum and [`MAX_CHARACTERS`].
///
/// Its `Debug` form does not show the text.
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct LogContent(String);

impl LogContent {
    /// Parses a text of which at least `min` characters are asked for; 0 for days that need no text.
    ///
    /// # Errors
    /// [`ContentViolation`]: one at most, since a text with forbidden characters is not counted.
    pub fn parse(text: &str, min: u16) -> Result<Self, ContentViolation> {
        Self::complete(&DraftContent::parse(text)?, min)
    }

    /// A draft's text as it can be submitted where at least `min` characters are asked for.
    ///
    /// # Errors
    /// [`ContentViolation::TooShort`].
    pub fn complete(draft: &DraftContent, min: u16) -> Result<Self, ContentViolation> {
        let min = usize::from(min);
        if text::reaches(&draft.0, min) {
            Ok(Self(draft.0.clone()))
        } else {
            Err(ContentViolation::TooShort {
                min,
                actual: text::grapheme_count(&draft.0),
            })
        }
    }

    /// A text as it was stored; the minimum of its day is not known any more.
    ///
    /// # Errors
    /// [`ContentViolation`] when it never can have been accepted.
    pub fn from_parts(text: &str) -> Result<Self, ContentViolation> {
        Self::parse(text, 0)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many characters the reader sees.
    pub fn characters(&self) -> usize {
        text::grapheme_count(&self.0)
    }
}

impl From<&LogContent> for DraftContent {
    /// The text as a starting point for changes.
    fn from(content: &LogContent) -> Self {
        Self(content.0.clone())
    }
}

impl fmt::Debug for DraftContent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DraftContent({} bytes)", self.0.len())
    }
}

impl fmt::Debug for LogContent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LogContent({} bytes)", self.0.len())
    }
}

impl TryFrom<String> for DraftContent {
    type Error = ContentViolation;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for LogContent {
    type Error = ContentViolation;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::from_parts(&text)
    }
}

impl From<DraftContent> for String {
    fn from(content: DraftContent) -> Self {
        content.0
    }
}

impl From<LogContent> for String {
    fn from(content: LogContent) -> Self {
        content.0
    }
}

#[cfg(test)]
mod tests;
