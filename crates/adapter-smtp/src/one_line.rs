//! Text that must stay on one line.

/// `text` without anything that could begin another line or hide one: control characters and line separators become
/// blanks, several blanks one, and what turns the direction of writing goes.
pub(crate) fn one_line(text: &str) -> String {
    let kept = text.chars().filter(|letter| !turns_direction(*letter));
    let blanks: String = kept
        .map(|letter| {
            if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                letter
            }
        })
        .collect();
    blanks.split_whitespace().collect::<Vec<_>>().join(" ")
}

const fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(
            one_line("Asha\r\nBcc: all@example.com"),
            "Asha Bcc: all@example.com"
        );
        assert_eq!(one_line(" a\tb \u{0} \u{85} c\u{2028}d\u{202e} "), "a b c d");
        assert_eq!(
            one_line("Zoë \u{1f469}\u{200d}\u{1f527} محمد"),
            "Zoë \u{1f469}\u{200d}\u{1f527} محمد"
        );
    }
}
