//! The keys of access tokens, replaced while people are signed in.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{
    Client, PASSWORD,
    process::{Running, create_admin, ipt, text},
};

/// The public address: part of each token, and the same whatever port a server got.
const PUBLIC_URL: &str = "https://ipt.example.org";

/// A server with these keys: the one that signs, and further ones.
fn server(folder: &Path, signing: &str, accepted: &str) -> Running {
    let mut command = ipt(folder);
    command
        .env("IPT_SERVER__PUBLIC_URL", PUBLIC_URL)
        .env("IPT_AUTH__SIGNING_KEY_FILE", signing)
        .env("IPT_AUTH__ACCEPTED_KEY_FILES", accepted);
    Running::start_by(command, &[])
}

/// Stops a server, so that the next may have its database.
fn stop(mut server: Running) {
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
}

async fn sign_in(nobody: &Client) -> Client {
    nobody.sign_in("admin@dit.example", PASSWORD).await
}

/// The id of the key that signed a token.
fn key_of(client: &Client) -> Value {
    let head = client.token().split('.').next().unwrap();
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).unwrap()).unwrap();
    assert_eq!((&head["typ"], &head["alg"]), (&json!("at+jwt"), &json!("EdDSA")));
    head["kid"].clone()
}

/// The ids of the keys that a server tells the world.
async fn published(nobody: &Client) -> Vec<Value> {
    let set = nobody.get("//.well-known/jwks.json").await.expect(200);
    let keys = set["keys"].as_array().unwrap();
    assert!(
        keys.iter().all(|key| key.get("d").is_none()),
        "a private half: {set}"
    );
    keys.iter().map(|key| key["kid"].clone()).collect()
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).unwrap().permissions().mode() & 0o7777
}

#[tokio::test]
async fn a_key_is_replaced_and_nobody_signs_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(create_admin(folder, "admin@dit.example").status.success());

    let before = server(folder, "old.pem", "");
    let old = sign_in(&Client::nobody(&before.base)).await;
    for name in ["A", "B"] {
        let works = json!({ "name": format!("Works {name}") });
        old.post("/organisations", &works).await.expect(201);
    }
    let page = old.get("/organisations?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap().to_owned();
    stop(before);

    let after = server(folder, "new.pem", "old.pem");
    let nobody = Client::nobody(&after.base);
    let still = nobody.with_token(old.token());
    still.get("/auth/me").await.expect(200);
    still
        .get(&format!("/organisations?limit=1&cursor={cursor}"))
        .await
        .expect(200);
    let new = sign_in(&nobody).await;
    assert_ne!(key_of(&new), key_of(&old));
    assert_eq!(published(&nobody).await, [key_of(&new), key_of(&old)]);
    for file in ["old.pem", "new.pem"] {
        assert_eq!(mode(&folder.join(file)), 0o600, "{file}");
    }
    stop(after);

    let last = server(folder, "new.pem", "");
    let nobody = Client::nobody(&last.base);
    assert_eq!(published(&nobody).await, [key_of(&new)]);
    nobody
        .with_token(old.token())
        .get("/auth/me")
        .await
        .expect_problem(401, "invalid_token");
    nobody.with_token(new.token()).get("/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_node_takes_the_tokens_of_a_key_that_only_another_node_signs_with_yet() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(create_admin(folder, "admin@dit.example").status.success());
    let other = server(folder, "new.pem", "");
    let token = sign_in(&Client::nobody(&other.base)).await.token().to_owned();
    stop(other);

    let node = server(folder, "old.pem", "new.pem");
    let nobody = Client::nobody(&node.base);
    nobody.with_token(&token).get("/auth/me").await.expect(200);
    assert_eq!(published(&nobody).await.len(), 2);
}

#[test]
fn a_further_key_that_is_missing_or_open_to_others_stops_the_start_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let refused = |accepted: &str| {
        let refused = ipt(folder)
            .arg("serve")
            .env("IPT_AUTH__ACCEPTED_KEY_FILES", accepted)
            .output()
            .unwrap();
        assert!(!refused.status.success());
        text(&refused.stderr)
    };
    let told = refused("nowhere.pem");
    assert!(
        told.contains("auth.accepted_key_files") && told.contains("nowhere.pem"),
        "{told}"
    );
    let key = folder.join("data/signing-key.pem");
    fs::copy(&key, folder.join("old.pem")).unwrap();
    fs::set_permissions(folder.join("old.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    let told = refused("old.pem");
    assert!(told.contains("old.pem") && told.contains("chmod 600"), "{told}");
}
