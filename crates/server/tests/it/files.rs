//! Attachments: in as a stream, judged by content, out as a download.

use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use crate::support::World;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn form(file: Part) -> Form {
    Form::new()
        .text("content", "Wired the control cabinet and tested it.")
        .text("log_date", "2026-07-06")
        .text(
            "location_data",
            r#"{"lat": -6.8235, "lng": 39.2695, "accuracy_m": 12}"#,
        )
        .part("attachment", file)
}

fn file(name: &str, content: &[u8]) -> Part {
    Part::bytes(content.to_vec()).file_name(name.to_owned())
}

/// How many files lie in the store.
fn stored(world: &World) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                if entry.file_type().unwrap().is_dir() {
                    count(&entry.path())
                } else {
                    1
                }
            })
            .sum()
    }
    count(world.files.path())
}

async fn a_file_is_stored_and_given_back_as_a_download(world: World) {
    let log = world
        .student
        .post_form("/logs/", form(file("../../etc/wiring\u{202e}.png", PNG)))
        .await
        .expect(201);
    assert_eq!(log["location"]["verdict"], "inside");
    let attachment = &log["attachments"][0];
    assert_eq!(attachment["media_type"], "image/png");
    assert_eq!(attachment["size"], PNG.len());
    let name = attachment["file_name"].as_str().unwrap();
    assert!(
        !name.contains('/') && !name.contains("..") && !name.contains('\u{202e}'),
        "{name}"
    );

    let path = format!("/attachments/{}/content", attachment["id"].as_str().unwrap());
    let whole = world.industry.get(&path).await;
    assert_eq!((whole.status, whole.bytes.as_slice()), (200, PNG));
    assert!(
        whole
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));

    let range = world
        .industry
        .request(Method::GET, &path)
        .header("Range", "bytes=1-3");
    let part = world.industry.send(range).await;
    assert_eq!((part.status, part.bytes.as_slice()), (206, b"PNG".as_slice()));
    assert_eq!(
        part.header("content-range"),
        Some(format!("bytes 1-3/{}", PNG.len()).as_str())
    );

    // Going on with a download, or not: only with the same bytes, and never for the head alone.
    let tag = whole.header("etag").unwrap();
    assert_eq!(part.header("etag"), Some(tag));
    for (method, range, condition, status, length) in [
        (Method::GET, "bytes=1-3", tag, 206, 3),
        (Method::GET, "bytes=1-3", "\"other\"", 200, PNG.len()),
        (
            Method::GET,
            "bytes=1-3",
            "Mon, 06 Jul 2026 06:00:00 GMT",
            200,
            PNG.len(),
        ),
        (Method::GET, "bytes=+1-3", tag, 200, PNG.len()),
        (Method::HEAD, "bytes=1-3", tag, 200, PNG.len()),
    ] {
        let request = world.industry.request(method.clone(), &path);
        let request = request.header("Range", range).header("If-Range", condition);
        let answer = world.industry.send(request).await;
        let told = answer.header("content-length").map(str::to_owned);
        assert_eq!(
            (answer.status, told),
            (status, Some(length.to_string())),
            "{method} {range} {condition}"
        );
    }
    let known = world
        .industry
        .request(Method::GET, &path)
        .header("If-None-Match", tag);
    assert_eq!(world.industry.send(known).await.status, 304);
}

