//! The binary as an operator uses it: settings, administrators, starting, stopping, being killed.

use std::{io::Write as _, process::Stdio};

use serde_json::{Value, json};

use crate::support::{
    Client, PASSWORD,
    process::{Running, create_admin, ipt, run, text},
};

#[test]
fn every_command_has_help_and_an_unknown_one_fails() {
    let folder = tempfile::tempdir().unwrap();
    for command in [
        "serve", "worker", "migrate", "demo", "admin", "doctor", "openapi", "routes", "audit",
    ] {
        let help = run(folder.path(), &[command, "--help"]);
        assert!(
            help.status.success() && text(&help.stdout).contains("Usage"),
            "{command}"
        );
    }
    assert!(!run(folder.path(), &["serv"]).status.success());
}

#[test]
fn a_misspelt_setting_stops_the_start_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let refused = ipt(folder.path())
        .arg("serve")
        .env("IPT_SERVER__LISTNE", "x")
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("IPT_SERVER__LISTNE"),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn a_taken_port_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = ipt(folder.path())
        .args(["serve", "--listen", &address])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains(&address),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn an_embedded_database_is_made_and_migrated_by_whichever_command_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let created = create_admin(folder.path(), "admin@dit.example");
    assert!(created.status.success(), "{}", text(&created.stderr));
    assert_eq!(text(&created.stdout).trim().len(), 36, "the user's id is printed");
    let status = run(folder.path(), &["migrate", "status", "--json"]);
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    assert!(
        status["migrations"]
            .as_array()
            .unwrap()
            .iter()
            .all(|step| step["applied"] == true)
    );
    let doctor = run(folder.path(), &["doctor"]);
    assert!(
        doctor.status.success(),
        "{}{}",
        text(&doctor.stdout),
        text(&doctor.stderr)
    );
    let verified = run(folder.path(), &["audit", "verify"]);
    assert!(verified.status.success(), "{}", text(&verified.stderr));
}

#[test]
fn doctor_tells_when_the_shared_counters_are_out_of_reach_and_does_not_fail_for_them() {
    let folder = tempfile::tempdir().unwrap();
    assert!(create_admin(folder.path(), "admin@dit.example").status.success());
    let doctor = ipt(folder.path())
        .arg("doctor")
        .env("IPT_RATE_LIMIT__REDIS_URL", "redis://:geheim@127.0.0.1:1/0")
        .output()
        .unwrap();
    let told = text(&doctor.stdout);
    assert!(doctor.status.success(), "{told}");
    assert!(told.contains("problem  shared counters"), "{told}");
    assert!(!told.contains("geheim"), "{told}");
}

#[test]
fn a_weak_password_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = ipt(folder.path())
        .args([
            "admin",
            "create",
            "--email",
            "a@b.example",
            "--full-name",
            "A",
            "--role",
            "superadmin",
        ])
        .arg("--password-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"password\n").unwrap();
    let refused = child.wait_with_output().unwrap();
    assert!(!refused.status.success());
    assert!(
        text(&refused.stderr).contains("password"),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn sigterm_drains_and_ends_with_success() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Running::start(folder.path());
    server.signal("-TERM");
    let ended = server.child.wait().unwrap();
    assert!(ended.success(), "{ended}");
}

#[test]
fn every_answer_201_is_there_after_the_server_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    assert!(create_admin(folder.path(), "admin@dit.example").status.success());
    let server = Running::start(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let made = runtime.block_on(async {
        let admin = Client::nobody(&server.base).sign_in("admin@dit.example", PASSWORD).await;
        let writers = (0..4).map(|writer| {
            let admin = admin.clone();
            tokio::spawn(async move {
                let mut made = Vec::new();
                for number in 0.. {
                    let body = json!({ "name": format!("Works {writer}-{number}"), "sector": "industry", "city": "Dodoma" });
                    let request = admin.request(reqwest::Method::POST, "/organisations").json(&body);
                    let Ok(answer) = request.send().await else { return made };
                    if answer.status().as_u16() != 201 {
                        return made;
                    }
                    // An answer cut short was not given.
                    let Ok(body) = answer.json::<Value>().await else { return made };
                    made.push(body["id"].as_str().unwrap().to_owned());
                }
                made
            })
        });
        let writers: Vec<_> = writers.collect();
        while admin.get("/organisations?count=true").await.expect(200)["total"].as_u64().unwrap() < 40 {}
        server.signal("-KILL");
        let mut made = Vec::new();
        for writer in writers {
            made.extend(writer.await.unwrap());
        }
        made
    });
    drop(server);
    assert!(made.len() >= 40);
    let server = Running::start(folder.path());
    runtime.block_on(async {
        let admin = Client::nobody(&server.base)
            .sign_in("admin@dit.example", PASSWORD)
            .await;
        for id in &made {
            admin.get(&format!("/organisations/{id}")).await.expect(200);
        }
        let chain = loop {
            let report = admin.get("/audit-log/verify").await.expect(200);
            if report["not_linked_yet"] == 0 {
                break report;
            }
        };
        assert_eq!(chain["first_broken"], Value::Null, "{chain}");
    });
}
