use std::{collections::HashSet, os::unix::fs::PermissionsExt, sync::Barrier};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_first_start_makes_a_key_that_only_its_owner_can_read_and_the_next_start_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys/of/tokens.pem");

    let made = SigningKey::load_or_create(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(
        fs::read_dir(path.parent().unwrap()).unwrap().count(),
        1,
        "something unfinished was left behind"
    );

    let found = SigningKey::load_or_create(&path).unwrap();
    assert_eq!(made.public().to_jwk(), found.public().to_jwk());
}

#[test]
fn processes_that_start_at_once_agree_on_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.pem");
    let start = Barrier::new(8);
    let keys: HashSet<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    SigningKey::load_or_create(&path)
                        .unwrap()
                        .public()
                        .id()
                        .to_owned()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(keys.len(), 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_key_that_others_can_get_at_is_refused_and_the_message_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.pem");
    SigningKey::load_or_create(&path).unwrap();
    for open in [0o604, 0o640, 0o644, 0o660, 0o602, 0o601, 0o777] {
        set_mode(&path, open);
        let error = SigningKey::load_or_create(&path).unwrap_err();
        assert!(
            matches!(error, SigningKeyError::Open { mode, .. } if mode == open),
            "{open:o}: {error}"
        );
        let message = error.to_string();
        assert!(
            message.contains(&format!("{open:04o}")) && message.contains("chmod 600"),
            "{message}"
        );
        assert!(message.contains("tokens.pem"), "{message}");
    }
    for closed in [0o600, 0o400] {
        set_mode(&path, closed);
        assert!(SigningKey::load_or_create(&path).is_ok(), "{closed:o}");
    }
}

#[test]
fn a_file_that_holds_no_ed25519_key_is_refused_and_left_as_it_is() {
    let rsa = "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n";
    let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
    let cut = new_pem()
        .expose_secret()
        .replacen("MC4CAQAwBQYDK2VwBCIEI", "MC4CAQAwBQYDK2V3BCIEI", 1);
    for content in ["", "secret", rsa, public, &cut] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.pem");
        fs::write(&path, content).unwrap();
        set_mode(&path, 0o600);
        let error = SigningKey::load_or_create(&path).unwrap_err();
        assert!(
            matches!(error, SigningKeyError::Content { .. }),
            "{content:?}: {error}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn a_folder_in_the_place_of_the_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.pem");
    fs::create_dir(&path).unwrap();
    assert!(SigningKey::load_or_create(&path).is_err());
}

#[test]
fn a_key_made_by_openssl_is_read_with_the_public_key_that_openssl_says() {
    // `openssl genpkey -algorithm ed25519`; the example of RFC 8410, §10.3.
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let key = SigningKey::from_pem(&SecretString::from(pem)).unwrap();
    assert_eq!(
        key.public().to_jwk()["x"],
        "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE"
    );
}

#[test]
fn the_private_half_is_not_printed() {
    let printed = format!("{:?}", SigningKey::ephemeral());
    assert!(printed.starts_with("SigningKey { id: \""), "{printed}");
    assert!(printed.len() < 60, "{printed}");
}

#[test]
fn what_is_derived_is_the_same_wherever_the_key_is_and_another_for_each_purpose_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.pem");
    let (made, found) = (
        SigningKey::load_or_create(&path).unwrap(),
        SigningKey::load_or_create(&path).unwrap(),
    );
    let derive = |key: &SigningKey, purpose: &[u8]| *key.derive(purpose).expose_secret();
    assert_eq!(derive(&made, b"list cursors"), derive(&found, b"list cursors"));
    let another = SigningKey::ephemeral();
    let derived = [
        derive(&made, b"list cursors"),
        derive(&made, b"list cursor"),
        derive(&made, b"seals"),
        derive(&made, b""),
        derive(&another, b"list cursors"),
    ];
    assert_eq!(HashSet::from(derived).len(), derived.len());
}
