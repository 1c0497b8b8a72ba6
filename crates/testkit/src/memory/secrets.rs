//! Secrets that are the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ipt_ports::identity::SecretGenerator;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// Makes secrets from a seed, of the same form as real ones: reproducible, and different for different seeds.
#[derive(Debug, Default)]
pub struct SeededSecrets {
    seed: u64,
    made: AtomicU64,
}

impl SeededSecrets {
    /// Secrets of this seed.
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            made: AtomicU64::new(0),
        }
    }

    fn next(&self) -> [u8; 32] {
        let made = self.made.fetch_add(1, Ordering::Relaxed);
        let mut hasher = Sha256::new();
        hasher.update(self.seed.to_be_bytes());
        hasher.update(made.to_be_bytes());
        hasher.finalize().into()
    }
}

impl SecretGenerator for SeededSecrets {
    fn token(&self) -> SecretString {
        SecretString::from(URL_SAFE_NO_PAD.encode(self.next()))
    }

    fn salt(&self) -> [u8; 16] {
        let bytes = self.next();
        std::array::from_fn(|place| bytes[place])
    }

    fn digest(&self, token: &SecretString) -> [u8; 32] {
        Sha256::digest(token.expose_secret().as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_secrets_and_another_seed_others() {
        let (one, same, other) = (
            SeededSecrets::new(1),
            SeededSecrets::new(1),
            SeededSecrets::new(2),
        );
        let first = one.token();
        assert_eq!(first.expose_secret(), same.token().expose_secret());
        assert_eq!(first.expose_secret().len(), 43);
        assert_ne!(first.expose_secret(), other.token().expose_secret());
        assert_ne!(first.expose_secret(), one.token().expose_secret());
        assert_ne!(one.salt(), one.salt());
    }
}
