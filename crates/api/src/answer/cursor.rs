//! Cursors: where the next page begins, sealed so that nobody can make one up or carry one to another list.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use ipt_ports::page::Position;
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::Sha256;
use uuid::Uuid;

/// How many bytes of the seal are kept: 128 bits.
const SEAL: usize = 16;

/// Seals cursors with the deployment's key.
pub(crate) struct CursorSeal(SecretBox<[u8; 32]>);

impl CursorSeal {
    /// Seals with this key.
    pub(crate) const fn new(key: SecretBox<[u8; 32]>) -> Self {
        Self(key)
    }

    /// The cursor of a place in the list that `list` stands for: the institution, the route, the filters and the order.
    pub(crate) fn seal(&self, list: &[u8], place: &Position) -> String {
        let inner = serde_json::json!([place.values, place.id]).to_string();
        let seal = self
            .mac(list, inner.as_bytes())
            .map(|mac| mac.finalize().into_bytes());
        let mut bytes: Vec<u8> = seal.iter().flatten().take(SEAL).copied().collect();
        bytes.extend_from_slice(inner.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place of a cursor; none when it was not made here, or for another list.
    pub(crate) fn open(&self, list: &[u8], cursor: &str) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (seal, inner) = bytes.split_at_checked(SEAL)?;
        self.mac(list, inner)?.verify_truncated_left(seal).ok()?;
        let (values, id): (Vec<Option<String>>, Uuid) = serde_json::from_slice(inner).ok()?;
        Some(Position { values, id })
    }

    fn mac(&self, list: &[u8], inner: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).ok()?;
        mac.update(b"cursor\0");
        mac.update(&u64::try_from(list.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(list);
        mac.update(inner);
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use ipt_ports::page::Position;
    use secrecy::SecretBox;
    use uuid::Uuid;

    use super::CursorSeal;

    fn seal(key: u8) -> CursorSeal {
        CursorSeal::new(SecretBox::new(Box::new([key; 32])))
    }

    fn place(value: Option<&str>) -> Position {
        Position {
            values: vec![value.map(str::to_owned)],
            id: Uuid::from_u128(7),
        }
    }

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        for place in [place(Some("Ünal \"x\"")), place(None)] {
            let cursor = seal(1).seal(b"list", &place);
            assert_eq!(seal(1).open(b"list", &cursor), Some(place));
        }
    }

    #[test]
    fn a_cursor_of_another_list_or_another_key_leads_nowhere() {
        let cursor = seal(1).seal(b"list", &place(Some("a")));
        assert_eq!(seal(1).open(b"other", &cursor), None);
        assert_eq!(seal(2).open(b"list", &cursor), None);
    }

    #[test]
    fn a_cursor_that_was_changed_or_made_up_leads_nowhere() {
        let cursor = seal(1).seal(b"list", &place(Some("a")));
        for at in 0..cursor.len() {
            let mut changed: Vec<char> = cursor.chars().collect();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            let changed: String = changed.into_iter().collect();
            assert_eq!(seal(1).open(b"list", &changed), None, "{changed}");
        }
        for made_up in ["", "x", "AAAA", "not base64!", &"A".repeat(100)] {
            assert_eq!(seal(1).open(b"list", made_up), None, "{made_up}");
        }
    }
}
