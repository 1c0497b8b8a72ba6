use proptest::prelude::*;

use super::*;

/// One family: seven code points, 25 bytes, one character for the reader.
const FAMILY: &str = "👨‍👩‍👧‍👦";

#[test]
fn line_ends_of_every_system_become_line_feeds() {
    assert_eq!(normalise("a\r\nb\rc\nd\r\r\ne\r").unwrap(), "a\nb\nc\nd\n\ne\n");
}

#[test]
fn tabs_are_kept_and_other_control_characters_are_refused_where_they_stand() {
    assert_eq!(normalise("a\tb").unwrap(), "a\tb");
    for character in [
        '\0', '\u{7}', '\u{B}', '\u{C}', '\u{1B}', '\u{7F}', '\u{85}', '\u{9F}',
    ] {
        let refused = Err(TextError::Characters {
            character,
            position: 2,
        });
        assert_eq!(normalise(&format!("é {character}x")), refused, "{character:?}");
    }
}

#[test]
fn characters_that_override_the_direction_are_refused_and_marks_that_scripts_need_are_kept() {
    for character in "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
        assert_eq!(
            normalise(&format!("{character}abc")),
            Err(TextError::Characters {
                character,
                position: 0
            })
        );
    }
    let needed = "می\u{200C}خواهم \u{200F}(א)\u{200E} क्\u{200D}ष 👩\u{200D}🔬 ❤\u{FE0F}";
    assert_eq!(normalise(needed).unwrap(), needed);
}

#[test]
fn hidden_characters_go_with_the_blanks_around_them_and_stay_with_what_is_seen() {
    let cases = [
        ("  \u{200D} a \u{200D}  \u{FE0F}", "a"),
        (" ❤\u{FE0F} ", "❤\u{FE0F}"),
        (" \u{200F}(א)\u{200E} ", "\u{200F}(א)\u{200E}"),
        ("\u{FEFF}a b\u{200B}", "a b"),
        (" \u{200D} ", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(trimmed(text, 100).as_deref(), Ok(expected), "{text:?}");
    }
}

#[test]
fn a_control_character_at_either_end_is_refused_and_not_trimmed_away() {
    assert_eq!(
        trimmed(" ab\u{C} ", 10),
        Err(TextError::Characters {
            character: '\u{C}',
            position: 3
        })
    );
}

#[test]
fn a_reader_counts_a_family_as_one_and_what_is_hidden_not_at_all() {
    let counts = [
        ("", 0),
        ("abc", 3),
        (FAMILY, 1),
        ("🇹🇿🇹🇿", 2),
        ("e\u{301}", 1),
        ("क्षि", 1),
        ("👍🏽", 1),
        ("a\u{200B}b", 2),
        ("\u{200B}\u{FEFF}", 0),
        ("a\nb", 3),
    ];
    for (text, count) in counts {
        assert_eq!(grapheme_count(text), count, "{text:?}");
    }
}

#[test]
fn nothing_is_seen_of_blanks_joiners_and_fillers() {
    for blank in [
        "",
        " \t\n",
        "\u{3000}",
        "\u{200B}",
        "\u{200D}\u{FE0F}",
        "\u{3164}",
        "\u{2800}",
        "\u{E0020}",
    ] {
        assert!(!has_visible(blank), "{blank:?}");
    }
    for seen in [".", "ا", "👍", " \u{200B}x"] {
        assert!(has_visible(seen), "{seen:?}");
    }
}

#[test]
fn three_spaces_are_no_remark_and_nothing_is_none_either() {
    assert_eq!(Remark::parse(Some("   ")), Ok(None));
    assert_eq!(Remark::parse(Some("\u{200B}\n\u{2060}")), Ok(None));
    assert_eq!(Remark::parse(None), Ok(None));
}

#[test]
fn a_remark_is_kept_without_the_blanks_around_it_and_over_several_lines() {
    let remark = Remark::parse(Some(" \u{200B}Name the machine,\r\nplease. \n"))
        .unwrap()
        .unwrap();
    assert_eq!(remark.as_str(), "Name the machine,\nplease.");
}

#[test]
fn a_remark_has_at_most_2000_characters_as_the_reader_sees_them() {
    assert!(Remark::parse(Some(&FAMILY.repeat(2_000))).unwrap().is_some());
    let refused = Remark::parse(Some(&FAMILY.repeat(2_001)));
    assert_eq!(
        refused,
        Err(TextError::TooLong {
            max: 2_000,
            actual: 2_001
        })
    );
}

#[test]
fn a_remark_is_not_shown_in_debug_output() {
    let remark = Remark::parse(Some("the student was rude")).unwrap();
    assert_eq!(format!("{remark:?}"), "Some(Remark(20 bytes))");
}

#[test]
fn a_text_far_too_long_is_refused_without_counting_it_all() {
    // One letter with a million marks is one character, and yet no reader's.
    let stacked = format!("a{}", "\u{301}".repeat(1_000_000));
    assert_eq!(
        trimmed(&stacked, 2_000),
        Err(TextError::TooLong {
            max: 2_000,
            actual: 2_001
        })
    );
}

#[test]
fn a_name_is_one_line() {
    assert_eq!(name("  Workshop 3  ", 20).unwrap(), "Workshop 3");
    assert_eq!(
        name("\n a\tb", 20),
        Err(TextError::Characters {
            character: '\t',
            position: 3
        })
    );
    assert_eq!(
        name("a\u{2028}b", 20),
        Err(TextError::Characters {
            character: '\u{2028}',
            position: 1
        })
    );
    assert_eq!(name(" \t ", 20), Err(TextError::Empty));
}

#[test]
fn a_character_of_many_bytes_counts_once_and_has_an_end() {
    let of_bytes = |bytes: usize| format!("\u{e9}{}", "\u{301}".repeat(bytes / 2 - 1));
    let longest = of_bytes(MAX_BYTES_PER_CHARACTER);
    assert_eq!(trimmed(&longest, 1), Ok(longest.clone()));
    let longer = of_bytes(MAX_BYTES_PER_CHARACTER + 2);
    assert_eq!(trimmed(&longer, 1), Err(TextError::TooLong { max: 1, actual: 2 }));
}

#[test]
fn a_remark_is_its_text() {
    let remark = Remark::parse(Some(" Which cabinet? ")).unwrap().unwrap();
    assert_eq!(
        (remark.to_string().as_str(), remark.as_str()),
        ("Which cabinet?", "Which cabinet?")
    );
    assert_eq!(format!("{remark:?}"), "Remark(14 bytes)");
    assert_eq!(Remark::try_from(String::from(remark.clone())), Ok(remark));
}

proptest! {
    #[test]
    fn what_was_normalised_and_trimmed_stays_as_it_is(text in any::<String>()) {
        if let Ok(once) = trimmed(&text, 100) {
            prop_assert_eq!(trimmed(&once, 100), Ok(once.clone()));
            prop_assert!(!once.contains('\r'));
            prop_assert!(grapheme_count(&once) <= 100);
        }
    }

    #[test]
    fn a_count_is_reached_exactly_up_to_itself(text in any::<String>()) {
        let count = grapheme_count(&text);
        prop_assert!(reaches(&text, count));
        prop_assert!(!reaches(&text, count + 1));
    }
}
