//! What to tell a person whose password is guessed too easily.

use zxcvbn::feedback::{Feedback, Suggestion, Warning};

/// What always helps.
const DEFAULT: &str =
    "Use a few words that do not usually stand together; a longer password is better than a complicated one.";

/// For a password that is hardly more than the person's name or address.
pub(super) const ABOUT_YOU: &str = "Leave out your name and address. Add another word or two, uncommon ones.";

/// One to three short sentences: what is wrong, and what would help.
pub(super) fn of(feedback: Option<&Feedback>) -> String {
    let Some(feedback) = feedback else {
        return DEFAULT.to_owned();
    };
    let warning = feedback.warning().map(wrong);
    let mut sentences: Vec<&str> = warning
        .into_iter()
        .chain(feedback.suggestions().iter().copied().map(better))
        .collect();
    sentences.dedup();
    sentences.truncate(3);
    if sentences.is_empty() {
        DEFAULT.to_owned()
    } else {
        sentences.join(" ")
    }
}

const fn wrong(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "Rows of neighbouring keys are easy to guess.",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "Short patterns on the keyboard are easy to guess.",
        Warning::RepeatsLikeAaaAreEasyToGuess => "Repeated letters like “aaa” are easy to guess.",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            "Repeats like “abcabcabc” are hardly harder to guess than “abc”."
        }
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => {
            "This password is commonly used."
        }
        Warning::ThisIsSimilarToACommonlyUsedPassword => "This is close to a commonly used password.",
        Warning::SequencesLikeAbcAreEasyToGuess => "Sequences like “abc” or “6543” are easy to guess.",
        Warning::RecentYearsAreEasyToGuess => "Recent years are easy to guess.",
        Warning::AWordByItselfIsEasyToGuess => "A word by itself is easy to guess.",
        Warning::DatesAreOftenEasyToGuess => "Dates are easy to guess.",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => "Names by themselves are easy to guess.",
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "Common names are easy to guess.",
    }
}

const fn better(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases | Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => {
            DEFAULT
        }
        Suggestion::AddAnotherWordOrTwo => "Add another word or two, uncommon ones.",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "A capital letter in front does not help much.",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => {
            "Capitals throughout are almost as easy to guess as small letters."
        }
        Suggestion::ReversedWordsArentMuchHarderToGuess => {
            "Words written backwards are not much harder to guess."
        }
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => {
            "Putting “@” for “a” and the like does not help much."
        }
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "A longer pattern with more turns is better.",
        Suggestion::AvoidRepeatedWordsAndCharacters => "Avoid repeated words and letters.",
        Suggestion::AvoidSequences => "Avoid sequences.",
        Suggestion::AvoidRecentYears => "Avoid recent years.",
        Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => {
            "Avoid dates and years that have to do with you."
        }
    }
}

#[cfg(test)]
mod tests {
    use zxcvbn::zxcvbn;

    use super::*;

    #[test]
    fn a_hint_says_what_is_wrong_and_what_would_help() {
        let of = |password| of(zxcvbn(password, &[]).feedback());
        assert_eq!(
            of("aaaaaaaaaa"),
            "Repeated letters like “aaa” are easy to guess. Add another word or two, uncommon ones. Avoid repeated words and letters."
        );
        assert_eq!(of(""), DEFAULT);
        assert_eq!(
            of("television"),
            "A word by itself is easy to guess. Add another word or two, uncommon ones."
        );
    }

    #[test]
    fn a_hint_is_short_and_never_empty() {
        for password in [
            "Password2026",
            "qwertyuiop",
            "19840517",
            "P@ssw0rd!",
            "mwanafunzi",
            "x",
            "drowssap",
            "JOHNSON",
        ] {
            let hint = of(zxcvbn(password, &[]).feedback());
            assert!(
                (20..240).contains(&hint.len()) && hint.ends_with('.'),
                "{password}: {hint}"
            );
        }
    }
}
