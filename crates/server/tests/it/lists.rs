//! Pages, filters, entity tags.

use serde_json::{Value, json};

use crate::support::{PASSWORD, World, report};

async fn pages_follow_one_another_without_gap_or_double_while_entries_come_in(world: World) {
    let mut world = world;
    world.at("2026-07-10T16:00:00").await;
    for date in ["2026-07-06", "2026-07-07", "2026-07-09"] {
        world.submit(date).await;
    }
    let mut seen: Vec<Value> = Vec::new();
    let first = world.student.get("/logs?limit=1").await;
    let link = first.header("link").unwrap().to_owned();
    let first = first.expect(200);
    seen.push(first["items"][0]["log_date"].clone());
    assert!(
        link.ends_with("rel=\"next\"") && link.contains("cursor="),
        "{link}"
    );
    // One before and one behind the place: the first is not shown any more, the second comes in its turn.
    world.submit("2026-07-10").await;
    world.submit("2026-07-08").await;
    let mut cursor = first["next_cursor"].clone();
    while let Some(next) = cursor.as_str() {
        let page = world
            .student
            .get(&format!("/logs?limit=1&cursor={next}"))
            .await
            .expect(200);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|log| log["log_date"].clone()),
        );
        cursor = page["next_cursor"].clone();
    }
    assert_eq!(seen, ["2026-07-09", "2026-07-08", "2026-07-07", "2026-07-06"]);
}

async fn a_list_runs_by_several_fields_page_by_page(world: World) {
    let mut world = world;
    world.another_student(2).await;
    for (hour, date) in [("08", "2026-07-06"), ("09", "2026-07-07"), ("10", "2026-07-08")] {
        world.at(&format!("2026-07-08T{hour}:00:00")).await;
        world.submit(date).await;
    }
    let other = world.nobody.sign_in("student2@dit.example", PASSWORD).await;
    for date in ["2026-07-07", "2026-07-06"] {
        other.post("/logs", &report(date)).await.expect(201);
    }
    let mut seen: Vec<String> = Vec::new();
    let mut path = "/logs?sort=-log_date,created_at&limit=2".to_owned();
    loop {
        let page = world.industry.get(&path).await.expect(200);
        for log in page["items"].as_array().unwrap() {
            let own = log["student"]["id"] == world.student.id.as_str();
            seen.push(format!(
                "{} {}",
                log["log_date"].as_str().unwrap(),
                if own { "first" } else { "second" }
            ));
        }
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/logs?sort=-log_date,created_at&limit=2&cursor={cursor}");
    }
    let expected = [
        "2026-07-08 first",
        "2026-07-07 first",
        "2026-07-07 second",
        "2026-07-06 first",
        "2026-07-06 second",
    ];
    assert_eq!(seen, expected);
    for wrong in ["log_date,-log_date", "log_date,colour", "log_date,"] {
        let refused = world.industry.get(&format!("/logs?sort={wrong}")).await;
        assert_eq!(
            refused.expect_problem(422, "invalid_value")["errors"][0]["pointer"],
            "/sort",
            "{wrong}"
        );
    }
}

async fn a_cursor_is_bound_to_its_filters_and_cannot_be_made_up(world: World) {
    let mut world = world;
    world.at("2026-07-07T16:00:00").await;
    world.submit("2026-07-06").await;
    world.submit("2026-07-07").await;
    let page = world.student.get("/logs?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    world
        .student
        .get(&format!("/logs?limit=1&state=submitted&cursor={cursor}"))
        .await
        .expect_problem(400, "invalid_cursor");
    world
        .student
        .get("/logs?cursor=AAAA")
        .await
        .expect_problem(400, "invalid_cursor");
}

async fn unknown_and_wrong_parameters_are_told_together(world: World) {
    let problem = world
        .student
        .get("/logs?limit=0&state=done&colour=red")
        .await
        .expect(422);
    let pointers: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].clone())
        .collect();
    assert_eq!(pointers.len(), 3, "{problem}");
    assert!(
        pointers.contains(&json!("/limit"))
            && pointers.contains(&json!("/state"))
            && pointers.contains(&json!("/colour"))
    );
}

