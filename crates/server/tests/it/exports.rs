//! A copy of everything that is kept of a person.

mod links;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use ipt_application::identity::exports::build;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{Client, World, id};

const OWN: &str = "/auth/me/export";

/// Makes whatever copies are due.
async fn make(world: &World) {
    while build::execute(&world.services).await.unwrap() {}
}

/// Asks for a copy, has it made, and tells how it stands.
async fn made(world: &World, who: &Client, path: &str) -> Value {
    let asked = who.act(path).await.expect(202);
    assert_eq!(
        (&asked["state"], &asked["download_url"]),
        (&json!("preparing"), &Value::Null)
    );
    make(world).await;
    let ready = who.get(path).await.expect(200);
    assert_eq!(
        (&ready["state"], &ready["id"]),
        (&json!("ready"), &asked["id"]),
        "{ready}"
    );
    ready
}

/// The path of a link, as the clients of tests take it.
fn link(export: &Value) -> String {
    let url = export["download_url"].as_str().unwrap();
    url.strip_prefix("/api/v1").unwrap().to_owned()
}

/// The files of an archive by their names.
fn opened(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn list(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    serde_json::from_slice(&files[name]).unwrap()
}

async fn a_person_fetches_everything_that_is_kept_of_the_person(world: World) {
    let picture = [b"%PDF-1.7\n".as_slice(), &vec![7; 300_000]].concat();
    let form = Form::new()
        .text("content", "Wired the control cabinet and tested it.")
        .text("log_date", "2026-07-06")
        .part(
            "attachment",
            Part::bytes(picture.clone()).file_name("../../wiring \u{f6}.pdf"),
        );
    let log = id(&world.student.post_form("/logs", form).await.expect(201));
    let verdict = json!({ "status": "rejected", "comments": "Which cabinet?" });
    let path = format!("/logs/{log}/verify-industry");
    world.industry.patch(&path, &verdict).await.expect(200);
    world.deliver().await;

    let ready = made(&world, &world.student, OWN).await;
    assert_eq!(
        world.last_mail("student@dit.example").await.subject(),
        "Your copy of the data is ready"
    );
    let answer = world.nobody.get(&link(&ready)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"my-data.zip\"")
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(ready["size"], answer.bytes.len());

    let files = opened(answer.bytes);
    let account: Value = serde_json::from_slice(&files["account.json"]).unwrap();
    assert_eq!(account["account"]["email"], "student@dit.example");
    assert_eq!(account["memberships"][0]["roles"], json!(["student"]));
    assert!(!account["sessions"].as_array().unwrap().is_empty());
    let placements = list(&files, "placements.json");
    assert_eq!(
        (&placements[0]["id"], &placements[0]["part"]),
        (&json!(world.placement), &json!("student"))
    );
    let logs = list(&files, "logs.json");
    assert_eq!(
        logs[0]["revisions"][0]["content"],
        "Wired the control cabinet and tested it."
    );
    let reviews = logs[0]["reviews"].as_array().unwrap();
    assert!(
        reviews
            .iter()
            .any(|review| review["comments"] == "Which cabinet?" && review["by"] == "Juma Foreman")
    );
    let file = logs[0]["attachments"][0]["file"].as_str().unwrap();
    assert!(files[file] == picture, "{file}");
    assert!(
        files.keys().all(|name| !name.contains("..")),
        "{:?}",
        files.keys()
    );
    let told = list(&files, "notifications.json");
    assert!(told.iter().any(|note| note["kind"] == "log_rejected"), "{told:?}");
    let audit = list(&files, "audit.json");
    let of = |action: &str| audit.iter().find(|record| record["action"] == action).unwrap();
    assert_eq!(of("logbook.submit")["by_you"], true);
    assert_eq!(of("identity.create_user")["by_you"], false);
    assert_eq!(
        of("identity.create_user")["values"].get("address"),
        None,
        "that is the coordinator's"
    );
    assert!(!String::from_utf8_lossy(&files["README.txt"]).is_empty());

    let root = world.superadmin("root").await;
    for (who, action) in [
        (&world.admin, "identity.request_export"),
        (&root, "identity.make_export"),
        (&root, "identity.fetch_export"),
    ] {
        let records = who.get(&format!("/audit-log?action={action}")).await.expect(200);
        let about = &records["items"][0]["object"]["id"];
        assert_eq!(about, world.student.id.as_str(), "{action}: {records}");
    }
}

async fn what_a_reviewer_wrote_is_in_the_reviewers_copy(world: World) {
    let log = world.submit("2026-07-06").await;
    let verdict = json!({ "status": "rejected", "comments": "Which cabinet?" });
    let path = format!("/logs/{log}/verify-industry");
    world.industry.patch(&path, &verdict).await.expect(200);

    let of_foreman = made(&world, &world.industry, OWN).await;
    let files = opened(world.nobody.get(&link(&of_foreman)).await.bytes);
    let remarks = list(&files, "remarks.json");
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    assert_eq!(
        (&remarks[0]["log_id"], &remarks[0]["comments"]),
        (&json!(log), &json!("Which cabinet?"))
    );
    assert_eq!(list(&files, "logs.json"), Vec::<Value>::new());

    let of_student = made(&world, &world.student, OWN).await;
    let files = opened(world.nobody.get(&link(&of_student)).await.bytes);
    assert_eq!(list(&files, "remarks.json"), Vec::<Value>::new());
}

async fn a_copy_holds_the_profile_and_of_sealed_particulars_only_that_they_are_kept(world: World) {
    let person = format!("/users/{}", world.student.id);
    let student =
        json!({ "registration_number": "2026-04-01234", "year_of_study": 3, "grade_average": 3.75 });
    let profile = json!({ "student": student });
    let path = format!("{person}/profile");
    world.coordinator.patch(&path, &profile).await.expect(200);
    let path = format!("{person}/particulars");
    let phone = json!({ "phone": "+255 712 345 678" });
    world.student.patch(&path, &phone).await.expect(200);

    for (who, path) in [
        (&world.student, OWN.to_owned()),
        (&world.admin, format!("{person}/export")),
    ] {
        let ready = made(&world, who, &path).await;
        let files = opened(world.nobody.get(&link(&ready)).await.bytes);
        let profiles = list(&files, "profiles.json");
        assert_eq!(profiles.len(), 1, "{profiles:?}");
        let kept = &profiles[0]["student"];
        assert_eq!(kept["registration_number"], "2026-04-01234");
        assert_eq!(
            (&kept["year_of_study"], &kept["grade_average"]),
            (&json!(3), &json!("3.75"))
        );
        assert_eq!(profiles[0]["supervisor"], Value::Null);
        assert_eq!(profiles[0]["particulars_kept"], json!(["phone"]));
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !text.contains("255712345678") && !text.contains("712 345 678"),
                "{name}"
            );
        }
    }
}

