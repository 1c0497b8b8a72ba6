//! Roles that an institution defines, over HTTP.

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, World, id};

fn registrar(permissions: &Value, may_grant: &Value) -> Value {
    json!({ "key": "registrar", "name": "Registrar", "permissions": permissions, "may_grant": may_grant })
}

async fn with_role(world: &World, giver: &Client, email: &str, role: &str) -> Client {
    let body = json!({ "email": email, "full_name": "Some Body", "roles": [role], "password": PASSWORD });
    giver.post("/users", &body).await.expect(201);
    world.nobody.sign_in(email, PASSWORD).await
}

async fn an_institution_defines_a_role_and_its_holders_do_what_it_says(world: World) {
    let body = registrar(
        &json!(["user:manage", "user:read"]),
        &json!(["university_supervisor", "student"]),
    );
    let answer = world.admin.post("/roles", &body).await;
    let role = answer.expect(201);
    let path = format!("/roles/{}", id(&role));
    assert_eq!(answer.header("location"), Some(format!("/api/v1{path}").as_str()));
    assert_eq!(
        role["permissions"],
        json!(["user:read", "user:manage"]),
        "in the order of the table"
    );
    assert_eq!(role["may_grant"], json!(["student", "university_supervisor"]));
    let registrar = with_role(&world, &world.coordinator, "reg@dit.example", "registrar").await;
    let me = registrar.get("/auth/me").await.expect(200);
    assert_eq!(
        (&me["roles"], &me["permissions"]),
        (&json!(["registrar"]), &json!(["user:read", "user:manage"]))
    );
    assert_eq!(me["memberships"][0]["roles"], json!(["registrar"]));
    with_role(&world, &registrar, "new@dit.example", "student").await;
    let above =
        json!({ "email": "c@dit.example", "full_name": "C", "roles": ["coordinator"], "password": PASSWORD });
    let refused = registrar
        .post("/users", &above)
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(refused["errors"][0]["code"], "role_not_grantable");
    registrar
        .get("/programmes")
        .await
        .expect_problem(403, "forbidden");
    let holders = world.coordinator.get("/users?role=registrar").await.expect(200);
    assert_eq!(holders["items"][0]["email"], "reg@dit.example");

    // It counts at the next request, with the same token.
    let more = json!({ "permissions": ["user:read", "programme:read"] });
    world.admin.patch(&path, &more).await.expect(200);
    registrar.get("/programmes").await.expect(200);
    let student =
        json!({ "email": "s@dit.example", "full_name": "S", "roles": ["student"], "password": PASSWORD });
    registrar
        .post("/users", &student)
        .await
        .expect_problem(403, "forbidden");
    let both = json!({ "roles": ["registrar", "student"] });
    let changed = world
        .coordinator
        .patch(&format!("/users/{}", registrar.id), &both)
        .await
        .expect(200);
    assert_eq!(changed["roles"], json!(["student", "registrar"]));
}

async fn a_role_in_use_is_not_removed_and_its_people_are_counted(world: World) {
    let role = world
        .admin
        .post("/roles", &registrar(&json!(["user:read"]), &json!([])))
        .await
        .expect(201);
    let path = format!("/roles/{}", id(&role));
    let one = with_role(&world, &world.admin, "one@dit.example", "registrar").await;
    let two = with_role(&world, &world.admin, "two@dit.example", "registrar").await;
    let told = world.admin.delete(&path).await.expect_problem(409, "role_in_use");
    assert_eq!(told["people"], 2);
    world
        .admin
        .act(&format!("/users/{}/disable", one.id))
        .await
        .expect(200);
    let told = world.admin.delete(&path).await.expect_problem(409, "role_in_use");
    assert_eq!(told["people"], 2, "who is disabled may come back");
    let student = json!({ "roles": ["student"] });
    for person in [&one, &two] {
        world
            .admin
            .patch(&format!("/users/{}", person.id), &student)
            .await
            .expect(200);
    }
    world.admin.delete(&path).await.expect(204);
    world.admin.get(&path).await.expect_problem(404, "not_found");
}

