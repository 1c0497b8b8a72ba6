//! A person's account, one for the whole deployment.

use crate::{
    Instant,
    id::{TenantId, UserId},
    identity::{email::EmailAddress, lockout::Lockout, name::PersonName},
    version::Version,
};

/// One person with one mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: UserId,
    /// The address.
    pub email: EmailAddress,
    /// The full name.
    pub full_name: PersonName,
    /// When the address was verified, or vouched for by an administrator.
    pub email_verified_at: Option<Instant>,
    /// When the account was disabled for the whole deployment.
    pub disabled_at: Option<Instant>,
    /// The recent failures to sign in.
    pub lockout: Lockout,
    /// The language for mails, as a BCP 47 tag.
    pub language: String,
    /// The institution used last.
    pub last_tenant: Option<TenantId>,
    /// When it was made.
    pub created_at: Instant,
    /// Its version.
    pub version: Version,
}

impl Account {
    /// A new account.
    pub fn new(id: UserId, email: EmailAddress, full_name: PersonName, now: Instant) -> Self {
        Self {
            id,
            email,
            full_name,
            email_verified_at: None,
            disabled_at: None,
            lockout: Lockout::default(),
            language: "en".to_owned(),
            last_tenant: None,
            created_at: now,
            version: Version::FIRST,
        }
    }

    /// Whether the address was verified.
    pub const fn is_verified(&self) -> bool {
        self.email_verified_at.is_some()
    }

    /// Whether the account was disabled for the whole deployment.
    pub const fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }
}
