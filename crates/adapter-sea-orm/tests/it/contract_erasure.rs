//! What is left of a person who was erased.

use std::borrow::Cow;

use ipt_adapter_sea_orm::Dialect;
use ipt_domain::{
    id::{TenantId, UserId},
    identity::{account::Account, lockout::Lockout, name::PersonName, role::Role},
};
use ipt_ports::{
    Scope,
    audit::{AuditDetail, AuditEntry, AuditFilter, AuditSort},
    engagement::{Channel, Notification, NotificationFilter, Preference, Trail},
    identity::{DeviceSeen, RefreshToken, Session},
    page::{Direction, PageRequest, Sort},
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

const NAME: &str = "Nasra \"Nas\" Öğüt";

/// A person with this name in an institution, and somebody else of the same name.
async fn namesakes(fixture: &Fixture, tenant: TenantId) -> (UserId, UserId) {
    let one = fixture.member(tenant, NAME, &[Role::UniversitySupervisor]).await;
    (one, fixture.member(tenant, NAME, &[Role::Student]).await)
}

fn told(fixture: &Fixture, tenant_id: TenantId, user_id: UserId, object: Uuid) -> Notification {
    Notification {
        id: fixture.id(),
        tenant_id,
        user_id,
        kind: "log_validated".to_owned(),
        cause: fixture.id::<UserId>().uuid(),
        object: ("placement".to_owned(), object),
        values: json!({ "student_name": NAME, "by_name": "Daudi", "comments": format!("Well done, {NAME}"), "n": [1, NAME] }),
        created_at: at("08:00:00"),
        read_at: None,
    }
}

/// An audit entry with the name in the values beside it.
fn entry(fixture: &Fixture, tenant: TenantId, kind: &'static str, object: Uuid, actor: UserId) -> AuditEntry {
    let mut entry = fixture.audit_entry(Some(tenant), "identity.test", at("08:00:00"));
    entry.record.object_kind = Cow::Borrowed(kind);
    entry.record.object_id = object;
    entry.record.actor = Some(actor);
    AuditEntry {
        detail: Some(AuditDetail {
            salt: [9; 16],
            values: json!({ "full_name": NAME }),
        }),
        ..entry
    }
}

async fn leave(fixture: &Fixture, audit: AuditEntry) {
    let mut unit = fixture.begin(OPERATOR).await;
    let trail = Trail {
        audit,
        messages: Vec::new(),
    };
    unit.people().leave_trail(&trail).await.unwrap();
    unit.commit().await.unwrap();
}

async fn sign_in(fixture: &Fixture, user_id: UserId) -> Session {
    let session = Session {
        id: fixture.id(),
        user_id,
        tenant_id: None,
        device: "A phone".to_owned(),
        address: "10.0.0.1".to_owned(),
        created_at: at("08:00:00"),
        signed_in_at: at("08:00:00"),
        last_used_at: at("08:00:00"),
        ended_at: None,
        entered_for: None,
    };
    let token = RefreshToken {
        digest: bytes_of(session.id.uuid()),
        session_id: session.id,
        issued_at: at("08:00:00"),
        expires_at: at("09:00:00"),
        used_at: None,
    };
    let mut unit = fixture.begin(OPERATOR).await;
    unit.people().open_session(&session, &token).await.unwrap();
    unit.people()
        .meet_device(user_id, &[1; 32], at("08:00:00"))
        .await
        .unwrap();
    unit.commit().await.unwrap();
    session
}

/// Thirty-two bytes of an id.
fn bytes_of(id: Uuid) -> [u8; 32] {
    let twice = [*id.as_bytes(), *id.as_bytes()].concat();
    twice.try_into().unwrap()
}

/// Erases a person, as the use case does.
async fn erase(fixture: &Fixture, user: UserId) -> Account {
    let mut unit = fixture.begin(OPERATOR).await;
    let account = unit.people().credentials(user).await.unwrap().unwrap().account;
    let (name, seen) = (account.full_name.clone(), account.version);
    let erased = account.erased(fixture.id::<UserId>().uuid(), at("12:00:00"));
    unit.people().update_account(&erased, seen).await.unwrap();
    unit.people().clear_password(user).await.unwrap();
    unit.people()
        .erase_person(user, &name, &erased.full_name)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    erased
}

/// The records, the oldest first: their ids and whether they have their values.
async fn records(fixture: &Fixture, tenant: TenantId) -> Vec<(Uuid, bool)> {
    let page = PageRequest {
        limit: 100,
        after: None,
        sort: vec![Sort {
            field: AuditSort::At,
            direction: Direction::Ascending,
        }],
    };
    let filter = AuditFilter {
        tenant: Some(tenant),
        action: Some("identity.test".to_owned()),
        ..AuditFilter::default()
    };
    let mut reader = fixture.read(Scope::tenant(tenant)).await;
    let found = reader.audit().audit_page(&filter, &page).await.unwrap();
    found
        .items
        .into_iter()
        .map(|view| (view.record.id.uuid(), view.values.is_some()))
        .collect()
}

async fn values_told(fixture: &Fixture, tenant: TenantId, user_id: UserId) -> Vec<Value> {
    let page = PageRequest {
        limit: 100,
        after: None,
        sort: vec![Sort {
            field: ipt_ports::engagement::NotificationSort::CreatedAt,
            direction: Direction::Ascending,
        }],
    };
    let filter = NotificationFilter {
        user_id,
        unread: false,
    };
    let mut reader = fixture.read(Scope::tenant(tenant)).await;
    let found = reader
        .notifications()
        .notification_page(&filter, &page)
        .await
        .unwrap();
    found.items.into_iter().map(|note| note.values).collect()
}

/// Every row of every table, as text.
async fn everything(fixture: &Fixture) -> String {
    match fixture.database.dialect() {
        Dialect::Postgres => {
            let mut connection = PgConnection::connect(&fixture.url).await.unwrap();
            let tables: Vec<String> = sqlx::query_scalar(
                "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            )
            .fetch_all(&mut connection)
            .await
            .unwrap();
            let mut rows = Vec::new();
            for table in tables {
                let sql = AssertSqlSafe(format!("SELECT CAST(t AS text) FROM \"{table}\" t"));
                rows.extend(
                    sqlx::query_scalar::<_, String>(sql)
                        .fetch_all(&mut connection)
                        .await
                        .unwrap(),
                );
            }
            rows.join("\n")
        }
        Dialect::Sqlite => {
            let mut connection = SqliteConnection::connect(&fixture.url).await.unwrap();
            let columns: Vec<(String, String)> = sqlx::query_as(
                "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
            )
            .fetch_all(&mut connection)
            .await
            .unwrap();
            let mut rows = Vec::new();
            for (table, column) in columns {
                let sql = AssertSqlSafe(format!("SELECT quote(\"{column}\") FROM \"{table}\""));
                rows.extend(
                    sqlx::query_scalar::<_, String>(sql)
                        .fetch_all(&mut connection)
                        .await
                        .unwrap(),
                );
            }
            rows.join("\n")
        }
    }
}

on_every_database! {
    async fn what_was_kept_of_the_person_alone_is_gone(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let (nasra, other) = namesakes(fixture, tenant).await;
        let session = sign_in(fixture, nasra).await;
        let others = sign_in(fixture, other).await;
        let mut unit = fixture.begin(OPERATOR).await;
        let own = told(fixture, tenant, nasra, fixture.id::<UserId>().uuid());
        unit.notifications().notify(&[own]).await.unwrap();
        let failed = Lockout::default().after_failure(at("08:00:00"));
        unit.people().save_lockout(nasra, failed, Lockout::default()).await.unwrap();
        unit.people().remember_tenant(nasra, tenant).await.unwrap();
        let wish = Preference { kind: "log_validated".to_owned(), channel: Channel::Mail, wanted: false };
        unit.notifications().replace_preferences(nasra, &[wish]).await.unwrap();
        unit.commit().await.unwrap();
        let erased = erase(fixture, nasra).await;
        let mut reader = fixture.read(OPERATOR).await;
        assert!(reader.people().principal(session.id).await.unwrap().is_none());
        assert!(reader.people().principal(others.id).await.unwrap().is_some());
        assert!(reader.notifications().preferences(&[nasra]).await.unwrap().is_empty());
        let stored = reader.people().credentials(nasra).await.unwrap().unwrap();
        assert_eq!(stored.account, erased);
        assert!(stored.password.is_none());
        drop(reader);
        let mut unit = fixture.begin(OPERATOR).await;
        for (person, seen) in [(nasra, DeviceSeen::First), (other, DeviceSeen::Before)] {
            assert_eq!(unit.people().meet_device(person, &[1; 32], at("12:00:00")).await.unwrap(), seen);
        }
        drop(unit);
        assert!(values_told(fixture, tenant, nasra).await.is_empty());
    }

    async fn records_stay_and_lose_the_values_about_the_person(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let (nasra, other) = namesakes(fixture, tenant).await;
        let session = sign_in(fixture, nasra).await;
        let made = fixture.id::<UserId>().uuid();
        let entries = [
            entry(fixture, tenant, "user", nasra.uuid(), other),
            entry(fixture, tenant, "session", made, nasra),
            entry(fixture, tenant, "session", session.id.uuid(), other),
            entry(fixture, tenant, "user", other.uuid(), nasra),
            entry(fixture, tenant, "log_entry", made, nasra),
        ];
        let expected: Vec<_> = entries
            .iter()
            .zip([false, false, false, true, true])
            .map(|(entry, kept)| (entry.record.id.uuid(), kept))
            .collect();
        for entry in entries {
            leave(fixture, entry).await;
        }
        erase(fixture, nasra).await;
        assert_eq!(records(fixture, tenant).await, expected);
    }

    async fn others_are_told_of_somebody_without_a_name(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let mut placement = world.parts(fixture.id(), world.student);
        let (nasra, namesake) = namesakes(fixture, world.tenant).await;
        placement.student_id = namesake;
        placement.university_supervisor = Some(nasra);
        let placement = ipt_domain::placement::placement::Placement::from_parts(placement).unwrap();
        let id = placement.id().uuid();
        fixture.place(&world, placement).await.unwrap();
        let mut unit = fixture.begin(world.scope()).await;
        let notes = [
            told(fixture, world.tenant, world.coordinator, id),
            told(fixture, world.tenant, world.coordinator, world.placement.uuid()),
        ];
        unit.notifications().notify(&notes).await.unwrap();
        unit.commit().await.unwrap();
        erase(fixture, nasra).await;
        let nobody = PersonName::of_erased();
        let [about_the_person, about_another] = values_told(fixture, world.tenant, world.coordinator).await
            .try_into()
            .unwrap();
        assert_eq!(about_the_person["student_name"], nobody.as_str());
        assert_eq!((&about_the_person["by_name"], &about_the_person["n"]), (&json!("Daudi"), &json!([1, nobody.as_str()])));
        assert_eq!(about_the_person["comments"], format!("Well done, {NAME}"), "a text of somebody else's is left alone");
        assert_eq!(about_another, notes[1].values, "somebody of the same name is another one");
    }

    async fn name_and_address_are_in_no_row_of_any_table(fixture: &SqlFixture) {
        let world = fixture.world("udsm").await;
        let entry = fixture.submitted(&world, 7).await;
        sign_in(fixture, world.student).await;
        let account = fixture.read(OPERATOR).await.people().credentials(world.student).await.unwrap().unwrap().account;
        let mut about = self::entry(fixture, world.tenant, "user", world.student.uuid(), world.coordinator);
        let values = json!({ "full_name": account.full_name.as_str(), "email": account.email.as_str() });
        about.detail = Some(AuditDetail { salt: [9; 16], values });
        leave(fixture, about).await;
        let mut note = told(fixture, world.tenant, world.coordinator, entry.id().uuid());
        note.values = json!({ "student_name": account.full_name.as_str() });
        let mut unit = fixture.begin(world.scope()).await;
        unit.notifications().notify(&[note]).await.unwrap();
        unit.commit().await.unwrap();
        let before = everything(fixture).await;
        erase(fixture, world.student).await;
        let after = everything(fixture).await;
        for personal in [account.full_name.as_str(), account.email.as_str()] {
            for text in [personal.to_owned(), personal.to_lowercase()] {
                assert!(before.contains(&text), "{text} was never there");
                assert!(!after.contains(&text), "{text} is still there");
            }
        }
        assert!(fixture.read(world.scope()).await.logbook().log(entry.id()).await.unwrap().is_some());
    }
}
