//! Passwords, tokens, secrets, time and ids: the ports of `ipt-ports` whose answers come from cryptography, from the
//! operating system or from its clock.
//!
//! | port | here |
//! |---|---|
//! | `PasswordHasher` | [`Argon2Hasher`]: Argon2id on the blocking pool, bounded |
//! | `PasswordStrength` | [`ZxcvbnStrength`]: offline |
//! | `AccessTokens` | [`JwtAccessTokens`]: EdDSA only, with the keys of [`SigningKey`] and [`AcceptedKey`] |
//! | `Signer` | [`Ed25519Signer`]: with the same keys |
//! | `SecretGenerator` | [`OsSecrets`] |
//! | `MailedSecrets` | [`KeyedSecrets`]: HMAC under a key derived from that of [`SigningKey`] |
//! | `Sealer` | [`KeyedSealer`]: AES-256-GCM under the keys of [`SealingKey`] |
//! | `Clock`, `IdGenerator` | [`SystemClock`], [`UuidV7Generator`] |
//!
//! No secret is printed: keys, hashes and passwords have no `Display`, and their `Debug` is redacted.

mod accepted_key;
mod access_tokens;
mod argon2_hasher;
mod clock;
mod ed25519_signer;
mod mailed_secrets;
mod sealing;
mod sealing_key;
mod secrets;
mod signing_key;
mod strength;
mod token_claims;
mod verification_key;
mod verified_tokens;

pub use accepted_key::AcceptedKey;
pub use access_tokens::{JwtAccessTokens, TokenSettings};
pub use argon2_hasher::{Argon2Hasher, Argon2Settings, Argon2SettingsError};
pub use clock::{SystemClock, UuidV7Generator};
pub use ed25519_signer::Ed25519Signer;
pub use mailed_secrets::KeyedSecrets;
pub use sealing::KeyedSealer;
pub use sealing_key::{SealingKey, SealingKeyError};
pub use secrets::OsSecrets;
pub use signing_key::{SigningKey, SigningKeyError};
pub use strength::ZxcvbnStrength;
pub use verification_key::VerificationKey;
