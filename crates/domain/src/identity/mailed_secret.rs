//! Codes and tokens that prove who reads a mailbox: how long they are good for, how often they may be tried, and how often
//! they are mailed.

use chrono::TimeDelta;

use crate::{
    Instant,
    id::{MailedSecretId, UserId},
    version::Version,
};

/// How many digits a code has.
pub const CODE_DIGITS: usize = 8;

/// How often a code may be tried, the right one included.
pub const MAX_TRIES: u32 = 5;

/// How many mails of a kind go to one person within [`MAIL_WINDOW`]. A second one at once is none too many: the first may
/// have been lost, or its code mistyped.
pub const MAX_MAILS: u32 = 5;

/// Within which time mails add up.
pub const MAIL_WINDOW: TimeDelta = TimeDelta::hours(1);

/// What a secret is for. Each person has at most one of each kind: a new one takes the place of the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum SecretPurpose {
    /// A code that verifies the mail address.
    VerifyEmail,
    /// A code with which a new password is set.
    ResetPassword,
    /// A token with which somebody who was invited sets the first password.
    AcceptInvitation,
    /// Nothing: it only counts the mails that tell somebody of another's try to register with the address.
    RegistrationNotice,
}

impl SecretPurpose {
    /// Every purpose.
    pub const ALL: [Self; 4] = [
        Self::VerifyEmail,
        Self::ResetPassword,
        Self::AcceptInvitation,
        Self::RegistrationNotice,
    ];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::AcceptInvitation => "accept_invitation",
            Self::RegistrationNotice => "registration_notice",
        }
    }

    /// The purpose with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == name)
    }

    /// For how long a secret is good: a code for ten minutes, an invitation for a week.
    pub const fn lasts(self) -> TimeDelta {
        match self {
            Self::VerifyEmail | Self::ResetPassword | Self::RegistrationNotice => TimeDelta::minutes(10),
            Self::AcceptInvitation => TimeDelta::days(7),
        }
    }
}

/// Who causes a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailPace {
    /// Anybody who knows the address: the mails are counted, so that nobody's mailbox is flooded.
    Asked,
    /// Somebody signed in, who may manage the person.
    Ordered,
}

/// A secret as it is kept: never itself, only a keyed digest of it.
///
/// An address that nobody has is counted as well, under an id that stands for it, so that it is answered in the same way
/// and the same time as one that somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailedSecret {
    /// Whom it concerns: the account, or what stands for an address that nobody has.
    pub subject: UserId,
    /// What it is for.
    pub purpose: SecretPurpose,
    /// Its id, from which those who have the key make the secret.
    pub id: MailedSecretId,
    /// The keyed digest of the secret.
    pub digest: [u8; 32],
    /// When it was made.
    pub issued_at: Instant,
    /// From when on it is no good any more.
    pub expires_at: Instant,
    /// How often it was tried.
    pub tries: u32,
    /// When it was used.
    pub used_at: Option<Instant>,
    /// The first of the mails that are counted.
    pub counting_since: Instant,
    /// How many mails there were since.
    pub mailed: u32,
    /// Its version.
    pub version: Version,
}

impl MailedSecret {
    /// A new secret in the place of `before`, whose mail is counted; none when there were enough mails: then whatever there
    /// was stays as it is.
    pub fn issue(
        before: Option<&Self>,
        (subject, purpose): (UserId, SecretPurpose),
        (id, digest): (MailedSecretId, [u8; 32]),
        pace: MailPace,
        now: Instant,
    ) -> Option<Self> {
        let counted = before.filter(|before| now - before.counting_since < MAIL_WINDOW);
        let enough = counted.is_some_and(|counted| counted.mailed >= MAX_MAILS);
        if enough && pace == MailPace::Asked {
            return None;
        }
        Some(Self {
            subject,
            purpose,
            id,
            digest,
            issued_at: now,
            expires_at: now + purpose.lasts(),
            tries: 0,
            used_at: None,
            counting_since: counted.map_or(now, |counted| counted.counting_since),
            mailed: counted.map_or(0, |counted| counted.mailed).saturating_add(1),
            version: before.map_or(Version::FIRST, |before| before.version.next()),
        })
    }

    /// Whether it can still be used: neither used nor run out, and not tried too often.
    pub fn is_open(&self, now: Instant) -> bool {
        self.used_at.is_none() && now < self.expires_at && self.tries < MAX_TRIES
    }
}

/// The digits of a code as somebody typed it, without the blanks in it; none for anything that cannot be a code.
pub fn code_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    (digits.len() == CODE_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests;