async fn an_institution_gives_out_what_it_keeps_and_nothing_of_another(world: World) {
    let other = world.other_institution().await;
    let lecturer = json!({
        "email": "lecturer@dit.example", "full_name": "Neema Lecturer", "roles": ["university_supervisor"],
    });
    other.post("/users", &lecturer).await.expect(201);
    let path = format!("/users/{}/export", world.academic.id);
    let there = opened(
        world
            .nobody
            .get(&link(&made(&world, &other, &path).await))
            .await
            .bytes,
    );
    let account: Value = serde_json::from_slice(&there["account.json"]).unwrap();
    let codes = |account: &Value| -> Vec<String> {
        let memberships = account["memberships"].as_array().unwrap();
        memberships
            .iter()
            .map(|held| held["tenant_code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes(&account), ["udsm"]);
    let whole: String = there
        .values()
        .map(|bytes| String::from_utf8_lossy(bytes))
        .collect();
    for of_another in ["Kilima Works", world.placement.as_str(), "\"dit\""] {
        assert!(
            !whole.contains(of_another),
            "{of_another} is the other institution's: {whole}"
        );
    }
    assert_eq!(list(&there, "placements.json"), Vec::<Value>::new());

    let own = opened(
        world
            .nobody
            .get(&link(&made(&world, &world.academic, OWN).await))
            .await
            .bytes,
    );
    let account: Value = serde_json::from_slice(&own["account.json"]).unwrap();
    let mut all = codes(&account);
    all.sort_unstable();
    assert_eq!(all, ["dit", "udsm"]);
    let placements = list(&own, "placements.json");
    assert_eq!(placements[0]["part"], "university_supervisor");
    assert!(
        !placements[0].to_string().contains("Asha"),
        "another's placement is without the name"
    );
    assert_eq!(list(&own, "logs.json"), Vec::<Value>::new());
}

async fn only_administrators_ask_for_others_and_each_sees_the_own_request(world: World) {
    let path = format!("/users/{}/export", world.student.id);
    world
        .coordinator
        .act(&path)
        .await
        .expect_problem(403, "forbidden");
    world.industry.act(&path).await.expect_problem(403, "forbidden");
    world
        .other_institution()
        .await
        .act(&path)
        .await
        .expect_problem(404, "not_found");
    world.admin.get(&path).await.expect_problem(404, "not_found");
    made(&world, &world.admin, &path).await;
    world.student.get(OWN).await.expect_problem(404, "not_found");
    assert!(
        world
            .last_mail("admin@dit.example")
            .await
            .subject()
            .contains("copy of the data")
    );
}

on_both_databases!(
    a_person_fetches_everything_that_is_kept_of_the_person,
    what_a_reviewer_wrote_is_in_the_reviewers_copy,
    a_copy_holds_the_profile_and_of_sealed_particulars_only_that_they_are_kept,
    an_institution_gives_out_what_it_keeps_and_nothing_of_another,
    only_administrators_ask_for_others_and_each_sees_the_own_request,
);
