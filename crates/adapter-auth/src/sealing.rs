//! Sealing what is sensitive: AES-256-GCM under a key from a file, bound to the place where the value is stored.

use aws_lc_rs::aead::{Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use ipt_ports::identity::{KeyId, OpenError, Place, SealError, Sealed, Sealer};
use secrecy::{ExposeSecret as _, SecretString};

use crate::sealing_key::SealingKey;

/// What the place of a value begins with, so that a value of another kind can never stand for one of these.
const KIND: &[u8] = b"ipt personal particular\0";

/// Seals under the current key, and opens what lies under an accepted one too.
#[derive(Debug)]
pub struct KeyedSealer {
    current: SealingKey,
    accepted: Vec<SealingKey>,
}

impl KeyedSealer {
    /// Seals under `current`.
    pub fn new(current: SealingKey, accepted: impl IntoIterator<Item = SealingKey>) -> Self {
        Self {
            current,
            accepted: accepted.into_iter().collect(),
        }
    }

    fn key(&self, id: &KeyId) -> Option<&RandomizedNonceKey> {
        std::iter::once(&self.current)
            .chain(&self.accepted)
            .find(|key| key.id() == id)
            .map(SealingKey::cipher)
    }
}

/// What is authenticated beside the value: institution, person and field.
fn bound_to(place: Place) -> Aad<Vec<u8>> {
    let Place {
        tenant_id,
        user_id,
        field,
    } = place;
    let (tenant, user) = (tenant_id.uuid(), user_id.uuid());
    let parts = [
        KIND,
        tenant.as_bytes(),
        user.as_bytes(),
        field.as_str().as_bytes(),
    ];
    Aad::from(parts.concat())
}

impl Sealer for KeyedSealer {
    /// The nonce is random: of 96 bits, which one key can spend on four thousand million values.
    fn seal(&self, place: Place, value: &SecretString) -> Result<Sealed, SealError> {
        let mut sealed = value.expose_secret().as_bytes().to_vec();
        let nonce = self
            .current
            .cipher()
            .seal_in_place_append_tag(bound_to(place), &mut sealed)
            .map_err(|_| SealError)?;
        Ok(Sealed {
            key_id: self.current.id().clone(),
            text: STANDARD_NO_PAD.encode([nonce.as_ref().as_slice(), sealed.as_slice()].concat()),
        })
    }

    fn open(&self, place: Place, sealed: &Sealed) -> Result<SecretString, OpenError> {
        let key = self.key(&sealed.key_id).ok_or_else(|| OpenError::KeyMissing {
            key_id: sealed.key_id.clone(),
        })?;
        let mut bytes = STANDARD_NO_PAD
            .decode(&sealed.text)
            .map_err(|_| OpenError::Damaged)?;
        let (nonce, value) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(OpenError::Damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenError::Damaged)?;
        let opened = key
            .open_in_place(nonce, bound_to(place), value)
            .map_err(|_| OpenError::Damaged)?;
        let text = std::str::from_utf8(opened).map_err(|_| OpenError::Damaged)?;
        Ok(SecretString::from(text))
    }

    fn knows(&self, key: &KeyId) -> bool {
        self.key(key).is_some()
    }

    fn current(&self) -> &KeyId {
        self.current.id()
    }
}

#[cfg(test)]
mod tests;