async fn an_unchanged_log_is_not_sent_again(world: World) {
    let id = world.submit("2026-07-06").await;
    let path = format!("/logs/{id}");
    let first = world.student.get(&path).await;
    let tag = first.header("etag").unwrap().to_owned();
    assert!(tag.starts_with("\"1."), "{tag}");
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let again = world
        .student
        .request(reqwest::Method::GET, &path)
        .header("If-None-Match", &tag);
    assert_eq!(world.student.send(again).await.status, 304);
    let industry = world.industry.get(&path).await;
    assert_ne!(
        industry.header("etag"),
        Some(tag.as_str()),
        "what one may do depends on who asks"
    );
}

async fn each_role_sees_its_own_logs(world: World) {
    world.submit("2026-07-06").await;
    let other = world.another_student(2).await;
    other.post("/logs", &report("2026-07-06")).await.expect(201);
    let total = async |client: &crate::support::Client| {
        client.get("/logs?count=true").await.expect(200)["total"].clone()
    };
    assert_eq!(total(&world.student).await, 1);
    assert_eq!(total(&other).await, 1);
    assert_eq!(total(&world.industry).await, 2);
    assert_eq!(total(&world.academic).await, 2);
    assert_eq!(total(&world.coordinator).await, 2);
    let idle = world
        .person("idle@dit.example", "Idle Lecturer", "university_supervisor", None)
        .await;
    assert_eq!(total(&idle).await, 0);
}

async fn the_dashboard_counts_what_is_there(world: World) {
    world.submit("2026-07-06").await;
    let other = world.another_student(2).await;
    let log = other.post("/logs", &report("2026-07-06")).await.expect(201);
    let path = format!("/logs/{}/verify-industry", log["id"].as_str().unwrap());
    world
        .industry
        .patch(&path, &json!({ "status": "approved" }))
        .await
        .expect(200);
    let board = world
        .coordinator
        .get("/analytics/coordinator-dashboard")
        .await
        .expect(200);
    assert_eq!(
        board["students"],
        json!({ "total": 2, "placed": 2, "unplaced": 0 })
    );
    assert_eq!(board["placements"]["by_state"]["active"], 2);
    assert_eq!(board["logs"]["by_state"]["submitted"], 1);
    assert_eq!(board["logs"]["awaiting_industry"], 1);
    assert_eq!(board["logs"]["awaiting_academic"], 1);
    assert_eq!(board["logs"]["submitted_today"], 2);
    let today = board["trend"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&today["date"], &today["submitted"], &today["verified"]),
        (&json!("2026-07-06"), &json!(2), &json!(1))
    );
    world
        .student
        .get("/analytics/coordinator-dashboard")
        .await
        .expect_problem(403, "forbidden");
}

async fn a_page_of_logs_takes_a_fixed_number_of_statements(world: World) {
    let mut world = world;
    world.at("2026-07-10T16:00:00").await;
    world.submit("2026-07-06").await;
    let count = async |world: &World| {
        let before = world.database.statements();
        world.industry.get("/logs?limit=100").await.expect(200);
        world.database.statements() - before
    };
    let with_one = count(&world).await;
    for date in ["2026-07-07", "2026-07-08", "2026-07-09", "2026-07-10"] {
        world.submit(date).await;
    }
    assert_eq!(count(&world).await, with_one);
}

async fn no_parameter_takes_a_control_character(world: World) {
    let root = world.superadmin("root").await;
    let description = world.nobody.get("/../../openapi.json").await.expect(200);
    let mut tried = 0;
    for (path, operations) in description["paths"].as_object().unwrap() {
        let Some(path) = path.strip_prefix("/api/v1").filter(|path| !path.contains('{')) else {
            continue;
        };
        let parameters = operations["get"]["parameters"].as_array();
        for parameter in parameters
            .into_iter()
            .flatten()
            .filter(|known| known["in"] == "query")
        {
            let name = parameter["name"].as_str().unwrap();
            let path = format!("{path}?{name}=%00");
            let answers = [world.admin.get(&path).await, root.get(&path).await];
            let statuses = answers.map(|answer| answer.status);
            let told = statuses.contains(&422) && statuses.iter().all(|status| [422, 403].contains(status));
            assert!(told, "{path}: {statuses:?}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

on_both_databases!(
    pages_follow_one_another_without_gap_or_double_while_entries_come_in,
    a_list_runs_by_several_fields_page_by_page,
    a_cursor_is_bound_to_its_filters_and_cannot_be_made_up,
    unknown_and_wrong_parameters_are_told_together,
    no_parameter_takes_a_control_character,
    an_unchanged_log_is_not_sent_again,
    each_role_sees_its_own_logs,
    the_dashboard_counts_what_is_there,
    a_page_of_logs_takes_a_fixed_number_of_statements,
);
