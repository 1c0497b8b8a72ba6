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

async fn whoever_is_refused_is_written_down(world: World) {
    let forbidden = format!("/users/{}/end-sessions?why=not", world.coordinator.id);
    world
        .student
        .act(&forbidden)
        .await
        .expect_problem(403, "forbidden");
    // What does not exist for somebody is no refusal.
    world
        .student
        .get("/logs/7")
        .await
        .expect_problem(404, "not_found");
    let found = world
        .admin
        .get("/audit-log?action=access.refused&count=true")
        .await
        .expect(200);
    assert_eq!(found["total"], 1, "{found}");
    let refusal = &found["items"][0];
    assert_eq!(refusal["actor"]["id"], json!(world.student.id));
    let path = format!("/api/v1/users/{}/end-sessions", world.coordinator.id);
    assert_eq!(
        refusal["detail"]["values"],
        json!({ "method": "POST", "path": path })
    );
    assert_eq!(refusal["detail"]["address"], "127.0.0.1");
}

async fn a_refusal_outside_any_institution_stands_in_the_deployments_trail(world: World) {
    let root = world.superadmin("root").await;
    let found = async || {
        let path = "/audit-log?action=access.refused&count=true";
        world.admin.get(path).await.expect(200)["total"].clone()
    };
    root.get("/analytics/coordinator-dashboard")
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(found().await, 0);
    let own = root.get("/audit-log?action=access.refused").await.expect(200);
    assert_eq!(own["items"][0]["actor"]["id"], json!(root.id), "{own}");
}

async fn whoever_reads_the_trail_is_written_down_in_it_once_for_each_request(world: World) {
    let looks = async || {
        let path = "/audit-log?action=audit.&count=true";
        world.admin.get(path).await.expect(200)
    };
    assert_eq!(
        looks().await["total"],
        0,
        "what a look shows is what was there before it"
    );
    let found = looks().await;
    assert_eq!(found["total"], 1);
    let look = &found["items"][0];
    assert_eq!(
        (&look["action"], &look["actor"]["id"]),
        (&json!("audit.browse"), &json!(world.admin.id))
    );
    assert_eq!(look["detail"]["values"]["action"], "audit.");
    let page = world.admin.get("/audit-log?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    world
        .admin
        .get(&format!("/audit-log?limit=1&cursor={cursor}"))
        .await
        .expect(200);
    world.admin.get("/audit-log/verify").await.expect(200);
    world
        .student
        .get("/audit-log")
        .await
        .expect_problem(403, "forbidden");
    let found = looks().await;
    let actions: Vec<_> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|look| {
            (
                look["action"].clone(),
                look["detail"]["values"]["continued"].clone(),
            )
        })
        .collect();
    let browse = |continued: bool| (json!("audit.browse"), json!(continued));
    assert_eq!(
        actions,
        [
            (json!("audit.verify"), json!(null)),
            browse(true),
            browse(false),
            browse(false),
            browse(false)
        ]
    );
}

on_both_databases!(
    every_step_is_written_down_and_the_chain_is_whole,
    whoever_is_refused_is_written_down,
    a_refusal_outside_any_institution_stands_in_the_deployments_trail,
    whoever_reads_the_trail_is_written_down_in_it_once_for_each_request,
);
