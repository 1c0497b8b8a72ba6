//! Entity tags.

use std::fmt::Write as _;

use ipt_domain::version::Version;
use sha2::{Digest as _, Sha256};

/// The entity tag `"VERSION.HASH"` of a representation: the version is what `If-Match` compares; the hash is over the
/// representation itself, since what one may do next depends on who asks.
pub(crate) fn entity_tag(version: Version, body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let mut tag = format!("\"{version}.");
    for byte in digest.iter().take(12) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

#[cfg(test)]
mod tests {
    use ipt_domain::version::Version;

    use super::entity_tag;

    #[test]
    fn a_tag_tells_the_version_and_changes_with_the_representation() {
        let tag = entity_tag(Version::new(7), b"{}");
        assert!(tag.starts_with("\"7.") && tag.ends_with('"'), "{tag}");
        assert_eq!(tag.len(), 2 + 2 + 24);
        assert_ne!(tag, entity_tag(Version::new(7), b"{ }"));
        assert_eq!(tag, entity_tag(Version::new(7), b"{}"));
    }
}
