//! Tests of what somebody who keeps the deployment does with institutions.

use ipt_domain::{id::TenantId, identity::role::Role};
use ipt_ports::tenancy::InstitutionSort;

use super::{create, get, list, statistics, update};
use crate::{
    Caller,
    identity::{IdentityError, users, visiting},
    tenancy::{Changes, TenancyError},
    tests::{World, first_page},
};

/// Somebody who keeps the deployment, acting in no institution.
fn keeper(world: &World) -> Caller {
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    world.caller_in(root, None)
}

fn named(code: &str) -> create::Command {
    create::Command {
        code: code.to_owned(),
        name: "Ardhi University".to_owned(),
        settings: Changes {
            timezone: Some("Africa/Dar_es_Salaam".to_owned()),
            ..Changes::default()
        },
    }
}

fn everybody(tenant: TenantId, reason: Option<&str>) -> visiting::list_users::Command {
    visiting::list_users::Command {
        tenant,
        reason: reason.map(str::to_owned),
        people: users::list::Command {
            role: None,
            status: None,
            organisation_id: None,
            text: None,
            page: first_page(ipt_ports::identity::UserSort::FullName),
            count: true,
        },
    }
}

#[tokio::test]
async fn a_keeper_of_the_deployment_makes_institutions_and_lists_them() {
    let world = World::new();
    let keeper = keeper(&world);
    let made = create::execute(&world.services, &keeper, &named("ardhi"))
        .await
        .unwrap();
    assert_eq!(made.calendar().zone(), chrono_tz::Tz::Africa__Dar_es_Salaam);
    let command = list::Command {
        text: Some("ardhi".to_owned()),
        page: first_page(InstitutionSort::Name),
        count: true,
    };
    let (page, total) = list::execute(&world.services, &keeper, &command).await.unwrap();
    assert_eq!((page.items, total), (vec![made.clone()], Some(1)));
    let record = world.state().trail().pop().unwrap();
    assert_eq!(
        (&*record.record.action, record.record.tenant),
        ("tenancy.create", Some(made.id()))
    );
}

#[tokio::test]
async fn a_code_that_is_taken_is_told_with_everything_else_that_is_wrong() {
    let world = World::new();
    let wrong = create::Command {
        code: "udsm".to_owned(),
        name: String::new(),
        settings: Changes {
            timezone: Some("EAT".to_owned()),
            ..Changes::default()
        },
    };
    let refusal = create::execute(&world.services, &keeper(&world), &wrong)
        .await
        .unwrap_err();
    let TenancyError::Rules(broken) = refusal else {
        panic!("{refusal}")
    };
    let told: Vec<_> = broken.iter().map(|rule| (rule.code(), rule.pointer())).collect();
    assert_eq!(
        told,
        [
            ("tenant_code_taken", "/code"),
            ("text_required", "/name"),
            ("timezone_unknown", "/timezone")
        ]
    );
}

#[tokio::test]
async fn for_anybody_else_other_institutions_do_not_exist_and_the_own_one_is_not_looked_at_so() {
    let world = World::new();
    let suza = world.institution("suza");
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let other = get::execute(&world.services, &admin, suza).await.unwrap_err();
    assert_eq!(other.code(), "not_found");
    for refusal in [
        get::execute(&world.services, &admin, world.tenant)
            .await
            .map(drop),
        statistics::execute(&world.services, &admin, world.tenant)
            .await
            .map(drop),
        create::execute(&world.services, &admin, &named("ardhi"))
            .await
            .map(drop),
    ] {
        assert_eq!(refusal.unwrap_err().code(), "forbidden");
    }
    let update = update::Command {
        tenant: suza,
        seen: None,
        changes: Changes::default(),
    };
    let refusal = update::execute(&world.services, &admin, &update)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "not_found");
    let refusal =
        visiting::list_users::execute(&world.services, &admin, everybody(suza, Some("curious"))).await;
    assert!(matches!(refusal, Err(IdentityError::TenantNotFound)));
}

#[tokio::test]
async fn people_of_an_institution_are_looked_at_for_a_reason_that_its_trail_tells() {
    let world = World::new();
    let keeper = keeper(&world);
    world.with_roles("asha", &[Role::Student]);
    world.with_roles("admin", &[Role::TenantAdmin]);
    for unsaid in [None, Some(" \u{200b}")] {
        let refusal =
            visiting::list_users::execute(&world.services, &keeper, everybody(world.tenant, unsaid))
                .await
                .unwrap_err();
        assert_eq!(refusal.code(), "comments_required");
    }
    assert!(world.state().records.is_empty());
    let looked = everybody(world.tenant, Some("ticket 7"));
    let (page, total) = visiting::list_users::execute(&world.services, &keeper, looked)
        .await
        .unwrap();
    assert_eq!((page.items.len(), total), (2, Some(2)));
    let record = world.state().trail().pop().unwrap();
    assert_eq!(
        (&*record.record.action, record.record.tenant, record.record.actor),
        (
            "identity.look_at_users",
            Some(world.tenant),
            Some(keeper.user_id())
        )
    );
    assert_eq!(record.detail.unwrap().values["entered_for"], "ticket 7");
}

#[tokio::test]
async fn the_first_administrator_of_an_institution_needs_no_other_reason_than_that() {
    let world = World::new();
    let keeper = keeper(&world);
    let person = |name: &str| users::create::Command {
        profile: crate::identity::profiles::ProfileChange::default(),
        email: format!("{name}@uni.example"),
        full_name: "Ada Admin".to_owned(),
        roles: vec![Role::TenantAdmin.into()],
        password: Some("correct horse ada".to_owned().into()),
        organisation_id: None,
    };
    let add = |name, reason: Option<&str>| visiting::add_user::Command {
        tenant: world.tenant,
        reason: reason.map(str::to_owned),
        person: person(name),
    };
    visiting::add_user::execute(&world.services, &keeper, &add("ada", None))
        .await
        .unwrap();
    let record = world.state().trail().pop().unwrap();
    assert_eq!(
        record.detail.unwrap().values["entered_for"],
        "The institution had no administrator."
    );
    let refusal = visiting::add_user::execute(&world.services, &keeper, &add("eve", None))
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "comments_required");
    visiting::add_user::execute(&world.services, &keeper, &add("eve", Some("ticket 8")))
        .await
        .unwrap();
}
