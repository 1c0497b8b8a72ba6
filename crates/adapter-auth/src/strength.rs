//! How easily a password is guessed, judged offline.

use std::sync::LazyLock;

use ipt_ports::identity::{PasswordStrength, PasswordWeakness};
use secrecy::{ExposeSecret, SecretString};
use zxcvbn::{
    Entropy, Score,
    feedback::{Feedback, Warning},
    zxcvbn,
};

mod hint;

/// What is looked at: the estimate takes time that grows fast with the length, and the rest adds nothing to a guess.
const LONGEST: usize = 72;

/// No listed password is longer.
const LONGEST_LISTED: usize = 40;

/// How many of a context's words are looked at; the rest of a long name is no easier to guess from.
const MOST_WORDS: usize = 20;

/// Common passwords that the estimate lets pass, lower case and without blanks.
static COMMON: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("strength/common_passwords.txt")));

/// Words of the places and the trade of this product, most likely first; the estimate itself knows English ones only.
static LOCAL_WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("strength/local_words.txt")));

/// Judges by zxcvbn: a password must score 3 of 4 (beyond 10⁸ guesses), not live on the person's own name and address, and
/// not be a commonly used one: one of the 30,000 in zxcvbn's own list, in whatever letter case, or of a few that it
/// lacks. Takes a few milliseconds; keeps nothing and asks nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct ZxcvbnStrength;

impl PasswordStrength for ZxcvbnStrength {
    fn weakness(&self, password: &SecretString, context: &[&str]) -> Option<PasswordWeakness> {
        let password: String = password.expose_secret().chars().take(LONGEST).collect();
        let words = words_of(context);
        let known: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .chain(LOCAL_WORDS.iter().copied())
            .collect();

        let estimate = zxcvbn(&password, &known);
        let folded: String = password.to_lowercase().split_whitespace().collect();
        if is_listed(&estimate) || is_common(&folded) {
            return Some(PasswordWeakness::Common);
        }
        if estimate.score() < Score::Three {
            return Some(PasswordWeakness::Guessable {
                hint: hint::of(estimate.feedback()),
            });
        }
        leans_on(&words, &password).then(|| PasswordWeakness::Guessable {
            hint: hint::ABOUT_YOU.to_owned(),
        })
    }
}

/// Whether little is left without the person's own words. The estimate alone lets "first.last" pass: it takes any three
/// pieces in a row for hard to guess, however well known each is.
fn leans_on(words: &[String], password: &str) -> bool {
    let whole = password.to_lowercase();
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words
        .iter()
        .fold(whole.clone(), |rest, word| rest.replace(word.as_str(), ""));
    rest != whole && zxcvbn(&rest, &[]).score() < Score::Two
}

/// Whether this, in lower case and without blanks, is a commonly used password.
fn is_common(folded: &str) -> bool {
    folded.len() <= LONGEST_LISTED && (COMMON.contains(&folded) || is_listed(&zxcvbn(folded, &[])))
}

/// Whether the whole of it is one entry of zxcvbn's list of passwords.
fn is_listed(estimate: &Entropy) -> bool {
    let warning = estimate.feedback().and_then(Feedback::warning);
    matches!(
        warning,
        Some(Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword)
    )
}

/// The words of names and addresses, each whole and in its parts.
fn words_of(context: &[&str]) -> Vec<String> {
    let parts = context.iter().flat_map(|text| {
        let parts = text.split(|letter: char| !letter.is_alphanumeric());
        std::iter::once(*text).chain(parts)
    });
    let long_enough = parts.map(str::trim).filter(|word| word.chars().count() >= 3);
    long_enough
        .take(MOST_WORDS)
        .map(|word| word.chars().take(LONGEST).collect())
        .collect()
}

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[cfg(test)]
mod tests;
