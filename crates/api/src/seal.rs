//! Seals: what clients keep for us and hand back, so that one which was changed or made up is found out.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::Sha256;

/// What a seal is for: none passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The place of a page in a list.
    Cursor,
    /// The token that shows that a page of ours sent a request.
    Csrf,
    /// A link by which a copy of data is fetched.
    Export,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Cursor => b"cursor\0",
            Self::Csrf => b"csrf\0",
            Self::Export => b"export\0",
        }
    }
}

/// How many bytes of a seal are kept: 128 bits.
const SEAL: usize = 16;

/// The deployment's keys for seals. Servers of one deployment share them, so that what one gave out another takes.
pub struct SealKeys {
    current: SecretBox<[u8; 32]>,
    further: Vec<SecretBox<[u8; 32]>>,
}

impl SealKeys {
    /// Seals with `current`; opens what was sealed with that or with one of the `further` keys, so that a key can be
    /// replaced while clients still hold what the one before has sealed.
    pub fn new(current: SecretBox<[u8; 32]>, further: impl IntoIterator<Item = SecretBox<[u8; 32]>>) -> Self {
        Self {
            current,
            further: further.into_iter().collect(),
        }
    }

    /// `inner` under a seal that also covers `about`, which is not in it.
    pub(crate) fn seal(&self, purpose: Purpose, about: &[u8], inner: &[u8]) -> String {
        let seal = mac(&self.current, purpose, about, inner).finalize().into_bytes();
        let mut bytes = seal[..SEAL].to_vec();
        bytes.extend_from_slice(inner);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What was sealed; none when it was not sealed here, for this purpose, and about this.
    pub(crate) fn open(&self, purpose: Purpose, about: &[u8], sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (seal, inner) = bytes.split_at_checked(SEAL)?;
        std::iter::once(&self.current)
            .chain(&self.further)
            .any(|key| {
                mac(key, purpose, about, inner)
                    .verify_truncated_left(seal)
                    .is_ok()
            })
            .then(|| inner.to_vec())
    }
}

fn mac(key: &SecretBox<[u8; 32]>, purpose: Purpose, about: &[u8], inner: &[u8]) -> Hmac<Sha256> {
    // A key is filled up with zeros to the length of a block (RFC 2104), here already: then it cannot have a wrong length.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key.expose_secret());
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(purpose.label());
    mac.update(&u64::try_from(about.len()).unwrap_or(u64::MAX).to_be_bytes());
    mac.update(about);
    mac.update(inner);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SecretBox<[u8; 32]> {
        SecretBox::new(Box::new([byte; 32]))
    }

    fn keys(byte: u8) -> SealKeys {
        SealKeys::new(key(byte), [])
    }

    #[test]
    fn what_was_sealed_is_opened_for_the_same_thing_only() {
        let sealed = keys(1).seal(Purpose::Cursor, b"list", b"place");
        let open = |keys: &SealKeys, purpose, about: &[u8]| keys.open(purpose, about, &sealed);
        assert_eq!(
            open(&keys(1), Purpose::Cursor, b"list").as_deref(),
            Some(b"place".as_slice())
        );
        assert_eq!(open(&keys(1), Purpose::Cursor, b"other"), None);
        assert_eq!(open(&keys(1), Purpose::Csrf, b"list"), None);
        assert_eq!(open(&keys(2), Purpose::Cursor, b"list"), None);
    }

    #[test]
    fn what_the_key_before_has_sealed_is_opened_as_long_as_that_is_kept() {
        let sealed = keys(1).seal(Purpose::Cursor, b"list", b"place");
        let replaced = SealKeys::new(key(2), [key(3), key(1)]);
        assert!(replaced.open(Purpose::Cursor, b"list", &sealed).is_some());
        let sealed = replaced.seal(Purpose::Cursor, b"list", b"place");
        assert!(keys(2).open(Purpose::Cursor, b"list", &sealed).is_some());
    }

    #[test]
    fn what_was_changed_or_made_up_is_not_opened() {
        let sealed = keys(1).seal(Purpose::Cursor, b"list", b"place");
        for at in 0..sealed.len() {
            let mut changed: Vec<char> = sealed.chars().collect();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            let changed: String = changed.into_iter().collect();
            assert_eq!(
                keys(1).open(Purpose::Cursor, b"list", &changed),
                None,
                "{changed}"
            );
        }
        for made_up in ["", "x", "AAAA", "not base64!", &"A".repeat(100)] {
            assert_eq!(keys(1).open(Purpose::Cursor, b"list", made_up), None, "{made_up}");
        }
    }
}
