//! The key of sensitive columns, replaced by the program itself.

use std::{path::Path, process::Output};

use serde_json::{Value, json};

use crate::support::{
    Client, PASSWORD,
    process::{Running, create_admin, ipt, text},
};

/// A command with these keys: the current one, and further ones.
fn with_keys(folder: &Path, current: &str, accepted: &str) -> std::process::Command {
    let mut command = ipt(folder);
    command
        .env("IPT_ENCRYPTION__KEY_FILE", current)
        .env("IPT_ENCRYPTION__ACCEPTED_KEY_FILES", accepted);
    command
}

/// What the administrator's own telephone number is told as, by a server with these keys; a new one is stored before.
async fn phone(folder: &Path, (current, accepted): (&str, &str), store: Option<&str>) -> Value {
    let mut server = Running::start_by(with_keys(folder, current, accepted), &[]);
    let admin = Client::nobody(&server.base)
        .sign_in("admin@dit.example", PASSWORD)
        .await;
    let path = format!("/users/{}/particulars", admin.id);
    if let Some(number) = store {
        admin.patch(&path, &json!({ "phone": number })).await.expect(200);
    }
    let told = admin.get(&path).await.expect(200);
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    match &told["unreadable"][0]["code"] {
        Value::Null => told["phone"].clone(),
        code => code.clone(),
    }
}

fn keys(folder: &Path, (current, accepted): (&str, &str), what: &str) -> (Output, Value) {
    let done = with_keys(folder, current, accepted)
        .args(["keys", what, "--json"])
        .output()
        .unwrap();
    let printed = serde_json::from_slice(&done.stdout).unwrap_or(Value::Null);
    (done, printed)
}

#[tokio::test]
async fn the_encryption_key_is_replaced_and_everything_sealed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(create_admin(folder, "admin@dit.example").status.success());
    assert_eq!(
        phone(folder, ("one", ""), Some("+255712345678")).await,
        "+255712345678"
    );
    // Without the key nothing is lost, and it is told which one is missing.
    assert_eq!(phone(folder, ("two", ""), None).await, "encryption_key_missing");
    let (refused, told) = keys(folder, ("two", ""), "status");
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("encryption.accepted_key_files"),
        "{}",
        text(&refused.stderr)
    );
    let states: Vec<_> = told["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| (&key["state"], &key["values"]))
        .collect();
    assert!(states.contains(&(&json!("missing"), &json!(1))), "{told}");
    let doctor = with_keys(folder, "two", "").arg("doctor").output().unwrap();
    assert!(
        text(&doctor.stdout).contains("problem  encryption keys"),
        "{}",
        text(&doctor.stdout)
    );
    let (refused, told) = keys(folder, ("two", ""), "reseal");
    assert!(!refused.status.success());
    assert_eq!(told, json!({ "resealed": 0, "unreadable": 1 }));

    assert_eq!(phone(folder, ("two", "one"), None).await, "+255712345678");
    let (done, told) = keys(folder, ("two", "one"), "reseal");
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(told, json!({ "resealed": 1, "unreadable": 0 }));
    assert_eq!(phone(folder, ("two", ""), None).await, "+255712345678");
    assert!(keys(folder, ("two", ""), "status").0.status.success());
}
