//! Seals that anybody can break, which is what a test needs.

use ipt_ports::identity::{KeyId, OpenError, Place, SealError, Sealed, Sealer};
use secrecy::{ExposeSecret as _, SecretString};

/// Seals by writing the place before the value.
#[derive(Debug)]
pub struct PlainSealer {
    current: KeyId,
    accepted: Vec<KeyId>,
}

impl Default for PlainSealer {
    fn default() -> Self {
        Self::new("one", &[])
    }
}

impl PlainSealer {
    /// Seals under the key of this name, and opens what lies under the others too.
    pub fn new(current: &str, accepted: &[&str]) -> Self {
        let key = |name: &str| KeyId::new(name.to_owned());
        Self {
            current: key(current),
            accepted: accepted.iter().map(|name| key(name)).collect(),
        }
    }
}

fn before(place: Place) -> String {
    format!("{}/{}/{}=", place.tenant_id, place.user_id, place.field)
}

impl Sealer for PlainSealer {
    fn seal(&self, place: Place, value: &SecretString) -> Result<Sealed, SealError> {
        Ok(Sealed {
            key_id: self.current.clone(),
            text: format!("{}{}", before(place), value.expose_secret()),
        })
    }

    fn open(&self, place: Place, sealed: &Sealed) -> Result<SecretString, OpenError> {
        if !self.knows(&sealed.key_id) {
            return Err(OpenError::KeyMissing {
                key_id: sealed.key_id.clone(),
            });
        }
        let value = sealed
            .text
            .strip_prefix(&before(place))
            .ok_or(OpenError::Damaged)?;
        Ok(SecretString::from(value))
    }

    fn knows(&self, key: &KeyId) -> bool {
        self.current == *key || self.accepted.contains(key)
    }

    fn current(&self) -> &KeyId {
        &self.current
    }
}
