//! Those who keep the deployment: institutions, and people of an institution for a recorded reason.

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, World, id};

async fn make_tenant(root: &Client, code: &str, name: &str) -> String {
    let body = json!({ "code": code, "name": name, "timezone": "Africa/Dar_es_Salaam" });
    id(&root.post("/tenants", &body).await.expect(201))
}

fn person(email: &str, role: &str) -> Value {
    json!({ "email": email, "full_name": "Some Body", "roles": [role], "password": PASSWORD })
}

async fn a_superadmin_founds_an_institution_that_then_keeps_itself(world: World) {
    let root = world.superadmin("root").await;
    let body = json!({
        "code": "ardhi", "name": "Ardhi University", "timezone": "Africa/Dar_es_Salaam",
        "weekend_days": ["friday", "saturday"], "holidays": ["2026-07-07"],
        "branding": { "display_name": "Chuo Kikuu Ardhi", "colour": "#0B5CAB", "logo_url": "https://ardhi.example/l.png" },
    });
    let answer = root.post("/tenants", &body).await;
    let made = answer.expect(201);
    let path = format!("/tenants/{}", id(&made));
    assert_eq!(answer.header("location"), Some(format!("/api/v1{path}").as_str()));
    assert_eq!(made["weekend_days"], json!(["friday", "saturday"]));
    assert_eq!(made["holidays"], json!(["2026-07-07"]));
    assert_eq!(
        made["branding"],
        json!({ "display_name": "Chuo Kikuu Ardhi", "colour": "#0b5cab", "logo_text": null,
            "logo_url": "https://ardhi.example/l.png" })
    );
    assert_eq!(root.get(&path).await.expect(200), made);

    let admin = root
        .post(
            &format!("{path}/users"),
            &person("head@ardhi.example", "tenant_admin"),
        )
        .await
        .expect(201);
    let head = world.nobody.sign_in("head@ardhi.example", PASSWORD).await;
    assert_eq!(head.id, id(&admin));
    let own = head.get("/tenant").await.expect(200);
    assert_eq!((&own["code"], &own["id"]), (&json!("ardhi"), &made["id"]));
    let plain = json!({ "branding": {} });
    let changed = head.patch("/tenant", &plain).await.expect(200);
    assert_eq!(changed["branding"]["colour"], Value::Null);
    let renamed = root
        .patch(&path, &json!({ "name": "Ardhi", "weekend_days": ["sunday"] }))
        .await
        .expect(200);
    assert_eq!(
        (&renamed["name"], &renamed["weekend_days"], &renamed["holidays"]),
        (&json!("Ardhi"), &json!(["sunday"]), &json!(["2026-07-07"]))
    );
}

async fn a_code_that_is_taken_or_a_wrong_look_is_told_with_its_field(world: World) {
    let root = world.superadmin("root").await;
    let taken = json!({ "code": "dit", "name": "Another" });
    let told = root
        .post("/tenants", &taken)
        .await
        .expect_problem(409, "tenant_code_taken");
    assert_eq!(told["errors"][0]["pointer"], "/code");
    let wrong = json!({ "code": "Ardhi", "name": "Ardhi", "branding": {
        "colour": "blue", "logo_url": "http://ardhi.example/l.png",
    } });
    let told = root
        .post("/tenants", &wrong)
        .await
        .expect_problem(422, "validation_failed");
    let codes: Vec<_> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].clone())
        .collect();
    assert_eq!(
        codes,
        ["tenant_code", "colour_invalid", "logo_url_invalid"],
        "{told}"
    );
    let unknown = json!({ "branding": { "color": "#000000" } });
    let told = world
        .admin
        .patch("/tenant", &unknown)
        .await
        .expect_problem(422, "unknown_field");
    assert_eq!(told["errors"][0]["pointer"], "/branding/color");
    world
        .admin
        .patch("/tenant", &json!({ "code": "new" }))
        .await
        .expect_problem(422, "unknown_field");
}

