//! Sensitive particulars, over HTTP and as they lie in the database: sealed, each value in its place.

use std::sync::Arc;

use ipt_adapter_auth::{KeyedSealer, SealingKey};
use ipt_application::identity::profiles::reseal;
use ipt_domain::{
    id::{TenantId, UserId},
    identity::personal::PersonalField,
};
use ipt_ports::{
    Scope, SystemScope,
    identity::{Place, SealedParticulars},
};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::support::{Client, World, id};

fn particulars_of(user: &str) -> String {
    format!("/users/{user}/particulars")
}

/// The institution and the person.
async fn place(world: &World, person: &Client) -> (TenantId, UserId) {
    let tenant = id(&world.admin.get("/tenant").await.expect(200));
    (tenant.parse().unwrap(), person.id.parse().unwrap())
}

/// What is stored of a person's particulars.
async fn sealed(world: &World, person: &Client) -> SealedParticulars {
    let (tenant, user) = place(world, person).await;
    let mut reader = world
        .services
        .database
        .read(Scope::System(SystemScope::Operator))
        .await
        .unwrap();
    reader.profiles().particulars(tenant, user).await.unwrap()
}

/// Puts sealed values there behind everybody's back.
async fn put(world: &World, person: &Client, values: SealedParticulars) {
    let (tenant, user) = place(world, person).await;
    let mut unit = world
        .services
        .database
        .begin(Scope::tenant(tenant))
        .await
        .unwrap();
    for (field, now) in values {
        let place = Place {
            tenant_id: tenant,
            user_id: user,
            field,
        };
        let before = unit.profiles().particulars(tenant, user).await.unwrap();
        unit.profiles()
            .reseal(place, &before[&field], &now)
            .await
            .unwrap();
    }
    unit.commit().await.unwrap();
}

fn all() -> Value {
    json!({
        "phone": "+255 712 345 678", "national_id": "19990101-11223-00001-20",
        "birth_date": "2004-02-29", "health_notes": "Asthma.\nInhaler in the left pocket.",
    })
}

async fn sensitive_particulars_are_sealed_in_the_database_and_each_look_is_on_record(world: World) {
    let path = particulars_of(&world.student.id);
    let kept = world.student.patch(&path, &all()).await.expect(200);
    assert_eq!(
        (&kept["phone"], &kept["birth_date"]),
        (&json!("+255712345678"), &json!("2004-02-29"))
    );
    let everything = world.everything_stored().await;
    assert!(everything.contains("health_notes") && everything.contains("identity.update_particulars"));
    for secret in ["255712345678", "19990101-11223", "2004-02-29", "Asthma"] {
        assert!(
            !everything.contains(secret),
            "{secret} stands there in plain text"
        );
    }
    assert_eq!(
        world.student.get(&path).await.expect(200)["health_notes"],
        all()["health_notes"]
    );
    let none = world
        .admin
        .get("/audit-log?action=identity.read_particulars")
        .await
        .expect(200);
    assert_eq!(none["items"], json!([]), "the own ones are one's own");
    world.coordinator.get(&path).await.expect(200);
    let looks = world
        .admin
        .get("/audit-log?action=identity.read_particulars")
        .await
        .expect(200);
    assert_eq!(
        looks["items"][0]["actor"]["id"],
        world.coordinator.id.as_str(),
        "{looks}"
    );
    assert_eq!(
        looks["items"][0]["detail"]["values"]["fields"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
    for stranger in [&world.industry, &world.academic] {
        stranger.get(&path).await.expect_problem(403, "forbidden");
        stranger
            .patch(&path, &json!({ "phone": null }))
            .await
            .expect_problem(403, "forbidden");
    }
    let wrong = json!({ "phone": "call me", "birth_date": "2027-01-01" });
    let told = world
        .student
        .patch(&path, &wrong)
        .await
        .expect_problem(422, "validation_failed");
    let pointers: Vec<_> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].clone())
        .collect();
    assert_eq!(pointers, ["/phone", "/birth_date"]);
    assert!(!told.to_string().contains("call me"));
    world
        .student
        .patch(&path, &json!({ "health_notes": null }))
        .await
        .expect(200);
    assert_eq!(
        world.student.get(&path).await.expect(200)["health_notes"],
        Value::Null
    );
    world
        .coordinator
        .delete(&format!("/users/{}", world.student.id))
        .await
        .expect(204);
    assert!(
        sealed(&world, &world.student).await.is_empty(),
        "nothing is kept of somebody who is no member any more"
    );
}

