//! Unguessable values from the operating system.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ipt_ports::identity::SecretGenerator;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Secrets from the operating system's random generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsSecrets;

impl SecretGenerator for OsSecrets {
    fn token(&self) -> SecretString {
        SecretString::from(URL_SAFE_NO_PAD.encode(random::<32>()))
    }

    fn salt(&self) -> [u8; 16] {
        random()
    }

    fn digest(&self, token: &SecretString) -> [u8; 32] {
        Sha256::digest(token.expose_secret().as_bytes()).into()
    }
}

/// Random bytes of the operating system.
///
/// # Panics
/// When the operating system has none to give. Nothing secret can be made then, and going on would make guessable ones.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place where randomness enters"
)]
#[expect(
    clippy::expect_used,
    reason = "without randomness nothing that follows is safe, so the process must not go on"
)]
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_256_bits_in_letters_that_fit_a_link_and_is_never_the_same() {
        let token = OsSecrets.token();
        let text = token.expose_secret();
        assert_eq!(text.len(), 43);
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        );
        assert_ne!(text, OsSecrets.token().expose_secret());
        assert_ne!(OsSecrets.salt(), OsSecrets.salt());
    }

    #[test]
    fn a_token_is_stored_as_its_sha_256() {
        let digest = OsSecrets.digest(&SecretString::from("abc"));
        // The first of FIPS 180's examples.
        assert_eq!(digest[..8], [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea]);
    }

    #[test]
    fn a_token_is_not_printed() {
        let token = OsSecrets.token();
        assert!(!format!("{token:?}").contains(token.expose_secret()));
    }
}
