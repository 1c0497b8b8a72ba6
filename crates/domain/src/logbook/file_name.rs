//! Names of files that do no harm, wherever they are saved.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::{placement::attachment_type::AttachmentType, text};

/// The longest name, in characters as the reader sees them.
pub const MAX_CHARACTERS: usize = 150;
/// The longest name in bytes: what common file systems take.
pub const MAX_BYTES: usize = 255;
/// The longest ending that is kept as one when a name is cut, dot included.
const MAX_EXTENSION: usize = 16;
/// The name of a file that came without a usable one.
const FALLBACK: &str = "attachment";

/// The name of a file as it can be shown, sent in a header and saved anywhere: no folder, no control characters, none of
/// the names that Windows reserves for devices, at most [`MAX_CHARACTERS`] and [`MAX_BYTES`], never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "String", into = "String")
)]
pub struct SafeFileName(String);

impl SafeFileName {
    /// Makes a safe name of whatever was sent. Applied to its own result it changes nothing.
    pub fn sanitise(sent: &str) -> Self {
        // The last part of the path, by either system's separator; a colon ends a drive letter or begins a stream.
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let without_drive = match last.split_once(':') {
            Some((drive, rest)) if drive.len() == 1 => rest,
            _ => last,
        };
        // A name far too long is cut before it is looked at; its ending is kept.
        let bounded = shorten(without_drive, MAX_BYTES * 4);
        let plain: String = bounded
            .chars()
            .filter(|c| !is_dropped(*c))
            .map(|c| if is_replaced(c) { '_' } else { c })
            .collect();
        let tidy = tidied(&plain);
        if !text::has_visible(tidy) {
            return Self(FALLBACK.to_owned());
        }
        // Cutting can leave a device's name, so that is looked for afterwards.
        let name = cut(tidy);
        if is_reserved(&name) {
            Self(cut(&format!("_{name}")))
        } else {
            Self(name)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name under which a file with such a content is saved: one with another ending gets a usual one behind it, so
    /// that no text is run as a program because it is called one.
    #[must_use]
    pub fn as_kind(&self, kind: AttachmentType) -> Self {
        let (_, extension) = split_extension(&self.0);
        let ending = extension.trim_start_matches('.').to_ascii_lowercase();
        match kind.endings() {
            [usual, ..] if !kind.endings().contains(&ending.as_str()) => {
                Self(cut(&format!("{}.{usual}", self.0)))
            }
            _ => self.clone(),
        }
    }
}

/// Characters that are left out: controls (NUL among them) and those that change the direction, which can show
/// `gpj.exe` as `exe.jpg`.
fn is_dropped(character: char) -> bool {
    character.is_control()
        || text::overrides_direction(character)
        || matches!(
            character,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
        )
}

/// Characters that some file systems do not take, or that end a quoted header.
const fn is_replaced(character: char) -> bool {
    matches!(character, ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Without the blanks and dots that Windows drops at the end, and those that hide or climb at the beginning.
fn tidied(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '.')
}

/// Whether Windows takes the name for a device, whatever its ending.
fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        _ => ["COM", "LPT"].iter().any(|port| {
            stem.strip_prefix(port).is_some_and(|number| {
                matches!(
                    number,
                    "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
                )
            })
        }),
    }
}

/// Cuts a name to the longest allowed, between characters and before its ending.
fn cut(name: &str) -> String {
    let (stem, extension) = split_extension(name);
    let room = MAX_CHARACTERS.saturating_sub(extension.graphemes(true).count());
    let bytes = MAX_BYTES.saturating_sub(extension.len());
    let mut kept = String::new();
    for cluster in stem.graphemes(true).take(room) {
        if kept.len() + cluster.len() > bytes {
            break;
        }
        kept.push_str(cluster);
    }
    // One cluster may be longer than any name: then nothing of it can be kept.
    if kept.is_empty() {
        kept.push_str(FALLBACK);
    }
    format!(
        "{}{extension}",
        kept.trim_end_matches(|c: char| c.is_whitespace() || c == '.')
    )
}

/// The name without its middle, when it has more bytes than `max`.
fn shorten(name: &str, max: usize) -> String {
    if name.len() <= max {
        return name.to_owned();
    }
    let (stem, extension) = split_extension(name);
    let mut end = max;
    while !stem.is_char_boundary(end.min(stem.len())) {
        end -= 1;
    }
    format!("{}{extension}", stem.get(..end).unwrap_or(stem))
}

/// The name, and its ending with the dot; without an ending, or with one that is too long to be one, an empty ending.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name.len() - at <= MAX_EXTENSION => name.split_at(at),
        _ => (name, ""),
    }
}

impl fmt::Display for SafeFileName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<String> for SafeFileName {
    fn from(name: String) -> Self {
        Self::sanitise(&name)
    }
}

impl From<SafeFileName> for String {
    fn from(name: SafeFileName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests;