async fn a_value_put_in_anothers_row_does_not_open_and_the_rest_is_read(world: World) {
    let (own, others) = (
        particulars_of(&world.student.id),
        particulars_of(&world.academic.id),
    );
    world.student.patch(&own, &all()).await.expect(200);
    world
        .academic
        .patch(&others, &json!({ "phone": "0222400500", "national_id": "A-1" }))
        .await
        .expect(200);
    let mut mixed = sealed(&world, &world.academic).await;
    let birth_date = sealed(&world, &world.student)
        .await
        .remove(&PersonalField::BirthDate);
    mixed.insert(PersonalField::NationalId, birth_date.unwrap());
    put(&world, &world.academic, mixed).await;
    let both = [
        world.student.get(&own).await.expect(200),
        world.academic.get(&others).await.expect(200),
    ];
    let hurt: Vec<_> = both
        .iter()
        .filter(|told| told["unreadable"] != json!([]))
        .collect();
    assert_eq!(hurt.len(), 1);
    assert_eq!(
        (
            &hurt[0]["unreadable"][0]["field"],
            &hurt[0]["unreadable"][0]["code"]
        ),
        (&json!("national_id"), &json!("sealed_value_damaged"))
    );
    assert_eq!(hurt[0]["national_id"], Value::Null);
    assert!(both.iter().all(|told| told["phone"] != Value::Null));
}

async fn after_the_key_was_changed_everything_is_read_and_sealed_anew(world: World) {
    let path = particulars_of(&world.student.id);
    let key = |byte: u8| {
        use base64::Engine as _;
        let text = format!(
            "ipt-encryption-key:{}",
            base64::engine::general_purpose::STANDARD.encode([byte; 32])
        );
        SealingKey::from_text(&SecretString::from(text)).unwrap()
    };
    let with = |current: u8, accepted: &[u8]| {
        let mut services = world.services.clone();
        services.sealer = Arc::new(KeyedSealer::new(
            key(current),
            accepted.iter().map(|byte| key(*byte)),
        ));
        services
    };
    let old = World::at_server_with(with(1, &[]), &world.student);
    old.patch(&path, &all()).await.expect(200);
    let rotated = World::at_server_with(with(2, &[1]), &world.student);
    assert_eq!(rotated.get(&path).await.expect(200)["birth_date"], "2004-02-29");
    rotated
        .patch(&path, &json!({ "phone": "0712000000" }))
        .await
        .expect(200);
    // Without the old key, what lies under it is told as lost, by its name, and the rest is read.
    let lost = World::at_server_with(with(2, &[]), &world.student);
    let told = lost.get(&path).await.expect(200);
    assert_eq!(
        (&told["phone"], &told["birth_date"]),
        (&json!("0712000000"), &Value::Null)
    );
    assert_eq!(told["unreadable"][0]["code"], "encryption_key_missing");
    assert!(
        told["unreadable"][0]["detail"]
            .as_str()
            .unwrap()
            .contains(key(1).id().as_str())
    );
    let unchanged = reseal::execute(&with(2, &[]), |_| {}).await.unwrap();
    assert_eq!((unchanged.resealed, unchanged.unreadable), (0, 3));

    let done = reseal::execute(&with(2, &[1]), |_| {}).await.unwrap();
    assert_eq!((done.resealed, done.unreadable), (3, 0));
    assert_eq!(lost.get(&path).await.expect(200)["unreadable"], json!([]));
    let again = reseal::execute(&with(2, &[1]), |_| {}).await.unwrap();
    assert_eq!(again.resealed, 0);
}

on_both_databases!(
    sensitive_particulars_are_sealed_in_the_database_and_each_look_is_on_record,
    a_value_put_in_anothers_row_does_not_open_and_the_rest_is_read,
    after_the_key_was_changed_everything_is_read_and_sealed_anew,
);