async fn a_refused_file_is_named_with_what_is_taken(world: World) {
    let latin = "Z\u{fc}rich"
        .chars()
        .map(|letter| letter as u8)
        .collect::<Vec<_>>();
    let form = form(file("plan.png", PNG)).part("attachment[]", file("../notes.txt", &latin));
    let problem = world
        .student
        .post_form("/logs", form)
        .await
        .expect_problem(415, "attachment_type");
    let told = problem["errors"][0]["detail"].as_str().unwrap();
    for part in ["\"notes.txt\"", "UTF-8", "png, ", "pdf"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(stored(&world), 0);
}

async fn what_a_file_is_called_does_not_count(world: World) {
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let log = world
        .student
        .post_form("/logs", form(file("innocent.png", zip)))
        .await
        .expect(201);
    let attachment = &log["attachments"][0];
    assert_eq!(attachment["media_type"], "application/zip");
    let path = format!("/attachments/{}/content", attachment["id"].as_str().unwrap());
    assert_eq!(
        world.industry.get(&path).await.header("content-disposition"),
        Some("attachment; filename=\"innocent.png.zip\"")
    );
}

async fn a_program_is_refused_and_leaves_nothing(world: World) {
    for content in [
        b"MZ\x90\0\x03\0\0\0".as_slice(),
        b"\x7fELF\x02\x01\x01\0",
        b"<html><script>alert(1)</script></html>",
    ] {
        let refused = world
            .student
            .post_form("/logs", form(file("drawing.png", content)))
            .await;
        refused.expect_problem(415, "attachment_type");
    }
    assert_eq!(stored(&world), 0);
    assert_eq!(
        world.student.get("/logs?count=true").await.expect(200)["total"],
        0
    );
}

async fn a_file_that_is_too_large_is_refused_and_leaves_nothing(world: World) {
    let mut large = PNG.to_vec();
    large.resize(11_000_000, 0);
    let refused = world
        .student
        .post_form("/logs", form(file("large.png", &large)))
        .await;
    refused.expect_problem(413, "attachment_too_large");
    assert_eq!(stored(&world), 0);
}

async fn files_of_a_refused_log_are_removed(world: World) {
    let form = Form::new()
        .text("content", "short")
        .text("log_date", "2026-07-06")
        .part("attachment", file("a.png", PNG));
    world
        .student
        .post_form("/logs", form)
        .await
        .expect_problem(422, "content_too_short");
    assert_eq!(stored(&world), 0);
}

async fn others_of_the_institution_cannot_read_a_file(world: World) {
    let log = world
        .student
        .post_form("/logs", form(file("a.png", PNG)))
        .await
        .expect(201);
    let path = format!(
        "/attachments/{}/content",
        log["attachments"][0]["id"].as_str().unwrap()
    );
    let other = world.another_student(2).await;
    other.get(&path).await.expect_problem(403, "forbidden");
    world
        .nobody
        .get(&path)
        .await
        .expect_problem(401, "unauthenticated");
    let stranger = world.other_institution().await;
    stranger.get(&path).await.expect_problem(404, "not_found");
}

async fn a_file_is_taken_off_a_draft_and_its_bytes_go(world: World) {
    let draft = json!({ "content": "so far", "log_date": "2026-07-06", "draft": true });
    let log = world.student.post("/logs", &draft).await.expect(201);
    let path = format!("/logs/{}/attachments", log["id"].as_str().unwrap());
    let log = world
        .student
        .post_form(&path, Form::new().part("attachment", file("a.png", PNG)))
        .await
        .expect(200);
    let id = log["attachments"][0]["id"].as_str().unwrap();
    assert_eq!(stored(&world), 1);
    world
        .student
        .delete(&format!("/attachments/{id}"))
        .await
        .expect(204);
    let log = world
        .student
        .get(&format!("/logs/{}", log["id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(log["attachments"], json!([]));
    while ipt_application::engagement::deliver::execute(&world.services, 100)
        .await
        .unwrap()
        .claimed
        > 0
    {}
    assert_eq!(stored(&world), 0);
}

async fn a_day_opened_again_after_a_termination_takes_a_file_too(world: World) {
    let mut world = world;
    world.at("2026-07-20T10:00:00").await;
    let terminate = json!({ "reason": "The works closed", "effective_date": "2026-07-17" });
    let path = format!("/placements/{}/terminate", world.placement);
    world.coordinator.post(&path, &terminate).await.expect(200);
    let reopen = json!({
        "placement_ids": [world.placement], "from": "2026-07-06", "to": "2026-07-06", "reason": "The phone was broken",
    });
    world
        .coordinator
        .post("/placements/reopen-days", &reopen)
        .await
        .expect(200);
    let form = form(file("a.png", PNG)).text("placement_id", world.placement.clone());
    let log = world.student.post_form("/logs", form).await.expect(201);
    assert_eq!(log["attachments"].as_array().unwrap().len(), 1);
}

async fn a_form_without_a_file_is_told_so(world: World) {
    let mut draft = crate::support::report("2026-07-06");
    draft["draft"] = json!(true);
    let draft = world.student.post("/logs", &draft).await.expect(201);
    let path = format!("/logs/{}/attachments", draft["id"].as_str().unwrap());
    let empty_field = Form::new().part("attachment", file("", b""));
    let answer = world.student.post_form(&path, empty_field).await;
    let problem = answer.expect_problem(422, "missing_field");
    assert_eq!(problem["errors"][0]["pointer"], "/attachment");
}

async fn a_form_that_breaks_off_is_refused_and_leaves_nothing(world: World) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let address = world.base.trim_start_matches("http://").to_owned();
    let mut socket = tokio::net::TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /api/v1/logs HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\nContent-Type: \
         multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\nContent-Disposition: form-data; \
         name=\"attachment\"; filename=\"a.png\"\r\n\r\n",
        world.student.token()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(PNG).await.unwrap();
    socket.shutdown().await.unwrap();
    let mut answer = Vec::new();
    // Whether an answer still comes does not matter to somebody who has gone.
    let _ = socket.read_to_end(&mut answer).await;
    let list: Value = world.student.get("/logs?count=true").await.expect(200);
    assert_eq!(list["total"], 0);
    world.clock.advance(chrono::TimeDelta::hours(25));
    while ipt_application::engagement::deliver::execute(&world.services, 100)
        .await
        .unwrap()
        .claimed
        > 0
    {}
    assert_eq!(stored(&world), 0);
}

on_both_databases!(
    a_file_is_stored_and_given_back_as_a_download,
    a_refused_file_is_named_with_what_is_taken,
    what_a_file_is_called_does_not_count,
    a_program_is_refused_and_leaves_nothing,
    a_file_that_is_too_large_is_refused_and_leaves_nothing,
    files_of_a_refused_log_are_removed,
    others_of_the_institution_cannot_read_a_file,
    a_file_is_taken_off_a_draft_and_its_bytes_go,
    a_day_opened_again_after_a_termination_takes_a_file_too,
    a_form_without_a_file_is_told_so,
    a_form_that_breaks_off_is_refused_and_leaves_nothing,
);
