//! Files encrypted at rest, as an operator sets it.

use std::path::Path;

use reqwest::multipart::{Form, Part};
use serde_json::Value;

use crate::support::{
    Deployment,
    process::{ipt, text},
    trainee::{Trainee, report},
};

const KEY: &str = "IPT_STORAGE__ENCRYPTION_KEY_FILE";
const FORMER: &str = "IPT_STORAGE__FORMER_ENCRYPTION_KEY_FILES";

/// A text that is looked for on the disk.
const SECRET: &str = "the plans of the turbine";

async fn submit(trainee: &Trainee) -> String {
    let report = report();
    let file = Part::bytes(SECRET.repeat(10_000).into_bytes()).file_name("plans.txt");
    let form = Form::new()
        .text("content", report["content"].as_str().unwrap().to_owned())
        .text("log_date", report["log_date"].as_str().unwrap().to_owned())
        .part("attachment", file);
    let log = trainee.student.post_form("/logs", form).await.expect(201);
    log["attachments"][0]["id"].as_str().unwrap().to_owned()
}

async fn read(trainee: &Trainee, file: &str) -> (u16, Vec<u8>) {
    let answer = trainee.student.get(&format!("/attachments/{file}/content")).await;
    (answer.status, answer.bytes)
}

/// Whether any file of the store holds the text.
fn lies_in_clear(deployment: &Deployment) -> bool {
    let files = deployment.files();
    assert_eq!(files.len(), 1, "{files:?}");
    String::from_utf8_lossy(&std::fs::read(&files[0]).unwrap()).contains(SECRET)
}

fn new_key(folder: &Path, name: &str) {
    let made = ipt(folder).args(["storage", "new-key", name]).output().unwrap();
    assert!(made.status.success(), "{}", text(&made.stderr));
    let again = ipt(folder).args(["storage", "new-key", name]).output().unwrap();
    assert!(!again.status.success(), "a key is not made over another");
}

/// Runs `ipt storage rewrap` with these keys; what it tells.
fn rewrap(folder: &Path, key: &str, former: &str) -> Value {
    let done = ipt(folder)
        .args(["storage", "rewrap", "--json"])
        .envs([(KEY, key), (FORMER, former)])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

async fn files_are_encrypted_and_their_key_is_replaced(deployment: Deployment) -> Deployment {
    let folder = deployment.folder.path().to_owned();
    let server = deployment.start();
    let trainee = Trainee::found(&server).await;
    let file = submit(&trainee).await;
    assert!(lies_in_clear(&deployment), "without a key it does");
    drop(server);

    for name in ["first.key", "second.key"] {
        new_key(&folder, name);
    }
    let done = rewrap(&folder, "first.key", "");
    assert_eq!(
        (&done["encrypted"], &done["rewrapped"]),
        (&1.into(), &0.into()),
        "{done}"
    );
    assert!(!lies_in_clear(&deployment));
    let done = rewrap(&folder, "second.key", "first.key");
    assert_eq!(
        (&done["encrypted"], &done["rewrapped"]),
        (&0.into(), &1.into()),
        "{done}"
    );

    let deployment = deployment.with(KEY, "second.key");
    let server = deployment.start();
    let trainee = trainee.at(&server).await;
    let (status, bytes) = read(&trainee, &file).await;
    assert_eq!((status, bytes), (200, SECRET.repeat(10_000).into_bytes()));
    drop(server);

    // Without the key it is not given out, and the server says no more than that.
    let deployment = deployment.with(KEY, "first.key");
    let server = deployment.start();
    let trainee = trainee.at(&server).await;
    assert_eq!(read(&trainee, &file).await.0, 503);
    deployment
}

async fn a_key_that_is_missing_stops_the_start_and_is_named(deployment: Deployment) -> Deployment {
    let folder = deployment.folder.path();
    for (key, former, named) in [
        ("nowhere.key", "", "storage.encryption_key_file: nowhere.key"),
        ("", "nowhere.key", "storage.former_encryption_key_files"),
    ] {
        let mut command = ipt(folder);
        command.arg("serve").env(FORMER, former);
        if !key.is_empty() {
            command.env(KEY, key);
        }
        let ended = command.output().unwrap();
        assert!(!ended.status.success());
        assert!(text(&ended.stderr).contains(named), "{}", text(&ended.stderr));
    }
    deployment
}

deployed_on_both_databases!(
    files_are_encrypted_and_their_key_is_replaced,
    a_key_that_is_missing_stops_the_start_and_is_named,
);
