//! Everybody who tries everything.

use serde_json::json;

use crate::support::{Client, PASSWORD, World, id};

/// Who somebody is to what an endpoint concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Has the part that there is to have: the placement's student, the organisation's administrator.
    Own,
    /// Of the same institution and role, and without any relation.
    SameTenant,
    /// Of another institution.
    OtherTenant,
}

/// Somebody who tries.
pub(super) struct Somebody {
    /// The role's letter in the matrix; `e` for a superadmin who has entered the institution.
    pub(super) letter: char,
    pub(super) standing: Standing,
    pub(super) client: Client,
}

/// Everybody of the world's institution, and those of another one.
pub(super) async fn everybody(world: &World) -> Vec<Somebody> {
    let mut all = own(world).await;
    all.extend(unrelated(world).await);
    all.extend(strangers(world).await);
    all
}

fn somebody(letter: char, standing: Standing, client: &Client) -> Somebody {
    Somebody {
        letter,
        standing,
        client: client.clone(),
    }
}

async fn own(world: &World) -> Vec<Somebody> {
    let organisation = Some(world.organisation.as_str());
    let manager = world.person(
        "manager@kilima.example",
        "Mana Ger",
        "organisation_admin",
        organisation,
    );
    let root = world.superadmin("root").await;
    let visitor = world.superadmin("visitor").await;
    let body = json!({ "tenant": "dit", "reason": "ticket 7" });
    let entered = visitor.post("/auth/switch-tenant", &body).await.expect(200);
    let entered = visitor.with_token(entered["access_token"].as_str().unwrap());
    [
        ('s', &world.student),
        ('i', &world.industry),
        ('a', &world.academic),
        ('o', &manager.await),
        ('c', &world.coordinator),
        ('t', &world.admin),
        ('e', &entered),
        ('d', &root),
    ]
    .map(|(letter, client)| somebody(letter, Standing::Own, client))
    .into()
}

async fn unrelated(world: &World) -> Vec<Somebody> {
    let organisation = json!({ "name": "Pwani Works", "sector": "energy", "city": "Tanga" });
    let organisation = id(&world
        .coordinator
        .post("/organisations", &organisation)
        .await
        .expect(201));
    let there = Some(organisation.as_str());
    let mut people = Vec::new();
    for (letter, role, organisation) in [
        ('s', "student", None),
        ('i', "industrial_supervisor", there),
        ('a', "university_supervisor", None),
        ('o', "organisation_admin", there),
    ] {
        let email = format!("unrelated-{letter}@dit.example");
        let client = world.person(&email, "Unre Lated", role, organisation).await;
        people.push(somebody(letter, Standing::SameTenant, &client));
    }
    people
}

async fn strangers(world: &World) -> Vec<Somebody> {
    let admin = world.other_institution().await;
    let organisation = json!({ "name": "Bara Works", "sector": "energy", "city": "Dodoma" });
    let organisation = id(&admin.post("/organisations", &organisation).await.expect(201));
    let mut people = vec![somebody('t', Standing::OtherTenant, &admin)];
    for (letter, role) in [
        ('s', "student"),
        ('i', "industrial_supervisor"),
        ('a', "university_supervisor"),
        ('o', "organisation_admin"),
        ('c', "coordinator"),
    ] {
        let email = format!("stranger-{letter}@udsm.example");
        let mut body =
            json!({ "email": email, "full_name": "Stra Nger", "roles": [role], "password": PASSWORD });
        if matches!(letter, 'i' | 'o') {
            body["organisation_id"] = json!(organisation);
        }
        admin.post("/users", &body).await.expect(201);
        let client = world.nobody.sign_in(&email, PASSWORD).await;
        people.push(somebody(letter, Standing::OtherTenant, &client));
    }
    people
}
