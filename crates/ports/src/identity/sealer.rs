//! Sealing what is sensitive before it is stored.

use std::fmt;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::personal::PersonalField,
};
use secrecy::SecretString;

/// Where a sealed value belongs. It opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The institution that keeps it.
    pub tenant_id: TenantId,
    /// Whose it is.
    pub user_id: UserId,
    /// What it is.
    pub field: PersonalField,
}

/// The name of a key, which tells nothing of the key: lower-case letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// A key's name.
    pub const fn new(name: String) -> Self {
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A sealed value, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The key under which it lies.
    pub key_id: KeyId,
    /// Of no use without the key: nonce, cipher text and tag, as text.
    pub text: String,
}

/// Why a sealed value does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Its key is not among those that are here.
    #[error("it was sealed with the key {key_id}, which is not here")]
    KeyMissing {
        /// The key.
        key_id: KeyId,
    },
    /// It was changed, or belongs somewhere else.
    #[error("it was changed after it was sealed, or belongs elsewhere")]
    Damaged,
}

/// A value could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value could not be sealed")]
pub struct SealError;

/// Seals values and opens them again. What was sealed under an earlier key opens as long as that key is accepted.
pub trait Sealer: Send + Sync {
    /// Seals a value for its place, under the current key.
    ///
    /// # Errors
    /// [`SealError`].
    fn seal(&self, place: Place, value: &SecretString) -> Result<Sealed, SealError>;

    /// Opens what was sealed for this very place.
    ///
    /// # Errors
    /// [`OpenError`].
    fn open(&self, place: Place, sealed: &Sealed) -> Result<SecretString, OpenError>;

    /// Whether what was sealed under this key opens.
    fn knows(&self, key: &KeyId) -> bool;

    /// The key under which values are sealed now.
    fn current(&self) -> &KeyId;
}
