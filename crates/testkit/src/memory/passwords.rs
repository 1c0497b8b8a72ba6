//! Passwords, hashed at no cost and judged by a few words.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ipt_ports::identity::{
    PasswordHash, PasswordHashError, PasswordHasher, PasswordStrength, PasswordWeakness,
};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// Hashes in no time, which nobody but a test may do; counts how often it was asked.
#[derive(Debug, Default)]
pub struct CheapHasher {
    hashed: AtomicU64,
    verified: AtomicU64,
    is_busy: AtomicBool,
}

impl CheapHasher {
    /// The hash of a password.
    pub fn hash_of(password: &str) -> PasswordHash {
        let digest = Sha256::digest(password);
        PasswordHash::new(
            digest
                .iter()
                .fold("$cheap$".to_owned(), |text, byte| format!("{text}{byte:02x}")),
        )
    }

    /// How often a password was hashed.
    pub fn hashed(&self) -> u64 {
        self.hashed.load(Ordering::Relaxed)
    }

    /// How often a password was verified, with or without a hash.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }

    /// From now on too many are waiting already, or no longer.
    pub fn set_busy(&self, is_busy: bool) {
        self.is_busy.store(is_busy, Ordering::Relaxed);
    }

    fn check(&self) -> Result<(), PasswordHashError> {
        if self.is_busy.load(Ordering::Relaxed) {
            Err(PasswordHashError::Busy)
        } else {
            Ok(())
        }
    }
}

#[async_trait::async_trait]
impl PasswordHasher for CheapHasher {
    async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordHashError> {
        self.check()?;
        self.hashed.fetch_add(1, Ordering::Relaxed);
        Ok(Self::hash_of(password.expose_secret()))
    }

    async fn verify(
        &self,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, PasswordHashError> {
        self.check()?;
        self.verified.fetch_add(1, Ordering::Relaxed);
        let own = Self::hash_of(password.expose_secret());
        Ok(hash.is_some_and(|hash| hash.secret().expose_secret() == own.secret().expose_secret()))
    }
}

/// Takes a password with `password` in it for a common one, and one with `weak` or a word of its context for one that is
/// easily guessed.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordListStrength;

impl PasswordStrength for WordListStrength {
    fn weakness(&self, password: &SecretString, context: &[&str]) -> Option<PasswordWeakness> {
        let password = password.expose_secret().to_lowercase();
        if password.contains("password") {
            return Some(PasswordWeakness::Common);
        }
        let known = context
            .iter()
            .map(|word| word.to_lowercase())
            .filter(|word| !word.is_empty());
        let guessable = std::iter::once("weak".to_owned())
            .chain(known)
            .any(|word| password.contains(&word));
        guessable.then(|| PasswordWeakness::Guessable {
            hint: "add another word".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_own_hash_alone() {
        let hasher = CheapHasher::default();
        let hash = hasher.hash("correct horse".into()).await.unwrap();
        assert!(!hash.secret().expose_secret().contains("horse"));
        assert!(
            hasher
                .verify("correct horse".into(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!hasher.verify("battery".into(), Some(hash)).await.unwrap());
        assert!(!hasher.verify("battery".into(), None).await.unwrap());
        assert_eq!(hasher.verified(), 3);

        hasher.set_busy(true);
        assert!(matches!(
            hasher.hash("battery".into()).await,
            Err(PasswordHashError::Busy)
        ));
    }

    #[test]
    fn words_of_the_list_and_of_the_context_are_weak() {
        let weakness = |password: &str| WordListStrength.weakness(&password.into(), &["Asha"]);
        assert_eq!(weakness("my Password 7"), Some(PasswordWeakness::Common));
        assert!(matches!(
            weakness("asha 1999"),
            Some(PasswordWeakness::Guessable { .. })
        ));
        assert_eq!(weakness("correct horse"), None);
    }
}
