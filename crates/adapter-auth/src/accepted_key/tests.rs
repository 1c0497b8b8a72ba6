use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::*;

/// The example of RFC 8410, §10.1 and §10.3.
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

fn written(folder: &tempfile::TempDir, content: &str, mode: u32) -> PathBuf {
    let path = folder.path().join("key.pem");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

#[test]
fn the_public_half_alone_and_the_private_key_are_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let public = AcceptedKey::load(&written(&folder, PUBLIC, 0o644)).unwrap();
    let private = AcceptedKey::load(&written(&folder, PRIVATE, 0o600)).unwrap();
    assert_eq!(public.public().to_jwk(), private.public().to_jwk());
    assert!(public.derive(b"seals").is_none());
    let signing = SigningKey::from_pem(&SecretString::from(PRIVATE)).unwrap();
    assert_eq!(
        private.derive(b"seals").unwrap().expose_secret(),
        signing.derive(b"seals").expose_secret()
    );
}

#[test]
fn a_private_key_that_others_can_read_is_refused_although_it_signs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let refused = AcceptedKey::load(&written(&folder, PRIVATE, 0o640)).unwrap_err();
    assert!(
        matches!(refused, SigningKeyError::Open { mode: 0o640, .. }),
        "{refused}"
    );
}

#[test]
fn a_file_that_is_missing_or_holds_no_key_is_refused_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let missing = AcceptedKey::load(&folder.path().join("key.pem")).unwrap_err();
    assert!(missing.to_string().contains("key.pem"), "{missing}");
    let x25519 = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    let short =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7\n-----END PUBLIC KEY-----\n";
    for content in ["", "secret", x25519, short] {
        let refused = AcceptedKey::load(&written(&folder, content, 0o600)).unwrap_err();
        assert!(matches!(refused, SigningKeyError::NoKey { .. }), "{refused}");
        assert!(refused.to_string().contains("key.pem"), "{refused}");
    }
}
