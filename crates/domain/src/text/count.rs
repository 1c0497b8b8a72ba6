//! Counting as the reader sees it.

use unicode_segmentation::UnicodeSegmentation as _;

/// How many characters a reader sees: grapheme clusters, without those in which nothing is visible or moves the text
/// along (a zero-width space, say). The time is linear in the length.
pub fn grapheme_count(text: &str) -> usize {
    counted(text).count()
}

/// Whether a reader sees at least `least` characters. Stops as soon as that is known.
pub(crate) fn reaches(text: &str, least: usize) -> bool {
    least == 0 || counted(text).nth(least - 1).is_some()
}

/// Whether a reader sees anything but blanks.
pub fn has_visible(text: &str) -> bool {
    text.chars()
        .any(|character| !character.is_whitespace() && !character.is_control() && !is_hidden(character))
}

/// The grapheme clusters that a reader counts.
fn counted(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true)
        .filter(|cluster| !cluster.chars().all(is_hidden))
}

/// Characters that show nothing by themselves: joiners, marks of direction, selectors, fillers, tags, soft hyphens
/// (Unicode's `Default_Ignorable_Code_Point`), and the empty Braille cell.
pub(super) const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