async fn a_role_never_exceeds_what_its_maker_may_give(world: World) {
    let everything = json!(["tenant:manage_all"]);
    let told = world
        .admin
        .post("/roles", &registrar(&everything, &json!(["superadmin"])))
        .await;
    let told = told.expect_problem(422, "validation_failed");
    let codes: Vec<_> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].clone())
        .collect();
    assert_eq!(codes, ["permission_misplaced", "role_misplaced"]);
    let keeper = registrar(&json!(["tenant:manage", "user:read"]), &json!(["student"]));
    let keeper_role = world.admin.post("/roles", &keeper).await.expect(201);
    let keeper = with_role(&world, &world.admin, "keeper@dit.example", "registrar").await;
    let mighty = json!({ "key": "mighty", "name": "Mighty", "permissions": ["audit:read", "logbook:write"] });
    let told = keeper
        .post("/roles", &mighty)
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(
        (&told["errors"][0]["code"], &told["errors"][0]["pointer"]),
        (&json!("role_exceeds_maker"), &json!("/permissions"))
    );
    assert!(told["detail"].as_str().unwrap().contains("audit:read"), "{told}");
    let granting = json!({ "key": "granting", "name": "G", "permissions": ["logbook:write"], "may_grant": ["coordinator"] });
    let told = keeper
        .post("/roles", &granting)
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(told["errors"][0]["pointer"], "/may_grant");
    let own = format!("/roles/{}", id(&keeper_role));
    let told = keeper
        .patch(&own, &json!({ "name": "King" }))
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(told["errors"][0]["code"], "own_roles");
    let to_oneself = json!({ "roles": ["registrar", "student"] });
    let told = keeper
        .patch(&format!("/users/{}", keeper.id), &to_oneself)
        .await
        .expect_problem(403, "forbidden");
    assert_eq!(told["errors"][0]["code"], "own_roles");
    // A coordinator gives no role with rights that no coordinator could give.
    let body =
        json!({ "email": "k2@dit.example", "full_name": "K", "roles": ["registrar"], "password": PASSWORD });
    world
        .coordinator
        .post("/users", &body)
        .await
        .expect_problem(403, "forbidden");
}

async fn an_organisations_administrator_gives_roles_within_the_organisation(world: World) {
    let organisation = Some(world.organisation.as_str());
    let manager = world
        .person(
            "manager@kilima.example",
            "Mana Ger",
            "organisation_admin",
            organisation,
        )
        .await;
    let clerk =
        json!({ "key": "clerk", "name": "Clerk", "permissions": ["organisation:manage", "site:manage"] });
    world.admin.post("/roles", &clerk).await.expect(201);
    let auditor = json!({ "key": "auditor", "name": "Auditor", "permissions": ["audit:read"] });
    world.admin.post("/roles", &auditor).await.expect(201);
    let person = |email: &str, role: &str, organisation: Option<&str>| json!({ "email": email, "full_name": "P", "roles": [role], "password": PASSWORD, "organisation_id": organisation });
    manager
        .post(
            "/users",
            &person("f2@kilima.example", "industrial_supervisor", organisation),
        )
        .await
        .expect(201);
    manager
        .post("/users", &person("c@kilima.example", "clerk", organisation))
        .await
        .expect(201);
    for (email, role, place) in [
        ("a@kilima.example", "auditor", organisation),
        ("b@kilima.example", "clerk", None),
        ("d@kilima.example", "student", None),
        ("e@kilima.example", "coordinator", organisation),
    ] {
        manager
            .post("/users", &person(email, role, place))
            .await
            .expect_problem(403, "forbidden");
    }
    let clerk = world.nobody.sign_in("c@kilima.example", PASSWORD).await;
    assert_eq!(clerk.get("/auth/me").await.expect(200)["roles"], json!(["clerk"]));
}

async fn keys_and_names_of_roles_are_checked(world: World) {
    world
        .admin
        .post("/roles", &registrar(&json!(["user:read"]), &json!([])))
        .await
        .expect(201);
    for (key, status, code) in [
        ("registrar", 409, "role_key_taken"),
        ("student", 422, "role_key_reserved"),
        ("It Desk", 422, "role_key_invalid"),
    ] {
        let body = json!({ "key": key, "name": "N", "permissions": ["user:read"] });
        let told = world
            .admin
            .post("/roles", &body)
            .await
            .expect_problem(status, code);
        assert_eq!(told["errors"][0]["pointer"], "/key");
    }
    let unknown = json!({ "key": "desk", "name": "N", "permissions": ["user:fly"] });
    world
        .admin
        .post("/roles", &unknown)
        .await
        .expect_problem(422, "invalid_value");
    let nobody =
        json!({ "email": "n@dit.example", "full_name": "N", "roles": ["nobody"], "password": PASSWORD });
    let told = world
        .admin
        .post("/users", &nobody)
        .await
        .expect_problem(422, "role_unknown");
    assert_eq!(told["errors"][0]["pointer"], "/roles");
    // Another institution has its own.
    let stranger = world.other_institution().await;
    assert_eq!(stranger.get("/roles?count=true").await.expect(200)["total"], 0);
    stranger
        .post("/roles", &registrar(&json!(["audit:read"]), &json!([])))
        .await
        .expect(201);
    let found = world.admin.get("/roles?q=REGI").await.expect(200);
    assert_eq!(found["items"][0]["permissions"], json!(["user:read"]));
    let trail = world
        .admin
        .get("/audit-log?action=identity.define_role")
        .await
        .expect(200);
    assert_eq!(
        trail["items"][0]["detail"]["values"]["after"]["permissions"],
        json!(["user:read"])
    );
}

on_both_databases!(
    an_institution_defines_a_role_and_its_holders_do_what_it_says,
    a_role_in_use_is_not_removed_and_its_people_are_counted,
    a_role_never_exceeds_what_its_maker_may_give,
    an_organisations_administrator_gives_roles_within_the_organisation,
    keys_and_names_of_roles_are_checked,
);
