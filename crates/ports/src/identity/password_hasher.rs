//! Hashing and judging passwords.

use secrecy::SecretString;

/// A password's hash, as a PHC string; never printed.
#[derive(Clone, Debug)]
pub struct PasswordHash(SecretString);

impl PasswordHash {
    /// Wraps a PHC string.
    pub fn new(phc: String) -> Self {
        Self(SecretString::from(phc))
    }

    /// The PHC string, for storing and verifying only.
    pub const fn secret(&self) -> &SecretString {
        &self.0
    }
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordHashError {
    /// Too many are waiting already; come back later.
    #[error("too many passwords are waiting to be checked")]
    Busy,
    /// The stored hash is unreadable, or hashing failed.
    #[error("the password could not be hashed or checked")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Hashes passwords, slowly on purpose, off the threads that serve requests, and only a bounded number at once.
#[async_trait::async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a password.
    ///
    /// # Errors
    /// [`PasswordHashError`].
    async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordHashError>;

    /// Whether the password belongs to the hash. Without a hash (an unknown address) it takes the same time and says no.
    ///
    /// # Errors
    /// [`PasswordHashError`].
    async fn verify(
        &self,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, PasswordHashError>;
}

/// What makes a password weak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordWeakness {
    /// It is among the commonly used ones.
    Common,
    /// It is guessed too easily; with a hint for the person.
    Guessable {
        /// What would help.
        hint: String,
    },
}

/// Judges how easily a password is guessed, offline.
pub trait PasswordStrength: Send + Sync {
    /// What makes `password` weak, if anything; `context` holds words that an attacker would try first (name, address).
    fn weakness(&self, password: &SecretString, context: &[&str]) -> Option<PasswordWeakness>;
}
