use super::*;

fn weakness(password: &str, context: &[&str]) -> Option<PasswordWeakness> {
    ZxcvbnStrength.weakness(&SecretString::from(password), context)
}

fn is_common(password: &str) -> bool {
    weakness(password, &[]) == Some(PasswordWeakness::Common)
}

fn is_guessable(password: &str, context: &[&str]) -> bool {
    matches!(
        weakness(password, context),
        Some(PasswordWeakness::Guessable { .. })
    )
}

#[test]
fn commonly_used_passwords_are_named_so_in_any_letter_case() {
    for password in [
        "1234567890",
        "qwertyuiop",
        "1q2w3e4r5t",
        "Qwertyuiop",
        "1Q2W3E4R5T",
        "QwErTyUiOp",
    ] {
        assert!(is_common(password), "{password}: {:?}", weakness(password, &[]));
    }
    for password in ["correct horse battery staple", "CorrectHorseBatteryStaple"] {
        assert!(is_common(password), "{password}: {:?}", weakness(password, &[]));
    }
}

#[test]
fn what_is_guessed_within_a_hundred_million_tries_is_weak() {
    for password in [
        "Password123!",
        "P@ssw0rd2026",
        "iloveyou12345",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "asdfghjkl;'",
        "12.05.2004",
        "Welcome2026",
        "drowssap1234",
        "internship2026",
        "mwanafunzi123",
        "nakupenda sana",
        "Tanzania2026!",
    ] {
        let weakness = weakness(password, &[]);
        assert!(weakness.is_some(), "{password}");
    }
}

#[test]
fn a_few_unrelated_words_or_random_letters_are_strong() {
    for password in [
        "paraffin ukulele gravel",
        "kibatari mlonge chelewa 7",
        "vT9#qLw2Zr",
        "çağrı şöförü güvenç",
        "ყვავილები მთაში",
        "雨の日も自転車で行く",
    ] {
        assert_eq!(weakness(password, &[]), None, "{password}");
    }
}

#[test]
fn the_persons_own_name_and_address_do_not_make_a_password() {
    let context = ["Rehema Mwakyusa", "rehema.mwakyusa@stud.example.ac.tz"];
    for password in [
        "mwakyusa.rehema",
        "Mwakyusa-2026",
        "RehemaMwakyusa1",
        "rehema.mwakyusa@stud",
        "mwakyusarehema",
        "Rehema&Mwakyusa!",
    ] {
        assert!(
            is_guessable(password, &context),
            "{password}: {:?}",
            weakness(password, &context)
        );
    }
    for password in ["Mwakyusa paraffin gravel", "paraffin ukulele gravel"] {
        assert_eq!(weakness(password, &context), None, "{password}");
    }
    assert_eq!(weakness("Rehema&Mwakyusa!", &[]), None, "someone else's name");
}

#[test]
fn a_hint_does_not_repeat_the_password() {
    let Some(PasswordWeakness::Guessable { hint }) = weakness("Mwakyusa-2026", &["Rehema Mwakyusa"]) else {
        panic!("it is weak");
    };
    assert!(!hint.contains("Mwakyusa") && !hint.is_empty(), "{hint}");
}

#[test]
fn endless_input_takes_no_longer_than_a_hundred_letters() {
    // Without the bounds this runs for hours.
    let password = "ab1".repeat(1_000_000);
    let name = "mwakyusa ".repeat(100_000);
    assert!(weakness(&password, &[&name, &name]).is_some());
}

#[test]
fn an_empty_password_is_weak() {
    assert!(is_guessable("", &[]));
}

#[test]
fn each_line_of_the_own_lists_is_needed_and_well_formed() {
    for password in COMMON.iter() {
        let folded: String = password.to_lowercase().split_whitespace().collect();
        assert_eq!(*password, folded);
        let known = LOCAL_WORDS.clone();
        assert!(
            zxcvbn(password, &known).score() >= Score::Three,
            "zxcvbn refuses {password} already"
        );
    }
    for word in LOCAL_WORDS.iter() {
        assert!(word.chars().all(|letter| letter.is_ascii_lowercase()), "{word}");
    }
}
