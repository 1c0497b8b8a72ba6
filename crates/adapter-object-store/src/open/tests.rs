use super::*;

#[test]
fn the_folder_is_made_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new/files");
    ObjectBlobStore::open(&format!("file://{}", folder.display()), []).unwrap();
    assert_eq!(
        std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_that_names_it() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = ObjectBlobStore::open(&format!("file://{}/files", file.display()), []).unwrap_err();
    assert!(error.to_string().contains("file/files"), "{error}");
}

#[test]
fn the_credentials_are_not_printed() {
    let options = [
        ("AWS_ACCESS_KEY_ID", "the-key"),
        ("AWS_SECRET_ACCESS_KEY", "the-secret"),
    ];
    let store = ObjectBlobStore::open("s3://attachments/live", options).unwrap();
    let printed = format!("{store:?}");
    assert!(
        printed.contains("attachments") && !printed.contains("the-key") && !printed.contains("the-secret"),
        "{printed}"
    );
}
