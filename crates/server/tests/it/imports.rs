//! Adding many people from a file, over HTTP.

use futures_util::stream;
use reqwest::{Body, Method};
use serde_json::{Value, json};

use crate::support::{Answer, Client, World};

const PATH: &str = "/users/import";

async fn send(client: &Client, path: &str, file: impl Into<Body>) -> Answer {
    let request = client
        .request(Method::POST, path)
        .header("Content-Type", "text/csv; charset=utf-8");
    client.send(request.body(file)).await
}

/// How many lines were created, updated, left alone and refused.
fn counts(report: &Value) -> [u64; 4] {
    ["created", "updated", "unchanged", "rejected_count"].map(|name| report[name].as_u64().unwrap())
}

/// Line, column and code of each thing that is wrong.
fn faults(report: &Value) -> Vec<(u64, String)> {
    let lines = report["rejected"].as_array().unwrap().iter();
    lines
        .flat_map(|line| {
            let errors = line["errors"].as_array().unwrap().iter();
            errors.map(|error| {
                let column = error["column"].as_str().unwrap_or("-");
                (
                    line["line"].as_u64().unwrap(),
                    format!("{column}: {}", error["code"].as_str().unwrap()),
                )
            })
        })
        .collect()
}

async fn a_file_sent_again_under_its_key_gets_its_answer_again(world: World) {
    let send = async |key: &str, file: &str| {
        let request = world.coordinator.request(Method::POST, PATH);
        let request = request
            .header("Content-Type", "text/csv")
            .header("Idempotency-Key", key);
        world.coordinator.send(request.body(file.to_owned())).await
    };
    let one = "email,full_name,roles\nana@file.example,Ana,student\n";
    let other = "email,full_name,roles\nben@file.example,Ben,student\n";
    let first = send("import-1", one).await;
    assert_eq!(first.header("idempotency-replayed"), None);
    let first = first.expect(200);
    assert_eq!(counts(&first), [1, 0, 0, 0]);
    let again = send("import-1", one).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(200), first);
    send("import-1", other)
        .await
        .expect_problem(422, "idempotency_key_reused");
    assert!(people(&world, "ben@file").await.is_empty());
    // A file that was refused as a whole gives its key up.
    send("import-2", "email\n")
        .await
        .expect_problem(422, "missing_column");
    assert_eq!(counts(&send("import-2", other).await.expect(200)), [1, 0, 0, 0]);
    assert_eq!(counts(&send("import-3", other).await.expect(200)), [0, 0, 1, 0]);
}

async fn two_of_one_key_at_once_are_one_import(world: World) {
    let lines: Vec<_> = (0..50)
        .map(|number| format!("p{number}@file.example,P,student"))
        .collect();
    let file = format!("email,full_name,roles\n{}", lines.join("\n"));
    let send = async || {
        let request = world.coordinator.request(Method::POST, PATH);
        let request = request
            .header("Content-Type", "text/csv")
            .header("Idempotency-Key", "once");
        world.coordinator.send(request.body(file.clone())).await
    };
    let (one, two) = futures_util::join!(send(), send());
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert!([[200, 200], [200, 409]].contains(&statuses), "{statuses:?}");
    assert_eq!(counts(&send().await.expect(200)), [50, 0, 0, 0]);
}

async fn people(world: &World, text: &str) -> Vec<Value> {
    let found = world
        .coordinator
        .get(&format!("/users?limit=100&q={text}"))
        .await
        .expect(200);
    found["items"].as_array().unwrap().clone()
}

fn invitations(world: &World) -> usize {
    let mails = world.smtp.messages();
    mails
        .iter()
        .filter(|mail| mail.recipients.iter().any(|to| to.ends_with("@file.example")))
        .count()
}

const FILE: &str = "\u{FEFF}E-Mail;Full name;Role;Reg no;Programme;Year;GPA\r\n\
    ana@file.example;\"Ana\u{20}Maria\r\nde Sá\";student;;;;\r\n\
    ben@file.example;Ben;student;R-2;ipt-2;3;3,75\r\n\
    \r\n\
    not an address;Nobody;student;;;;\r\n\
    BEN@file.example;Ben again;student;;;;\r\n\
    cy@file.example;Cy;registrar;;;;\r\n\
    di@file.example;Di;tenant_admin;;;;\r\n\
    ed@file.example;Ed;student;r-2;;13;4,755\r\n\
    flo@file.example;Flo;university_supervisor;;;;\r\n\
    student@dit.example;=HYPERLINK(\"x\");student;R-9;;;\r\n\
    lecturer@dit.example;Neema;coordinator;;;;\r\n";

