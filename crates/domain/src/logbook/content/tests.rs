use proptest::prelude::*;

use super::*;

/// One family: seven code points, 25 bytes, one character for the reader.
const FAMILY: &str = "👨‍👩‍👧‍👦";

fn parse(text: &str) -> Result<LogContent, ContentViolation> {
    LogContent::parse(text, DEFAULT_MIN_CHARACTERS)
}

#[test]
fn nineteen_letters_between_spaces_are_too_short() {
    let refused = parse(&format!("   {}   ", "x".repeat(19))).unwrap_err();
    assert_eq!(refused, ContentViolation::TooShort { min: 20, actual: 19 });
    assert_eq!(
        (refused.code(), refused.pointer()),
        ("content_too_short", "/content")
    );
    assert_eq!(refused.to_string(), "19 characters, at least 20 are needed");
}

#[test]
fn nineteen_letters_are_not_made_twenty_by_what_nobody_sees() {
    for padding in [
        "\u{200B}",
        "\u{FEFF}",
        "\u{2060}",
        "\u{00AD}",
        "\u{200D}",
        " \u{200B} ",
        "   \u{200D}",
        " \u{3164} \u{FE0F}",
    ] {
        let text = format!("{}{padding}", "x".repeat(19));
        assert_eq!(
            parse(&text),
            Err(ContentViolation::TooShort { min: 20, actual: 19 }),
            "{text:?}"
        );
    }
}

#[test]
fn twenty_families_are_twenty_characters() {
    assert_eq!(parse(&FAMILY.repeat(20)).unwrap().characters(), 20);
    assert_eq!(
        parse(&FAMILY.repeat(19)),
        Err(ContentViolation::TooShort { min: 20, actual: 19 })
    );
}

#[test]
fn ten_thousand_letters_are_taken_and_one_more_is_not() {
    assert!(parse(&"x".repeat(10_000)).is_ok());
    assert!(parse(&FAMILY.repeat(10_000)).is_ok());
    let refused = parse(&"x".repeat(10_001)).unwrap_err();
    assert_eq!(
        refused,
        ContentViolation::TooLong {
            max: 10_000,
            actual: 10_001
        }
    );
    assert_eq!(refused.code(), "content_too_long");
}

#[test]
fn blanks_around_the_text_do_not_count_towards_the_most() {
    let text = format!(
        "{}{}{}",
        "\n".repeat(9_000),
        "x".repeat(10_000),
        " ".repeat(9_000)
    );
    assert_eq!(parse(&text).unwrap().as_str().len(), 10_000);
}

#[test]
fn fifty_megabytes_are_refused_whatever_they_are_made_of() {
    for unit in ["x", "\u{301}", "🇹🇿", "\r", "\u{200B}x"] {
        let text = format!("a{}z", unit.repeat(50_000_000 / unit.len()));
        assert_eq!(
            DraftContent::parse(&text),
            Err(ContentViolation::TooLong {
                max: 10_000,
                actual: 10_001
            }),
            "{unit:?}"
        );
    }
}

#[test]
fn line_ends_are_kept_as_line_feeds() {
    let text = parse("Checked the fuses.\r\nReplaced two of them.").unwrap();
    assert_eq!(text.as_str(), "Checked the fuses.\nReplaced two of them.");
}

#[test]
fn nul_and_an_override_of_direction_are_refused_where_they_stand() {
    for character in ['\0', '\u{202E}'] {
        let refused = parse(&format!("  Checked the fuses{character} and replaced two.")).unwrap_err();
        assert_eq!(
            refused,
            ContentViolation::Characters {
                character,
                position: 19
            }
        );
        assert_eq!(refused.code(), "content_characters");
    }
}

#[test]
fn a_draft_may_be_short_or_empty_and_is_complete_once_it_is_long_enough() {
    assert!(DraftContent::parse(" \n ").unwrap().is_empty());
    let draft = DraftContent::parse(" Checked the fuses ").unwrap();
    assert_eq!(draft.as_str(), "Checked the fuses");
    assert_eq!(
        LogContent::complete(&draft, 20),
        Err(ContentViolation::TooShort { min: 20, actual: 17 })
    );
    assert_eq!(
        LogContent::complete(&draft, 17).unwrap().as_str(),
        "Checked the fuses"
    );
}

#[test]
fn a_day_that_needs_no_text_may_go_without() {
    assert_eq!(LogContent::parse("", 0).unwrap().as_str(), "");
}

#[test]
fn the_text_of_a_log_is_not_shown_in_debug_output() {
    let text = parse("Met the manager, who was rude.").unwrap();
    assert_eq!(
        format!("{text:?} {:?}", DraftContent::from(&text)),
        "LogContent(30 bytes) DraftContent(30 bytes)"
    );
}

proptest! {
    #[test]
    fn an_accepted_text_is_accepted_again_unchanged(text in "\\PC{0,60}|[ a-z\r\n\t\u{200B}\u{301}👍🏽]{0,60}") {
        if let Ok(content) = LogContent::parse(&text, 5) {
            prop_assert!(content.characters() >= 5);
            prop_assert_eq!(LogContent::from_parts(content.as_str()), Ok(content));
        }
    }
}
