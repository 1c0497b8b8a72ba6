//! Keys that sign nothing here, and whose tokens are good all the same.

use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox, SecretString};

use crate::{
    signing_key::{SigningKey, SigningKeyError, file},
    verification_key::VerificationKey,
};

/// A `SubjectPublicKeyInfo` around an Ed25519 public key (RFC 8410, §4): all that comes before the 32 bytes.
const SPKI_HEAD: [u8; 12] = *b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// A key beside the signing key: the one before it, until its tokens have run out, or the one to come, so that every node
/// knows it before the first signs with it.
#[derive(Debug)]
pub struct AcceptedKey {
    public: VerificationKey,
    /// With the private half, what was sealed by a key derived from it can still be opened.
    private: Option<SigningKey>,
}

impl AcceptedKey {
    /// Reads a key from a file: a private key, which only its owner may read, or a public one. Blocks on the disk: for the
    /// start of a process.
    ///
    /// # Errors
    /// [`SigningKeyError`], also when there is no such file.
    pub fn load(path: &Path) -> Result<Self, SigningKeyError> {
        let shown = || path.display().to_string();
        let found = file::read(path)?.ok_or_else(|| SigningKeyError::File {
            path: shown(),
            source: std::io::ErrorKind::NotFound.into(),
        })?;
        if let Some(public) = public_key(&found.text) {
            return Ok(Self {
                public,
                private: None,
            });
        }
        found.must_be_closed(path)?;
        let private =
            SigningKey::from_pem(&found.text).ok_or_else(|| SigningKeyError::NoKey { path: shown() })?;
        Ok(Self {
            public: private.public().clone(),
            private: Some(private),
        })
    }

    /// The public half.
    pub const fn public(&self) -> &VerificationKey {
        &self.public
    }

    /// The key for another purpose that [`SigningKey::derive`] made of it; none when only the public half is here.
    pub fn derive(&self, purpose: &[u8]) -> Option<SecretBox<[u8; 32]>> {
        self.private.as_ref().map(|key| key.derive(purpose))
    }
}

/// The public key in this PEM, if it is one: `SubjectPublicKeyInfo`, Ed25519.
fn public_key(pem: &SecretString) -> Option<VerificationKey> {
    let body = pem
        .expose_secret()
        .trim()
        .strip_prefix("-----BEGIN PUBLIC KEY-----")?
        .strip_suffix("-----END PUBLIC KEY-----")?;
    let body: String = body.split_ascii_whitespace().collect();
    let der = STANDARD.decode(body).ok()?;
    let key = der.strip_prefix(&SPKI_HEAD)?;
    Some(VerificationKey::new(key.try_into().ok()?))
}

#[cfg(test)]
mod tests;
