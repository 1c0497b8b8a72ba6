//! Master keys: they wrap the objects' own keys.

use std::fmt::Write as _;

use aws_lc_rs::aead::{AES_256_GCM, LessSafeKey, UnboundKey};
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::{Digest as _, Sha256};

/// How many bytes of a key's digest are its id.
pub(super) const ID: usize = 8;

/// A key of AES-256 and its id. It is not printed.
pub struct MasterKey {
    id: [u8; ID],
    key: LessSafeKey,
}

impl MasterKey {
    /// A key of these bytes.
    ///
    /// # Panics
    /// Never: a key of AES-256 has 32 bytes.
    #[expect(clippy::expect_used, reason = "a key of AES-256 has 32 bytes, and any do")]
    pub fn new(bytes: &SecretBox<[u8; 32]>) -> Self {
        let bytes = bytes.expose_secret();
        let digest = Sha256::new()
            .chain_update(b"ipt master key\0")
            .chain_update(bytes)
            .finalize();
        Self {
            id: std::array::from_fn(|place| digest[place]),
            key: data_key(bytes).expect("a key of 32 bytes"),
        }
    }

    /// The key's id, as it is shown.
    pub fn name(&self) -> String {
        shown(self.id)
    }

    pub(super) const fn id(&self) -> [u8; ID] {
        self.id
    }

    pub(super) const fn key(&self) -> &LessSafeKey {
        &self.key
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "MasterKey({})", self.name())
    }
}

/// The key under which new objects are written, and those with which earlier ones can still be read.
#[derive(Debug)]
pub struct MasterKeys {
    current: MasterKey,
    former: Vec<MasterKey>,
}

impl MasterKeys {
    /// Writes under `current`, and reads with the `former` ones too.
    pub fn new(current: MasterKey, former: impl IntoIterator<Item = MasterKey>) -> Self {
        Self {
            current,
            former: former.into_iter().collect(),
        }
    }

    /// The key under which new objects are written.
    pub const fn current(&self) -> &MasterKey {
        &self.current
    }

    pub(super) fn find(&self, id: [u8; ID]) -> Option<&MasterKey> {
        std::iter::once(&self.current)
            .chain(&self.former)
            .find(|key| key.id == id)
    }
}

/// A key's id in hexadecimal.
pub(super) fn shown(id: [u8; ID]) -> String {
    let mut text = String::new();
    for byte in id {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A key of AES-256 for GCM.
pub(super) fn data_key(bytes: &[u8]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, bytes).ok().map(LessSafeKey::new)
}
