//! Codes and tokens that go out by mail, made from their ids under a key.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use ipt_domain::{
    id::{MailedSecretId, UserId},
    identity::{email::EmailAddress, mailed_secret::CODE_DIGITS},
};
use ipt_ports::identity::MailedSecrets;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use sha2::Sha256;
use uuid::Uuid;

/// How many codes of that many digits there are.
const CODES: u64 = 100_000_000;

/// Makes them by HMAC-SHA-256 under a key that all servers of a deployment derive from their signing key. Of a stolen
/// table without the key nothing can be worked out.
pub struct KeyedSecrets(SecretBox<[u8; 32]>);

impl KeyedSecrets {
    /// Makes secrets under this key.
    pub const fn new(key: SecretBox<[u8; 32]>) -> Self {
        Self(key)
    }

    /// The code of a purpose (`purpose` holds no zero byte) and a text.
    ///
    /// # Panics
    /// Never: HMAC takes a key of any length.
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104)")]
    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl MailedSecrets for KeyedSecrets {
    /// Of 2⁶⁴ numbers each code has as many as the next, but for one part in 10¹¹.
    fn code(&self, id: MailedSecretId) -> SecretString {
        let mac = self.mac("code", &[id.uuid().as_bytes()]);
        let number = u64::from_be_bytes(first(&mac)) % CODES;
        SecretString::from(format!("{number:0CODE_DIGITS$}"))
    }

    /// One token in some hundred thousand looks as if a code stood in it; then the next one is taken.
    fn token(&self, id: MailedSecretId) -> SecretString {
        let mut attempt = 0_u64;
        loop {
            let mac = self.mac("token", &[id.uuid().as_bytes(), &attempt.to_be_bytes()]);
            let token = URL_SAFE_NO_PAD.encode(mac);
            if !holds_code(&token) {
                return SecretString::from(token);
            }
            attempt += 1;
        }
    }

    fn digest(&self, secret: &SecretString) -> [u8; 32] {
        self.mac("digest", &[secret.expose_secret().as_bytes()])
    }

    /// A UUID of version 8 (RFC 9562), which no account has.
    fn stand_in(&self, address: &EmailAddress) -> UserId {
        let mac = self.mac("address", &[address.normalised().as_bytes()]);
        UserId::new(Uuid::new_v8(first(&mac)))
    }
}

impl std::fmt::Debug for KeyedSecrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("KeyedSecrets(…)")
    }
}

/// The first bytes of a code.
fn first<const N: usize>(mac: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|place| mac.get(place).copied().unwrap_or_default())
}

/// Whether as many digits as a code has stand in a row.
fn holds_code(token: &str) -> bool {
    token
        .split(|letter: char| !letter.is_ascii_digit())
        .any(|digits| digits.len() >= CODE_DIGITS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn secrets(key: u8) -> KeyedSecrets {
        KeyedSecrets::new(SecretBox::new(Box::new([key; 32])))
    }

    fn id(number: u128) -> MailedSecretId {
        MailedSecretId::new(Uuid::from_u128(number))
    }

    #[test]
    fn a_code_has_eight_digits_and_follows_from_id_and_key() {
        let code = |key, number| secrets(key).code(id(number)).expose_secret().to_owned();
        assert_eq!(code(1, 7), code(1, 7));
        assert_ne!(code(1, 7), code(2, 7));
        let all: BTreeSet<String> = (0..2_000).map(|number| code(1, number)).collect();
        assert!(all.len() > 1_990, "{} different codes", all.len());
        assert!(
            all.iter()
                .all(|code| code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()))
        );
        assert!(
            all.iter().any(|code| code.starts_with('0')),
            "a leading nought is kept"
        );
    }

    #[test]
    fn a_token_has_256_bits_and_nothing_in_it_looks_like_a_code() {
        for number in 0..2_000 {
            let token = secrets(1).token(id(number));
            assert_eq!(token.expose_secret().len(), 43);
            assert!(!holds_code(token.expose_secret()));
        }
        assert_ne!(
            secrets(1).token(id(1)).expose_secret(),
            secrets(2).token(id(1)).expose_secret()
        );
        assert!(holds_code("a-12345678_b") && !holds_code("a-1234567x8_b"));
    }

    #[test]
    fn a_digest_says_nothing_without_the_key() {
        let code = SecretString::from("04711234");
        assert_eq!(secrets(1).digest(&code), secrets(1).digest(&code));
        assert_ne!(secrets(1).digest(&code), secrets(2).digest(&code));
        assert_ne!(
            secrets(1).digest(&code),
            secrets(1).digest(&SecretString::from("04711235"))
        );
    }

    #[test]
    fn an_address_that_nobody_has_is_stood_for_by_an_id_that_nobody_has() {
        let of = |key, address: &str| secrets(key).stand_in(&EmailAddress::parse(address).unwrap());
        assert_eq!(of(1, "Asha@uni.example"), of(1, "asha@UNI.example"));
        assert_ne!(of(1, "asha@uni.example"), of(1, "juma@uni.example"));
        assert_ne!(of(1, "asha@uni.example"), of(2, "asha@uni.example"));
        assert_eq!(of(1, "asha@uni.example").uuid().get_version_num(), 8);
    }

    #[test]
    fn the_key_is_not_printed() {
        assert_eq!(format!("{:?}", secrets(1)), "KeyedSecrets(…)");
    }
}
