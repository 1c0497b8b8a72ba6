//! Cursors: where the next page begins, sealed so that nobody can make one up or carry one to another list.

use ipt_ports::page::Position;
use uuid::Uuid;

use crate::seal::{Purpose, SealKeys};

/// The cursor of a place in the list that `list` stands for: the institution, the route, the filters and the order.
pub(super) fn of(keys: &SealKeys, list: &[u8], place: &Position) -> String {
    let inner = serde_json::json!([place.values, place.id]).to_string();
    keys.seal(Purpose::Cursor, list, inner.as_bytes())
}

/// The place of a cursor; none when it was not made here, or for another list.
pub(super) fn place(keys: &SealKeys, list: &[u8], cursor: &str) -> Option<Position> {
    let inner = keys.open(Purpose::Cursor, list, cursor)?;
    let (values, id): (Vec<Option<String>>, Uuid) = serde_json::from_slice(&inner).ok()?;
    Some(Position { values, id })
}

#[cfg(test)]
mod tests {
    use secrecy::SecretBox;

    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place_in_its_own_list() {
        let keys = SealKeys::new(SecretBox::new(Box::new([7; 32])), []);
        for values in [vec![Some("Ünal \"x\"".to_owned()), None], Vec::new()] {
            let there = Position {
                values,
                id: Uuid::from_u128(7),
            };
            let cursor = of(&keys, b"list", &there);
            assert_eq!(place(&keys, b"other", &cursor), None);
            assert_eq!(place(&keys, b"list", &cursor), Some(there));
        }
    }
}
