//! The audit trail over HTTP.

use ipt_application::audit::link;
use serde_json::json;

use crate::support::World;

async fn every_step_is_written_down_and_the_chain_is_whole(world: World) {
    let id = world.approve("2026-07-06").await;
    let trail = world
        .admin
        .get(&format!("/audit-log?object={id}"))
        .await
        .expect(200);
    let actions: Vec<_> = trail["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["action"].clone())
        .collect();
    assert_eq!(actions, ["logbook.approve", "logbook.submit"], "{trail}");
    let before = world.admin.get("/audit-log/verify").await.expect(200);
    assert!(before["not_linked_yet"].as_u64().unwrap() > 0, "{before}");
    link::execute(&world.services).await.unwrap();
    let after = world.admin.get("/audit-log/verify").await.expect(200);
    assert_eq!(
        (&after["not_linked_yet"], &after["first_broken"]),
        (&json!(0), &json!(null)),
        "{after}"
    );
    assert!(after["checked"].as_u64().unwrap() >= 10, "{after}");
    world
        .student
        .get("/audit-log")
        .await
        .expect_problem(403, "forbidden");
}

on_both_databases!(every_step_is_written_down_and_the_chain_is_whole);
