//! Text that people write: normalised once, counted as the reader sees it.

mod count;
mod trim;

use std::fmt;

pub(crate) use count::reaches;
pub use count::{grapheme_count, has_visible};

/// The longest remark, in characters as the reader sees them.
pub const MAX_REMARK: usize = 2_000;

/// No reader's character needs more bytes than this: a family of four with skin tones takes 41. A text above this many
/// bytes a character is refused before it is counted.
const MAX_BYTES_PER_CHARACTER: usize = 64;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing that a reader can see.
    #[error("at least one visible character is needed")]
    Empty,
    /// Too many characters, counted as the reader sees them.
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

impl TextError {
    /// The stable code, where the context has no more exact one.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "text_required",
            Self::TooLong { .. } => "text_too_long",
            Self::Characters { .. } => "text_characters",
        }
    }
}

/// Turns CR LF and CR into LF, and refuses other control characters but tab, and those that override the direction of
/// what follows (U+202A–202E, U+2066–2069). Marks and joiners that Arabic, Indic scripts and emoji need are kept.
///
/// # Errors
/// [`TextError::Characters`] with the first one.
pub fn normalise(text: &str) -> Result<String, TextError> {
    normalise_from(text, 0)
}

/// Normalises a text that begins `offset` code points into what was sent.
fn normalise_from(text: &str, offset: usize) -> Result<String, TextError> {
    let mut normal = String::with_capacity(text.len());
    let mut characters = text.chars().enumerate().peekable();
    while let Some((position, character)) = characters.next() {
        match character {
            '\r' => {
                if characters.peek().is_none_or(|(_, next)| *next != '\n') {
                    normal.push('\n');
                }
            }
            '\n' | '\t' => normal.push(character),
            _ if character.is_control() || overrides_direction(character) => {
                return Err(TextError::Characters {
                    character,
                    position: offset + position,
                });
            }
            _ => normal.push(character),
        }
    }
    Ok(normal)
}

/// Normalises and trims a text of at most `max` characters. Empty ones pass; one far too long is refused uncounted.
///
/// # Errors
/// [`TextError::TooLong`], [`TextError::Characters`].
pub fn trimmed(text: &str, max: usize) -> Result<String, TextError> {
    let (cut, core) = trim::trim(text);
    if core.len() > max.saturating_mul(MAX_BYTES_PER_CHARACTER) {
        return Err(TextError::TooLong {
            max,
            actual: max.saturating_add(1),
        });
    }
    let normal = normalise_from(core, code_points(text, cut))?;
    // A character takes one byte or more, so short texts need no counting.
    if normal.len() > max {
        let actual = grapheme_count(&normal);
        if actual > max {
            return Err(TextError::TooLong { max, actual });
        }
    }
    Ok(normal)
}

/// The name of a thing: one line, trimmed, 1 to `max` characters as the reader sees them.
///
/// # Errors
/// [`TextError::Empty`], [`TextError::TooLong`], [`TextError::Characters`] (a tab or the end of a line too).
pub fn name(text: &str, max: usize) -> Result<String, TextError> {
    let name = trimmed(text, max)?;
    if let Some((position, character)) = name.chars().enumerate().find(|(_, c)| breaks_line(*c)) {
        let offset = code_points(text, trim::trim(text).0);
        return Err(TextError::Characters {
            character,
            position: offset + position,
        });
    }
    if has_visible(&name) {
        Ok(name)
    } else {
        Err(TextError::Empty)
    }
}

/// How many code points the first `bytes` of a text hold.
fn code_points(text: &str, bytes: usize) -> usize {
    text.get(..bytes).map_or(0, |cut| cut.chars().count())
}

/// Bidirectional embeddings, overrides and isolates: they can make a text read otherwise than it is stored.
pub(crate) const fn overrides_direction(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A tab, or the end of a line or paragraph.
const fn breaks_line(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\u{2028}' | '\u{2029}')
}

/// A comment, a reason or a note: normalised, trimmed, with at least one visible character, at most [`MAX_REMARK`].
///
/// Its `Debug` form does not show the text, which must not reach a log line.
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Remark(String);

impl Remark {
    /// Parses what came in. Nothing, or nothing that a reader can see, is no remark.
    ///
    /// # Errors
    /// [`TextError::TooLong`], [`TextError::Characters`].
    pub fn parse(text: Option<&str>) -> Result<Option<Self>, TextError> {
        let Some(text) = text else { return Ok(None) };
        let text = trimmed(text, MAX_REMARK)?;
        Ok(has_visible(&text).then_some(Self(text)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Remark({} bytes)", self.0.len())
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Remark {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(Some(&text))?.ok_or(TextError::Empty)
    }
}

impl From<Remark> for String {
    fn from(remark: Remark) -> Self {
        remark.0
    }
}

#[cfg(test)]
mod tests;
