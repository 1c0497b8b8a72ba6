//! Which passwords are taken.

use crate::identity::email::EmailAddress;

/// The fewest characters, counted as Unicode code points.
pub const MIN_LENGTH: usize = 10;
/// The most characters, counted as Unicode code points.
pub const MAX_LENGTH: usize = 128;

/// Why a password is refused. The password is never repeated.
///
/// No composition is forced and nothing expires. Strength and lists of common passwords need a library, and are judged
/// outside of this crate; their refusals stand here, so that one type tells all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`MIN_LENGTH`] characters.
    #[error("a password has at least {MIN_LENGTH} characters")]
    TooShort,
    /// More than [`MAX_LENGTH`] characters.
    #[error("a password has at most {MAX_LENGTH} characters")]
    TooLong,
    /// It is the mail address, or what stands before its `@`.
    #[error("the mail address is no password")]
    IsAddress,
    /// Easily guessed.
    #[error("this password is easily guessed")]
    TooWeak,
    /// Among those most used.
    #[error("this password is among those most used")]
    TooCommon,
}

impl PasswordError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::IsAddress => "password_is_address",
            Self::TooWeak => "password_too_weak",
            Self::TooCommon => "password_too_common",
        }
    }
}

/// Checks what needs no library: the length, and that it is not the mail address. All found reasons are told; none means
/// that it may be judged further. Characters are Unicode code points, taken as they are: nothing is trimmed.
pub fn check_password(password: &str, address: &EmailAddress) -> Vec<PasswordError> {
    let mut found = Vec::new();
    // One more than the most tells enough, however long it is.
    let length = password.chars().take(MAX_LENGTH + 1).count();
    if length < MIN_LENGTH {
        found.push(PasswordError::TooShort);
    }
    if length > MAX_LENGTH {
        found.push(PasswordError::TooLong);
    }
    let is = |text: &str| password.trim().eq_ignore_ascii_case(text);
    if is(address.normalised()) || is(address.local_part()) {
        found.push(PasswordError::IsAddress);
    }
    found
}

#[cfg(test)]
mod tests;
