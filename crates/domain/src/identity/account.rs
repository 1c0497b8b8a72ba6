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

    /// The account without anything that tells whose it was. Its id stays, so that logs, placements and the audit trail still
    /// belong to one and the same person; its address is free for somebody else. `stand_in` is an id that nobody can guess.
    #[must_use]
    pub fn erased(self, stand_in: uuid::Uuid, now: Instant) -> Self {
        Self {
            email: EmailAddress::of_erased(stand_in),
            full_name: PersonName::of_erased(),
            email_verified_at: None,
            disabled_at: self.disabled_at.or(Some(now)),
            lockout: Lockout::default(),
            language: "en".to_owned(),
            last_tenant: None,
            version: self.version.next(),
            ..self
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_erased_account_keeps_its_id_and_nothing_that_tells_whose_it_was() {
        let now: Instant = "2026-07-06T08:00:00Z".parse().unwrap();
        let email = EmailAddress::parse("asha@uni.example").unwrap();
        let name = PersonName::parse("Asha Mushi").unwrap();
        let mut account = Account::new(UserId::new(Uuid::from_u128(7)), email, name, now);
        account.email_verified_at = Some(now);
        assert!(account.is_verified() && !account.is_disabled());
        account.last_tenant = Some(TenantId::new(Uuid::from_u128(8)));
        account.language = "sw".to_owned();
        account.lockout = account.lockout.after_failure(now);
        let erased = account.clone().erased(Uuid::from_u128(9), now);
        assert_eq!((erased.id, erased.created_at), (account.id, account.created_at));
        assert!(erased.is_disabled() && !erased.is_verified());
        let told = format!("{} {} {erased:?}", erased.email.as_str(), erased.full_name);
        for personal in ["asha", "Asha", "Mushi", "sw\"", "failures: 1"] {
            assert!(!told.contains(personal), "{personal} in {told}");
        }
        assert_eq!(erased.last_tenant, None);
        assert_eq!(erased.version, account.version.next());
    }
}
