//! Tests of the folder: what is kept, and what is thrown away.

use super::*;

fn instant() -> Instant {
    "2026-07-06T06:00:00Z".parse().unwrap()
}

/// A folder with everything that a demonstration leaves in it.
fn used(path: &Path) -> Held {
    let held = Folder::at(path).unwrap().take().unwrap();
    for name in MADE.iter().chain(&["ipt.before-upgrade-1.db"]) {
        fs::write(path.join(name), "x").unwrap();
    }
    for name in [FILES, MAIL] {
        fs::create_dir(path.join(name)).unwrap();
        fs::write(path.join(name).join("one"), "x").unwrap();
    }
    held.seal(instant()).unwrap();
    held
}

fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn everything_of_a_demonstration_lies_in_its_folder() {
    let settings = Folder::at(Path::new("/srv/a demo")).unwrap().settings().unwrap();
    let of = |key| {
        settings
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(of("database.url"), Some("sqlite:///srv/a%20demo/ipt.db"));
    assert_eq!(
        of("database.migration_url"),
        of("database.url"),
        "nor are migrations run elsewhere"
    );
    assert_eq!(of("storage.url"), Some("file:///srv/a%20demo/files"));
    assert_eq!(of("mail.url"), Some("file:///srv/a%20demo/mail"));
    assert_eq!(of("auth.signing_key_file"), Some("/srv/a demo/signing-key.pem"));
    assert_eq!(of("encryption.key_file"), Some("/srv/a demo/encryption-key"));
    assert_eq!(of("server.listen"), None, "the address is the operator's to set");
}

#[test]
fn a_folder_is_made_where_it_is_missing_and_taken_again_later() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("deep/demo");
    drop(Folder::at(&path).unwrap().take().unwrap());
    assert_eq!(Folder::at(&path).unwrap().take().unwrap().filled_at(), None);
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.docx"), "years of work").unwrap();
    let refusal = Folder::at(folder.path()).unwrap().take().unwrap_err().to_string();
    assert!(
        refusal.contains("no demonstration made it") && refusal.contains("--folder"),
        "{refusal}"
    );
    assert_eq!(names(folder.path()), ["thesis.docx"]);
}

#[test]
fn clearing_takes_what_a_demonstration_made_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let held = used(folder.path());
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    held.clear().unwrap();
    assert_eq!(names(folder.path()), [MARKER, "notes.txt"]);
    assert_eq!(held.filled_at(), None);
    held.clear().unwrap();
}

#[test]
fn a_filling_that_did_not_come_to_its_end_is_not_taken_for_whole() {
    let folder = tempfile::tempdir().unwrap();
    let held = used(folder.path());
    assert_eq!(held.filled_at(), Some(instant()));
    fs::remove_file(folder.path().join(SEAL)).unwrap();
    assert_eq!(held.filled_at(), None);
    held.seal(instant()).unwrap();
    fs::remove_file(folder.path().join(DATABASE)).unwrap();
    assert_eq!(held.filled_at(), None, "the database is gone");
}

#[test]
fn two_demonstrations_do_not_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Folder::at(folder.path()).unwrap().take().unwrap();
    let refusal = Folder::at(folder.path()).unwrap().take().unwrap_err().to_string();
    assert!(refusal.contains("another `ipt demo`"), "{refusal}");
    drop(first);
    assert!(Folder::at(folder.path()).unwrap().take().is_ok());
}
