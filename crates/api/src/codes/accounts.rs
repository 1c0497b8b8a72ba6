//! People: how they sign in, their passwords, and whom an institution adds.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "invalid_credentials",
        401,
        "Address or password are not right",
        "There is no account with this address and password, or it is locked after too many failures. All are told the same.",
        "Check both. After five failures an account is locked for fifteen minutes.",
    ),
    &Code::new(
        "email_not_verified",
        403,
        "The mail address is not verified",
        "The password is right, but the address was not verified yet.",
        "Enter the code from the mail that was sent to you, or ask for another one.",
    ),
    &Code::new(
        "invalid_code",
        422,
        "The code is not right",
        "The code or token is wrong, was used or superseded by another, has run out, or was tried too often. All are told the \
         same.",
        "Check it against the last mail, or ask for another one. A code is good for ten minutes and five tries, an invitation \
         for seven days.",
    ),
    &Code::new(
        "registration_closed",
        422,
        "Nobody can register there",
        "There is no institution with this code that takes registrations.",
        "Check the code, or ask the institution for an invitation.",
    ),
    &Code::new(
        "email_invalid",
        422,
        "Not a mail address",
        "The address does not have the form `name@example.org`.",
        "Check the address for misprints.",
    ),
    &Code::new(
        "password_too_short",
        422,
        "The password is too short",
        "The password has fewer than ten characters.",
        "Take a longer one: several words do well.",
    ),
    &Code::new(
        "password_too_long",
        422,
        "The password is too long",
        "The password has more than 128 characters.",
        "Take a shorter one.",
    ),
    &Code::new(
        "password_is_address",
        422,
        "The password is the mail address",
        "The password is the mail address, or what stands before its `@`.",
        "Take another one.",
    ),
    &Code::new(
        "password_too_weak",
        422,
        "The password is easily guessed",
        "The password would be guessed too easily.",
        "Take several words that have nothing to do with each other or with you.",
    ),
    &Code::new(
        "password_too_common",
        422,
        "The password is among those most used",
        "The password stands on the lists that attackers try first.",
        "Take another one.",
    ),
    &Code::new(
        "account_shared",
        409,
        "The person belongs to another institution too",
        "The name and language of somebody whom another institution has too are changed by that person only, and a lock ends by \
         itself.",
        "Ask the person to change it, or wait fifteen minutes for the lock to end.",
    ),
    &Code::new(
        "membership_exists",
        409,
        "The person is a member already",
        "The person holds these roles here already, or the membership is disabled.",
        "Change the membership that exists, or enable it.",
    ),
    &Code::new(
        "language_unknown",
        422,
        "Not a language",
        "The language is not named by a BCP 47 tag.",
        "Name it by its tag, such as `en` or `sw`.",
    ),
    &Code::new(
        "password_not_allowed",
        422,
        "An existing person keeps the password",
        "There is an account with this address, whose password is its own matter.",
        "Leave the password out.",
    ),
    &Code::new(
        "organisation_unknown",
        422,
        "There is no such organisation here",
        "Your institution has nothing to do with an organisation of this id.",
        "Check the id, or add the organisation first.",
    ),
];
