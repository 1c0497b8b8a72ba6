//! The audit trail, exported to be kept elsewhere.

use serde_json::{Value, json};

use crate::support::World;

async fn the_trail_is_exported_whole_in_either_form_and_that_stands_in_it(world: World) {
    let id = world.approve("2026-07-06").await;
    let answer = world.admin.get("/audit-log/export?format=jsonl").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/jsonl"));
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"audit-log.jsonl\"")
    );
    let lines: Vec<Value> = String::from_utf8_lossy(&answer.bytes)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let browsed = world.admin.get("/audit-log?sort=at&limit=100").await.expect(200);
    assert_eq!(browsed["next_cursor"], json!(null));
    assert_eq!(
        browsed["items"],
        json!(lines),
        "each record once, the oldest first"
    );
    let last = lines.last().unwrap();
    assert_eq!(
        (&last["action"], &last["detail"]["values"]["form"]),
        (&json!("audit.export"), &json!("jsonl"))
    );

    let path = format!("/audit-log/export?object={id}&action=logbook.approve");
    let table = world.admin.get(&path).await;
    assert_eq!(table.status, 200);
    let table = String::from_utf8_lossy(&table.bytes).into_owned();
    let rows: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert!(
        rows[0].starts_with("id,sequence,at,actor_id,actor_name,"),
        "{table}"
    );
    assert!(
        rows[1].contains(&format!(",logbook.approve,log_entry,{id},\"{{\"\"")),
        "{table}"
    );
}

async fn an_export_is_for_those_who_read_the_trail_and_of_their_own_institution(world: World) {
    world.approve("2026-07-06").await;
    for who in [&world.student, &world.coordinator] {
        who.get("/audit-log/export")
            .await
            .expect_problem(403, "forbidden");
    }
    world
        .admin
        .get("/audit-log/export?format=xml")
        .await
        .expect_problem(422, "invalid_value");
    let other = world.other_institution().await;
    let theirs = other.get("/audit-log/export?format=jsonl").await;
    let text = String::from_utf8_lossy(&theirs.bytes).into_owned();
    assert!(text.lines().count() > 0 && !text.contains("logbook."), "{text}");
    assert!(!text.contains(&world.placement), "{text}");
}

on_both_databases!(
    the_trail_is_exported_whole_in_either_form_and_that_stands_in_it,
    an_export_is_for_those_who_read_the_trail_and_of_their_own_institution,
);
