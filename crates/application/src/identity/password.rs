//! Judging a new password.

use ipt_domain::identity::{
    email::EmailAddress,
    name::PersonName,
    password::{MAX_LENGTH, PasswordError, check_password},
};
use ipt_ports::identity::PasswordWeakness;
use secrecy::{ExposeSecret as _, SecretString};

use super::IdentityViolation;
use crate::Services;

/// Everything that is wrong with a new password of this person, together; `pointer` is the field that it came in.
pub(super) fn judge(
    services: &Services,
    (password, pointer): (&SecretString, &'static str),
    address: &EmailAddress,
    name: Option<&PersonName>,
) -> Vec<IdentityViolation> {
    let of = |error, hint| IdentityViolation::Password { error, hint, pointer };
    let secret = password.expose_secret();
    let mut found: Vec<_> = check_password(secret, address)
        .into_iter()
        .map(|error| of(error, None))
        .collect();
    // Judging takes longer the longer it is; one that is too long is refused anyway.
    if secret.chars().take(MAX_LENGTH + 1).count() > MAX_LENGTH {
        return found;
    }
    let context: Vec<&str> = [address.normalised(), address.local_part()]
        .into_iter()
        .chain(name.into_iter().flat_map(|name| name.as_str().split_whitespace()))
        .collect();
    match services.strength.weakness(password, &context) {
        None => {}
        Some(PasswordWeakness::Common) => found.push(of(PasswordError::TooCommon, None)),
        Some(PasswordWeakness::Guessable { hint }) => found.push(of(PasswordError::TooWeak, Some(hint))),
    }
    found
}
