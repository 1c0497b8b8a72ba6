//! Judging passwords by a few words.

use ipt_ports::identity::{PasswordStrength, PasswordWeakness};
use secrecy::{ExposeSecret as _, SecretString};

/// Finds `password` in a password common, and `weak` easily guessed; whose it is, it does not look at, so that the people of
/// these tests have passwords with their names in them.
#[derive(Debug)]
pub(crate) struct WordList;

impl PasswordStrength for WordList {
    fn weakness(&self, password: &SecretString, _: &[&str]) -> Option<PasswordWeakness> {
        let password = password.expose_secret();
        if password.contains("password") {
            Some(PasswordWeakness::Common)
        } else if password.contains("weak") {
            Some(PasswordWeakness::Guessable {
                hint: "add another word".to_owned(),
            })
        } else {
            None
        }
    }
}
