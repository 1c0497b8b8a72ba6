//! The keys under which what is sensitive is sealed, and their files.

use std::{io::ErrorKind, path::Path};

use aws_lc_rs::aead::{AES_256_GCM, RandomizedNonceKey};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ipt_ports::identity::KeyId;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use crate::{
    secrets::random,
    signing_key::{SigningKeyError, file},
};

/// What such a file begins with, so that no other secret is taken for one.
const HEAD: &str = "ipt-encryption-key:";

/// A key of AES-256. Neither printed nor handed out.
pub struct SealingKey {
    id: KeyId,
    cipher: RandomizedNonceKey,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum SealingKeyError {
    /// The file cannot be read or made, or lies open to others.
    #[error(transparent)]
    File(#[from] SigningKeyError),
    /// The file holds something else.
    #[error("the key's file {path} does not hold an encryption key: a line `{HEAD}` with 32 bytes in Base64")]
    Content {
        /// The file.
        path: String,
    },
}

impl SealingKey {
    /// Reads the key from `path`, or makes it there: readable by its owner only, whole or not at all, and one only although
    /// several processes start at once. Blocks on the disk: for the start of a process.
    ///
    /// # Errors
    /// [`SealingKeyError`].
    pub fn load_or_create(path: &Path) -> Result<Self, SealingKeyError> {
        if file::read(path)?.is_none() {
            file::create(path, &new_text()).map_err(|source| SigningKeyError::File {
                path: path.display().to_string(),
                source,
            })?;
        }
        Self::load(path)
    }

    /// Reads a key that must be there.
    ///
    /// # Errors
    /// [`SealingKeyError`], also when there is no such file.
    pub fn load(path: &Path) -> Result<Self, SealingKeyError> {
        let shown = || path.display().to_string();
        let found = file::read(path)?.ok_or_else(|| SigningKeyError::File {
            path: shown(),
            source: ErrorKind::NotFound.into(),
        })?;
        found.must_be_closed(path)?;
        Self::from_text(&found.text).ok_or_else(|| SealingKeyError::Content { path: shown() })
    }

    /// The key in this text, if it is one.
    pub fn from_text(text: &SecretString) -> Option<Self> {
        let encoded = text.expose_secret().trim().strip_prefix(HEAD)?.trim();
        let bytes: [u8; 32] = STANDARD.decode(encoded).ok()?.try_into().ok()?;
        let digest = Sha256::new()
            .chain_update(b"ipt encryption key id\0")
            .chain_update(bytes)
            .finalize();
        let first: [u8; 8] = std::array::from_fn(|place| digest[place]);
        let id = format!("{:016x}", u64::from_be_bytes(first));
        Some(Self {
            id: KeyId::new(id),
            cipher: RandomizedNonceKey::new(&AES_256_GCM, &bytes).ok()?,
        })
    }

    /// A new key that is kept nowhere, for a process whose data need not outlive it.
    ///
    /// # Panics
    /// When the operating system has no randomness to give.
    #[expect(
        clippy::expect_used,
        reason = "a text made two lines above reads back; a test holds it to that"
    )]
    pub fn ephemeral() -> Self {
        Self::from_text(&new_text()).expect("a new key is well formed")
    }

    /// The key's name, which tells nothing of the key.
    pub const fn id(&self) -> &KeyId {
        &self.id
    }

    pub(crate) const fn cipher(&self) -> &RandomizedNonceKey {
        &self.cipher
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SealingKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The text of a new key.
fn new_text() -> SecretString {
    SecretString::from(format!("{HEAD}{}\n", STANDARD.encode(random::<32>())))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys").join("encryption-key");
        let made = SealingKey::load_or_create(&path).unwrap();
        assert_eq!(SealingKey::load_or_create(&path).unwrap().id(), made.id());
        let rights = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = SealingKey::load(&path).unwrap_err().to_string();
        assert!(refused.contains("mode 0644"), "{refused}");
    }

    #[test]
    fn what_is_no_key_is_told_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other");
        for text in [
            "",
            "ipt-encryption-key:",
            "ipt-encryption-key:c2hvcnQ=",
            "-----BEGIN PRIVATE KEY-----",
        ] {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
            let refused = SealingKey::load(&path).unwrap_err();
            assert!(
                matches!(refused, SealingKeyError::Content { .. }),
                "{text}: {refused}"
            );
            assert!(refused.to_string().contains("other"), "{refused}");
        }
        assert!(SealingKey::load(&folder.path().join("absent")).is_err());
    }

    #[test]
    fn a_key_is_not_printed() {
        let text = SecretString::from(format!("{HEAD}{}", STANDARD.encode([7; 32])));
        let key = SealingKey::from_text(&text).unwrap();
        assert_eq!(
            format!("{key:?}"),
            format!("SealingKey {{ id: {:?}, .. }}", key.id())
        );
        assert_ne!(key.id(), SealingKey::ephemeral().id());
    }
}