async fn a_file_adds_people_and_says_line_by_line_what_is_wrong(world: World) {
    let rehearsed = send(&world.coordinator, "/users/import?dry_run=true", FILE)
        .await
        .expect(200);
    assert!(
        people(&world, "file.example").await.is_empty(),
        "a dry run does nothing"
    );
    let done = send(&world.coordinator, PATH, FILE).await.expect(200);
    assert_eq!(
        (&rehearsed["dry_run"], &done["dry_run"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(rehearsed["rejected"], done["rejected"]);
    for report in [&rehearsed, &done] {
        // Somebody who gets a further role, and somebody who gets particulars, are updated.
        assert_eq!(counts(report), [2, 2, 0, 6], "{report}");
        assert_eq!(
            faults(report),
            [
                (2, "full_name: text_characters".to_owned()),
                (6, "email: email_invalid".to_owned()),
                (7, "email: duplicate_line".to_owned()),
                (8, "roles: role_unknown".to_owned()),
                (9, "roles: role_not_grantable".to_owned()),
                (10, "year_of_study: year_of_study_out_of_range".to_owned()),
                (10, "grade_average: invalid_value".to_owned()),
                (10, "registration_number: duplicate_line".to_owned()),
            ]
        );
        assert_eq!(report["last_line"], 13);
    }
    let ben = people(&world, "ben@file").await;
    let profile = world
        .coordinator
        .get(&format!("/users/{}/profile", ben[0]["id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(
        profile["student"],
        json!({ "registration_number": "R-2", "programme_id": world.programme, "year_of_study": 3, "grade_average": 3.75 })
    );
    let own = world
        .student
        .get(&format!("/users/{}/profile", world.student.id))
        .await
        .expect(200);
    assert_eq!(own["student"]["registration_number"], "R-9");
    assert_eq!(
        world.student.get("/auth/me").await.expect(200)["full_name"],
        "Asha Mushi",
        "an existing person keeps the name"
    );
    world.deliver().await;
    assert_eq!(invitations(&world), 2, "Ben and Flo are invited");
}

async fn the_same_file_again_changes_nothing_and_goes_on_where_it_broke_off(world: World) {
    let line = |number: u32| format!("p{number}@file.example,Person {number},student,N-{number}\n");
    let head = "email,full_name,roles,registration_number\n";
    let file: String = std::iter::once(head.to_owned())
        .chain((0..40).map(line))
        .collect();
    let half: String = file.split_inclusive('\n').take(21).collect();
    assert_eq!(
        counts(&send(&world.coordinator, PATH, half).await.expect(200)),
        [20, 0, 0, 0]
    );
    let whole = send(&world.coordinator, PATH, file.clone()).await.expect(200);
    assert_eq!(counts(&whole), [20, 0, 20, 0], "{whole}");
    let again = send(&world.coordinator, PATH, file.clone()).await.expect(200);
    assert_eq!(counts(&again), [0, 0, 40, 0], "{again}");
    let rest = send(&world.coordinator, "/users/import?from_line=40", file)
        .await
        .expect(200);
    assert_eq!((counts(&rest), &rest["last_line"]), ([0, 0, 2, 0], &json!(41)));
    assert_eq!(people(&world, "file.example").await.len(), 40);
    world.deliver().await;
    assert_eq!(invitations(&world), 40, "nobody is invited twice");
}

async fn a_file_of_fifty_thousand_lines_is_taken_as_it_arrives(world: World) {
    let head = "email,full_name,roles\n".to_owned();
    let lines = (0..50_000).map(|number| format!("p{number}@file.example,Person {number},no role!\n"));
    let pieces = std::iter::once(head).chain(lines).map(Ok::<_, std::io::Error>);
    let report = send(&world.coordinator, PATH, Body::wrap_stream(stream::iter(pieces)))
        .await
        .expect(200);
    assert_eq!(counts(&report), [0, 0, 0, 50_000]);
    assert_eq!(
        report["rejected"].as_array().unwrap().len(),
        1_000,
        "the first are told, all are counted"
    );
    assert_eq!(
        (&report["last_line"], &report["rejected"][999]["line"]),
        (&json!(50_001), &json!(1_001))
    );
}

async fn what_is_no_such_file_is_refused_before_anything_is_done(world: World) {
    let utf16: Vec<u8> = "email,full_name,roles\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [b"\xFF\xFE".to_vec(), utf16].concat();
    send(&world.coordinator, PATH, marked)
        .await
        .expect_problem(422, "csv_encoding");
    send(&world.coordinator, PATH, "email,full_name\n")
        .await
        .expect_problem(422, "missing_column");
    send(&world.coordinator, PATH, "email,full_name,roles,password\n")
        .await
        .expect_problem(422, "unknown_column");
    world
        .coordinator
        .post(PATH, &json!({}))
        .await
        .expect_problem(415, "unsupported_media_type");
    let file = "email,full_name,roles\na@file.example,A,student\n";
    send(&world.student, PATH, file)
        .await
        .expect_problem(403, "forbidden");
    send(&world.nobody, PATH, file)
        .await
        .expect_problem(401, "unauthenticated");
    // An organisation's administrator adds its people, and nobody else.
    let organisation = world.organisation.as_str();
    let manager = world
        .person(
            "manager@kilima.example",
            "Mana Ger",
            "organisation_admin",
            Some(organisation),
        )
        .await;
    let file = format!(
        "email,full_name,roles,organisation_id\n\
         f@file.example,F,industrial_supervisor,{organisation}\ng@file.example,G,industrial_supervisor,\nh@file.example,H,student,\n"
    );
    let report = send(&manager, PATH, file).await.expect(200);
    assert_eq!(counts(&report), [1, 0, 0, 2], "{report}");
}

on_both_databases!(
    a_file_sent_again_under_its_key_gets_its_answer_again,
    two_of_one_key_at_once_are_one_import,
    a_file_adds_people_and_says_line_by_line_what_is_wrong,
    the_same_file_again_changes_nothing_and_goes_on_where_it_broke_off,
    a_file_of_fifty_thousand_lines_is_taken_as_it_arrives,
    what_is_no_such_file_is_refused_before_anything_is_done,
);