async fn institutions_are_listed_found_and_counted(world: World) {
    let root = world.superadmin("root").await;
    for (code, name) in [("c1", "Zanzibar"), ("c2", "ardhi"), ("c3", "Mzumbe")] {
        make_tenant(&root, code, name).await;
    }
    let first = root.get("/tenants?limit=2&count=true").await.expect(200);
    let names = |page: &Value| -> Vec<Value> {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["name"].clone())
            .collect()
    };
    assert_eq!(
        (names(&first), &first["total"]),
        (vec![json!("An Institute"), json!("ardhi")], &json!(4))
    );
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = root
        .get(&format!("/tenants?limit=2&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(names(&second), ["Mzumbe", "Zanzibar"]);
    let found = root.get("/tenants?q=ZANZ").await.expect(200);
    assert_eq!(names(&found), ["Zanzibar"]);
    let by_code = root.get("/tenants?sort=-code&limit=1").await.expect(200);
    assert_eq!(names(&by_code), ["An Institute"]);
    world.admin.get("/tenants").await.expect_problem(403, "forbidden");
}

async fn an_institution_is_told_in_numbers_by_as_many_statements_however_much_there_is(world: World) {
    let root = world.superadmin("root").await;
    let tenant = id(&world.admin.get("/tenant").await.expect(200));
    let path = format!("/tenants/{tenant}/statistics");
    let count = async || {
        let before = world.database.statements();
        let told = root.get(&path).await.expect(200);
        (told, world.database.statements() - before)
    };
    let (_, few) = count().await;
    world.approve("2026-07-06").await;
    world.another_student(2).await;
    world
        .coordinator
        .act(&format!("/users/{}/disable", world.academic.id))
        .await
        .expect(200);
    let (told, many) = count().await;
    assert_eq!(few, many);
    assert_eq!(
        (&told["users"]["active"], &told["users"]["disabled"]),
        (&json!(5), &json!(1)),
        "{told}"
    );
    assert_eq!(told["users"]["by_role"]["student"], 2);
    assert_eq!(told["placements"]["by_state"]["active"], 2);
    assert_eq!(
        (
            &told["logs"]["total"],
            &told["logs"]["by_state"]["industry_verified"]
        ),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&told["organisations"], &told["programmes"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(told["last_activity_at"], "2026-07-06T06:00:00.000000Z");
}

async fn every_look_at_the_people_of_an_institution_has_a_reason_in_its_trail(world: World) {
    let root = world.superadmin("root").await;
    let tenant = id(&world.admin.get("/tenant").await.expect(200));
    let path = format!("/tenants/{tenant}/users");
    for unsaid in ["", "?reason=", "?reason=%20%E2%80%8B"] {
        let told = root
            .get(&format!("{path}{unsaid}"))
            .await
            .expect_problem(422, "comments_required");
        assert_eq!(told["errors"][0]["pointer"], "/reason");
    }
    root.post(&path, &person("new@dit.example", "student"))
        .await
        .expect_problem(422, "comments_required");
    let trail = async |action: &str| {
        let found = world
            .admin
            .get(&format!("/audit-log?action={action}"))
            .await
            .expect(200);
        found["items"].as_array().unwrap().clone()
    };
    assert!(trail("identity.look_at_users").await.is_empty());

    let students = format!("{path}?reason=ticket+7&role=student&count=true&limit=1");
    let found = root.get(&students).await.expect(200);
    assert_eq!(
        (&found["total"], &found["items"][0]["email"]),
        (&json!(1), &json!("student@dit.example"))
    );
    let looks = trail("identity.look_at_users").await;
    assert_eq!(looks.len(), 1);
    assert_eq!(
        (
            &looks[0]["actor"]["id"],
            &looks[0]["detail"]["entered_for"],
            &looks[0]["detail"]["values"]["role"]
        ),
        (&json!(root.id), &json!("ticket 7"), &json!("student"))
    );
    root.post(
        &format!("{path}?reason=ticket+8"),
        &person("new@dit.example", "student"),
    )
    .await
    .expect(201);
    let added = trail("identity.create_user").await;
    assert_eq!(added[0]["detail"]["entered_for"], "ticket 8");
    assert_eq!(
        added[1]["detail"].get("entered_for"),
        None,
        "a member's deed needs no reason"
    );
}

async fn what_a_superadmin_does_inside_tells_why_the_institution_was_entered(world: World) {
    let root = world.superadmin("root").await;
    root.post("/auth/switch-tenant", &json!({ "tenant": "dit" }))
        .await
        .expect_problem(422, "comments_required");
    let entry = json!({ "tenant": "dit", "reason": "Ticket 7: a coordinator is locked out" });
    let signed_in = root.post("/auth/switch-tenant", &entry).await.expect(200);
    assert_eq!(signed_in["user"]["tenant"]["code"], "dit");
    let inside = root.with_token(signed_in["access_token"].as_str().unwrap());
    inside
        .patch("/tenant", &json!({ "name": "Renamed" }))
        .await
        .expect(200);
    let refreshed = json!({ "refresh_token": signed_in["refresh_token"] });
    let refreshed = world.nobody.post("/auth/refresh", &refreshed).await.expect(200);
    assert_eq!(
        refreshed["user"]["tenant"]["code"], "dit",
        "a refresh keeps the institution"
    );
    let inside = root.with_token(refreshed["access_token"].as_str().unwrap());
    inside
        .act(&format!("/users/{}/disable", world.student.id))
        .await
        .expect(200);
    let trail = world
        .admin
        .get(&format!("/audit-log?actor={}", root.id))
        .await
        .expect(200);
    let told: Vec<_> = trail["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| (record["action"].clone(), record["detail"]["entered_for"].clone()))
        .collect();
    let reason = json!("Ticket 7: a coordinator is locked out");
    assert_eq!(
        told,
        [
            (json!("identity.disable_user"), reason.clone()),
            (json!("tenancy.update"), reason),
            (json!("identity.enter_tenant"), Value::Null),
        ]
    );
    assert_eq!(
        trail["items"][2]["detail"]["values"]["reason"],
        "Ticket 7: a coordinator is locked out"
    );
}

on_both_databases!(
    a_superadmin_founds_an_institution_that_then_keeps_itself,
    a_code_that_is_taken_or_a_wrong_look_is_told_with_its_field,
    institutions_are_listed_found_and_counted,
    an_institution_is_told_in_numbers_by_as_many_statements_however_much_there_is,
    every_look_at_the_people_of_an_institution_has_a_reason_in_its_trail,
    what_a_superadmin_does_inside_tells_why_the_institution_was_entered,
);
