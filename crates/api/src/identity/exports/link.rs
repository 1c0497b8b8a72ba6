//! The link by which a copy is fetched, without a sign-in: sealed, so that nobody makes one up.

use ipt_domain::id::DataExportId;
use uuid::Uuid;

use crate::seal::{Purpose, SealKeys};

/// What the links of all copies are about.
const ABOUT: &[u8] = b"data_export";

/// The token of a copy's link.
pub(super) fn token(keys: &SealKeys, id: DataExportId) -> String {
    keys.seal(Purpose::Export, ABOUT, id.uuid().as_bytes())
}

/// The copy of a token; none when it was not made here.
pub(super) fn id(keys: &SealKeys, token: &str) -> Option<DataExportId> {
    let bytes = keys.open(Purpose::Export, ABOUT, token)?;
    Uuid::from_slice(&bytes).ok().map(DataExportId::new)
}

#[cfg(test)]
mod tests {
    use secrecy::SecretBox;

    use super::*;

    #[test]
    fn a_link_leads_to_its_copy_and_a_made_up_one_nowhere() {
        let keys = |key: u8| SealKeys::new(SecretBox::new(Box::new([key; 32])), []);
        let copy = DataExportId::new(Uuid::from_u128(7));
        let real = token(&keys(1), copy);
        assert_eq!(id(&keys(1), &real), Some(copy));
        assert_eq!(id(&keys(2), &real), None, "of another key");
        assert_eq!(id(&keys(1), &real[..real.len() - 1]), None);
        assert_eq!(id(&keys(1), &copy.to_string()), None);
        let cursor = keys(1).seal(Purpose::Cursor, ABOUT, copy.uuid().as_bytes());
        assert_eq!(id(&keys(1), &cursor), None, "a seal for something else");
    }
}
