//! Unguessable values.

use secrecy::SecretString;

/// Makes secrets from the operating system's randomness, and the form in which they are stored.
pub trait SecretGenerator: Send + Sync {
    /// An opaque token of 256 bits, as unpadded base64url.
    fn token(&self) -> SecretString;

    /// 128 random bits.
    fn salt(&self) -> [u8; 16];

    /// The SHA-256 of a token: what is stored of it, and looked up by.
    fn digest(&self, token: &SecretString) -> [u8; 32];
}
