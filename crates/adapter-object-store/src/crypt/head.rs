//! What stands before the segments of an object.

use aws_lc_rs::{
    aead::{Aad, LessSafeKey, Nonce},
    rand,
};

use super::{
    HEAD, TAG, Tampered,
    keys::{ID, MasterKey, MasterKeys, data_key, shown},
};

/// With what an encrypted object begins. No attachment that is accepted does: none is a text with a zero in it.
const MARK: [u8; 8] = *b"\0IPTENC\x01";

/// The length of a key's nonce.
const NONCE: usize = 12;

/// The length of a data key.
const KEY: usize = 32;

/// The length of a wrapped key: its nonce, itself and a tag.
const WRAPPED: usize = NONCE + KEY + TAG;

/// Why the key of an object cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// The object is encrypted, and its master key is not among those that are set.
    #[error("the object was encrypted with the key {0}, which is not among those that are set")]
    UnknownKey(String),
    /// The head was changed, or is that of another object.
    #[error("the head of the object was changed, or is another object's")]
    Changed,
    /// The operating system has no randomness to give.
    #[error("there is no randomness")]
    Randomness,
}

impl From<Tampered> for HeadError {
    fn from(_: Tampered) -> Self {
        Self::Changed
    }
}

/// The key of an object, and the beginning of its nonces.
pub(crate) struct Head {
    data: [u8; KEY],
    beginning: [u8; 7],
}

impl Head {
    /// A new key, which no other object has.
    ///
    /// # Errors
    /// [`HeadError::Randomness`].
    pub(crate) fn generate() -> Result<Self, HeadError> {
        Ok(Self {
            data: random()?,
            beginning: random()?,
        })
    }

    /// Whether an object that begins with these bytes is encrypted.
    pub(crate) fn is_marked(bytes: &[u8]) -> bool {
        bytes.starts_with(&MARK)
    }

    /// Whether an object that begins with these bytes is encrypted under the current key.
    pub(crate) fn is_current(bytes: &[u8], keys: &MasterKeys) -> bool {
        bytes.get(MARK.len()..MARK.len() + ID) == Some(&keys.current().id())
    }

    /// The head as it is stored, for an object at `place`.
    ///
    /// # Errors
    /// [`HeadError::Randomness`].
    pub(crate) fn wrap(&self, keys: &MasterKeys, place: &str) -> Result<[u8; HEAD], HeadError> {
        let master = keys.current();
        let nonce: [u8; NONCE] = random()?;
        let mut data = self.data;
        let tag = master
            .key()
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(about(master, self.beginning, place)),
                &mut data,
            )
            .map_err(|_| HeadError::Changed)?;
        let parts = [
            &MARK[..],
            &master.id(),
            &nonce,
            &data,
            tag.as_ref(),
            &self.beginning,
        ]
        .concat();
        parts.try_into().map_err(|_| HeadError::Changed)
    }

    /// Reads a head.
    ///
    /// # Errors
    /// [`HeadError`].
    pub(crate) fn unwrap(bytes: &[u8; HEAD], keys: &MasterKeys, place: &str) -> Result<Self, HeadError> {
        let (_, rest) = split::<8>(bytes)?;
        let (id, rest) = split::<ID>(rest)?;
        let (wrapped, rest) = split::<WRAPPED>(rest)?;
        let (beginning, _) = split::<7>(rest)?;
        let master = keys.find(id).ok_or_else(|| HeadError::UnknownKey(shown(id)))?;
        let (nonce, sealed) = split::<NONCE>(&wrapped)?;
        let mut sealed = sealed.to_vec();
        let opened = master
            .key()
            .open_in_place(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(about(master, beginning, place)),
                &mut sealed,
            )
            .map_err(|_| Tampered)?;
        let (data, _) = split::<KEY>(opened)?;
        Ok(Self { data, beginning })
    }

    pub(super) const fn beginning(&self) -> [u8; 7] {
        self.beginning
    }

    pub(super) fn key(&self) -> Result<LessSafeKey, HeadError> {
        data_key(&self.data).ok_or(HeadError::Changed)
    }
}

/// What a wrapped key is bound to.
fn about(master: &MasterKey, beginning: [u8; 7], place: &str) -> Vec<u8> {
    [&MARK[..], &master.id(), &beginning, place.as_bytes()].concat()
}

fn random<const N: usize>() -> Result<[u8; N], HeadError> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| HeadError::Randomness)?;
    Ok(bytes)
}

/// The first bytes, and the others.
fn split<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), Tampered> {
    bytes
        .split_first_chunk::<N>()
        .map(|(first, rest)| (*first, rest))
        .ok_or(Tampered)
}
