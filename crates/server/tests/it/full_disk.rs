//! A disk that is full: a file is refused with a clear answer and leaves nothing behind, and everything else goes on.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{
    Answer, Deployment,
    trainee::{Trainee, report},
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// A log with a picture of so many bytes.
async fn submit_with_file(trainee: &Trainee, bytes: usize) -> Answer {
    let mut picture = PNG.to_vec();
    picture.resize(bytes, 0);
    let report = report();
    let form = Form::new()
        .text("content", report["content"].as_str().unwrap().to_owned())
        .text("log_date", report["log_date"].as_str().unwrap().to_owned())
        .part("attachment", Part::bytes(picture).file_name("a.png"));
    trainee.student.post_form("/logs", form).await
}

#[track_caller]
fn expect_unavailable(answer: &Answer) {
    let problem = answer.expect_problem(503, "unavailable");
    assert!(answer.header("retry-after").is_some(), "{problem}");
    assert!(!problem.to_string().contains("File too large"), "{problem}");
}

async fn a_file_that_does_not_fit_on_the_disk_is_refused_and_leaves_nothing(
    deployment: Deployment,
) -> Deployment {
    // Room for the embedded database, and for the beginning of a large file.
    let server = deployment.start_with_small_files(7_000_000);
    let trainee = Trainee::found(&server).await;
    // Sent in parts: the second one does not fit. In one part: the file is begun, and does not fit.
    for bytes in [9_500_000, 7_500_000] {
        expect_unavailable(&submit_with_file(&trainee, bytes).await);
        assert_eq!(deployment.files(), Vec::<String>::new());
    }
    assert_eq!(
        trainee.student.get("/logs?count=true").await.expect(200)["total"],
        0
    );
    // A small one fits, and without a file it goes on anyway.
    let log = submit_with_file(&trainee, 1_000).await.expect(201);
    assert_eq!(log["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(deployment.files().len(), 1);
    deployment
}

async fn a_store_that_refuses_everything_leaves_logs_without_files_possible(
    deployment: Deployment,
) -> Deployment {
    let server = deployment.start();
    let trainee = Trainee::found(&server).await;
    // The store's folder is gone, and something else lies in its place.
    let folder = deployment.folder.path().join("data/files");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "not a folder").unwrap();
    expect_unavailable(&submit_with_file(&trainee, 1_000).await);
    // What was found out last holds for a second.
    let ready = loop {
        let ready = server.nobody().get("//health/ready").await;
        if ready.status == 503 {
            break ready.json();
        }
    };
    assert_eq!(
        (&ready["checks"]["storage"], &ready["checks"]["database"]),
        (&json!("failed"), &json!("ok"))
    );
    let log = trainee.student.post("/logs", &report()).await.expect(201);
    assert_eq!(log["attachments"], json!([]));
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    while server.nobody().get("//health/ready").await.status != 200 {}
    assert_eq!(
        trainee.student.get("/logs?count=true").await.expect(200)["total"],
        1
    );
    deployment
}

deployed_on_both_databases!(
    a_file_that_does_not_fit_on_the_disk_is_refused_and_leaves_nothing,
    a_store_that_refuses_everything_leaves_logs_without_files_possible,
);

/// On PostgreSQL, which has a disk of its own.
async fn no_room_at_all(deployment: Deployment) -> Deployment {
    drop(deployment.start());
    let server = deployment.start_with_small_files(0);
    let trainee = Trainee::found(&server).await;
    expect_unavailable(&submit_with_file(&trainee, 1_000).await);
    assert_eq!(server.nobody().get("//health/ready").await.status, 503);
    trainee.student.post("/logs", &report()).await.expect(201);
    assert_eq!(deployment.files(), Vec::<String>::new());
    deployment
}

#[test]
fn where_not_one_byte_fits_logs_without_files_are_taken() {
    Deployment::run(crate::support::Kind::Postgres, no_room_at_all);
}

/// The embedded database itself on the disk that is full.
async fn the_database_cannot_grow(deployment: Deployment) -> Deployment {
    let size = std::fs::metadata(deployment.database_url().trim_start_matches("sqlite://"))
        .unwrap()
        .len();
    let mut made = Vec::new();
    {
        let server = deployment.start_with_small_files(size.max(1_000_000) + 500_000);
        let admin = server.admin().await;
        let refused = loop {
            let works =
                json!({ "name": format!("Works {}", made.len()), "description": "long ".repeat(300) });
            let answer = admin.post("/organisations", &works).await;
            if answer.status != 201 {
                break answer;
            }
            made.push(answer.json()["id"].as_str().unwrap().to_owned());
        };
        expect_unavailable(&refused);
        assert!(
            admin.get("/organisations?count=true").await.expect(200)["total"].as_u64()
                >= Some(made.len() as u64)
        );
    }
    let server = deployment.start();
    let admin = server.admin().await;
    assert!(!made.is_empty());
    for id in &made {
        admin.get(&format!("/organisations/{id}")).await.expect(200);
    }
    admin
        .post("/organisations", &json!({ "name": "Afterwards" }))
        .await
        .expect(201);
    assert_eq!(
        admin.get("/audit-log/verify").await.expect(200)["first_broken"],
        Value::Null
    );
    deployment
}

#[test]
fn an_embedded_database_that_cannot_grow_refuses_and_loses_nothing() {
    Deployment::run(crate::support::Kind::Sqlite, the_database_cannot_grow);
}
