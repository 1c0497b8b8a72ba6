//! Codes and tokens that anybody can work out, which is what a test needs.

use ipt_domain::{
    id::{MailedSecretId, UserId},
    identity::{email::EmailAddress, mailed_secret::CODE_DIGITS},
};
use ipt_ports::identity::MailedSecrets;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Makes codes and tokens from their ids, without a key.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainMailedSecrets;

impl MailedSecrets for PlainMailedSecrets {
    fn code(&self, id: MailedSecretId) -> SecretString {
        let number = id.uuid().as_u128() % 100_000_000;
        SecretString::from(format!("{number:0CODE_DIGITS$}"))
    }

    fn token(&self, id: MailedSecretId) -> SecretString {
        SecretString::from(format!("token-of-{id}"))
    }

    fn digest(&self, secret: &SecretString) -> [u8; 32] {
        Sha256::digest(secret.expose_secret()).into()
    }

    fn stand_in(&self, address: &EmailAddress) -> UserId {
        let digest = Sha256::digest(address.normalised());
        UserId::new(Uuid::from_bytes(std::array::from_fn(|place| digest[place])))
    }
}
