//! The key that signs access tokens, and the file in which it lies.

use std::{fs, io, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{AlgorithmParameters, Jwk},
};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};

use crate::{secrets::random, verification_key::VerificationKey};

pub(crate) mod file;

/// An Ed25519 private key. Neither printed nor handed out.
pub struct SigningKey {
    encoding: EncodingKey,
    public: VerificationKey,
    /// What keys for other purposes are derived from.
    root: SecretBox<[u8; 32]>,
}

/// Why there is no signing key.
#[derive(Debug, thiserror::Error)]
pub enum SigningKeyError {
    /// The file cannot be read or made.
    #[error("the key's file {path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What went wrong.
        source: io::Error,
    },
    /// Others than its owner can get at the file.
    #[error(
        "the key's file {path} has mode {mode:04o}: others than its owner can read or change it; `chmod 600` it, and \
         make a new key if they may have done so"
    )]
    Open {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// The file holds something else.
    #[error("the signing key's file {path} does not hold an Ed25519 private key as PKCS#8 in PEM")]
    Content {
        /// The file.
        path: String,
    },
    /// The file of a further key holds none.
    #[error(
        "the key's file {path} does not hold an Ed25519 key in PEM, neither a private one as PKCS#8 nor a public one"
    )]
    NoKey {
        /// The file.
        path: String,
    },
}

/// PKCS#8 around an Ed25519 seed (RFC 8410, §7): all that comes before the 32 bytes.
const PKCS8_HEAD: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

impl SigningKey {
    /// Reads the key from `path`, or makes it there: readable by its owner only, whole or not at all, and one only although
    /// several processes start at once. Blocks on the disk: for the start of a process.
    ///
    /// # Errors
    /// [`SigningKeyError`].
    pub fn load_or_create(path: &Path) -> Result<Self, SigningKeyError> {
        let failed = |source| SigningKeyError::File {
            path: path.display().to_string(),
            source,
        };
        let found = if let Some(found) = file::read(path)? {
            found
        } else {
            file::create(path, &new_pem()).map_err(failed)?;
            file::read(path)?.ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?
        };
        found.must_be_closed(path)?;
        Self::from_pem(&found.text).ok_or_else(|| SigningKeyError::Content {
            path: path.display().to_string(),
        })
    }

    /// The key in this PEM, if it is one: PKCS#8, Ed25519.
    pub fn from_pem(pem: &SecretString) -> Option<Self> {
        let encoding = EncodingKey::from_ed_pem(pem.expose_secret().as_bytes()).ok()?;
        let AlgorithmParameters::OctetKeyPair(parameters) =
            Jwk::from_encoding_key(&encoding, Algorithm::EdDSA)
                .ok()?
                .algorithm
        else {
            return None;
        };
        let public: [u8; 32] = URL_SAFE_NO_PAD.decode(parameters.x).ok()?.try_into().ok()?;
        let root = Sha256::new()
            .chain_update(b"ipt derived keys\0")
            .chain_update(encoding.as_bytes())
            .finalize();
        Some(Self {
            encoding,
            public: VerificationKey::new(&public),
            root: SecretBox::new(Box::new(root.into())),
        })
    }

    /// A key for another purpose, the same on every node that has this one, and telling nothing of it.
    pub fn derive(&self, purpose: &[u8]) -> SecretBox<[u8; 32]> {
        let derived = Sha256::new()
            .chain_update(self.root.expose_secret())
            .chain_update(purpose)
            .finalize();
        SecretBox::new(Box::new(derived.into()))
    }

    /// A new key that is kept nowhere, for a process whose tokens need not outlive it.
    ///
    /// # Panics
    /// When the operating system has no randomness to give.
    #[expect(
        clippy::expect_used,
        reason = "a PEM made two lines above reads back; a test holds it to that"
    )]
    pub fn ephemeral() -> Self {
        Self::from_pem(&new_pem()).expect("a new key is well formed")
    }

    /// The public half.
    pub const fn public(&self) -> &VerificationKey {
        &self.public
    }

    pub(crate) const fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SigningKey")
            .field("id", &self.public.id())
            .finish_non_exhaustive()
    }
}

/// A new key. Any 32 bytes are an Ed25519 seed (RFC 8032, §5.1.5).
fn new_pem() -> SecretString {
    let seed: [u8; 32] = random();
    let body = STANDARD.encode([PKCS8_HEAD.as_slice(), &seed].concat());
    SecretString::from(format!(
        "-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"
    ))
}

#[cfg(test)]
mod tests;
