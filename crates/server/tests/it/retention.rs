//! What is kept for a time only.

use ipt_application::engagement::retention;
use ipt_ports::engagement::Kept;
use serde_json::{Value, json};

use crate::support::{
    World,
    process::{create_admin, ipt, text},
};

async fn notifications_go_after_two_years_and_the_record_of_the_work_stays(world: World) {
    let mut world = world;
    let log = world.approve("2026-07-06").await;
    world.deliver().await;
    assert_ne!(
        world.industry.get("/notifications").await.expect(200)["items"],
        json!([])
    );
    world.at("2028-07-07T09:00:00").await;
    let rows = |all: &[retention::Past], kind| all.iter().find(|past| past.kind == kind).unwrap().rows;
    let told = retention::look(&world.services).await.unwrap();
    let removed = retention::execute(&world.services).await.unwrap();
    for kind in Kept::ALL {
        assert_eq!(rows(&told, kind), rows(&removed, kind), "{kind:?}");
    }
    assert!(rows(&removed, Kept::Notifications) > 0 && rows(&removed, Kept::Messages) > 0);
    assert!(rows(&removed, Kept::Sessions) > 0, "those of two years ago");
    assert_eq!(
        world.industry.get("/notifications").await.expect(200)["items"],
        json!([])
    );
    assert_eq!(
        world.academic.get(&format!("/logs/{log}")).await.expect(200)["state"],
        "industry_verified"
    );
    let root = world.superadmin("root").await;
    let trail = root.get("/audit-log?action=retention.remove").await.expect(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 1, "{trail}");
    let again = retention::execute(&world.services).await.unwrap();
    assert!(again.iter().all(|past| past.rows == 0), "{again:?}");
}

on_both_databases!(notifications_go_after_two_years_and_the_record_of_the_work_stays);

/// What `ipt retention` tells with these arguments and one setting.
fn told(folder: &std::path::Path, arguments: &[&str]) -> Value {
    let mut command = ipt(folder);
    command.args(["retention", "--json"]).args(arguments);
    let done = command
        .env("IPT_RETENTION__NOTIFICATIONS_DAYS", "90")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn an_operator_is_told_what_would_go_and_for_how_long_each_kind_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    assert!(create_admin(folder.path(), "admin@dit.example").status.success());
    for (arguments, dry_run) in [(&["--dry-run"][..], true), (&[], false)] {
        let told = told(folder.path(), arguments);
        assert_eq!(told["dry_run"], dry_run);
        let kinds = told["kinds"].as_array().unwrap();
        let hours =
            |name: &str| kinds.iter().find(|kind| kind["kind"] == name).unwrap()["kept_for_hours"].clone();
        assert_eq!(
            (hours("notifications"), hours("audit_values")),
            (json!(90 * 24), Value::Null),
            "{told}"
        );
        assert_eq!(hours("answers"), 24);
    }
}
