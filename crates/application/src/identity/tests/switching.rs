//! Acting in another institution.

use ipt_domain::identity::{membership::MembershipStatus, permission::Permission, role::Role};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{IdentityError, signed_in};
use crate::{
    Origin,
    identity::{authenticate, me, switch_tenant},
    tenancy,
    tests::World,
};

fn to(tenant: &str, reason: Option<&str>) -> switch_tenant::Command {
    switch_tenant::Command {
        tenant: tenant.to_owned(),
        reason: reason.map(str::to_owned),
    }
}

#[tokio::test]
async fn a_member_of_two_institutions_goes_from_one_to_the_other() {
    let world = World::new();
    let suza = world.institution("suza");
    let juma = world.with_roles("juma", &[Role::UniversitySupervisor]);
    world.member(juma, Some(suza), &[Role::Coordinator]);
    let first = signed_in(&world, "juma").await;
    let caller = world.caller(juma);
    let there = switch_tenant::execute(&world.services, &caller, &to("suza", None))
        .await
        .unwrap();
    assert_eq!(there.me.tenant.unwrap().id, suza);
    assert_eq!(there.me.roles, [Role::Coordinator]);
    // Both sessions stand, each in its institution.
    for (token, tenant) in [(&first.access_token, world.tenant), (&there.access_token, suza)] {
        let caller = authenticate::execute(&world.services, token.expose_secret(), Origin::default());
        assert_eq!(caller.await.unwrap().tenant_id(), Some(tenant));
    }
}

#[tokio::test]
async fn an_institution_without_a_membership_does_not_exist() {
    let world = World::new();
    world.institution("suza");
    let admin = world.with_roles("admin", &[Role::TenantAdmin]);
    for code in ["suza", "nowhere", "?"] {
        let refusal =
            switch_tenant::execute(&world.services, &world.caller(admin), &to(code, Some("curious"))).await;
        assert!(matches!(refusal, Err(IdentityError::TenantNotFound)), "{code}");
    }
}

#[tokio::test]
async fn a_superadmin_enters_an_institution_only_with_a_reason_that_stands_in_its_trail() {
    let world = World::new();
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    let caller = world.caller_in(root, None);
    let refusal = switch_tenant::execute(&world.services, &caller, &to("udsm", Some("  ")))
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "comments_required");
    let entered = switch_tenant::execute(&world.services, &caller, &to("udsm", Some("ticket 7")))
        .await
        .unwrap();
    assert_eq!(entered.me.tenant.unwrap().code, "udsm");
    assert!(entered.me.permissions.contains(Permission::TenantManage));
    let record = world.state().trail().pop().unwrap();
    assert_eq!(record.record.action, "identity.enter_tenant");
    assert_eq!(record.record.tenant, Some(world.tenant));
    assert_eq!(record.detail.unwrap().values["values"]["reason"], "ticket 7");
    let token = entered.access_token.expose_secret();
    let caller = authenticate::execute(&world.services, token, Origin::default())
        .await
        .unwrap();
    assert!(caller.actor.may_here(Permission::TenantManage));
    let me = me::execute(&world.services, &caller).await.unwrap();
    assert_eq!(
        (me.tenant.unwrap().id, me.roles),
        (world.tenant, vec![Role::Superadmin])
    );
}

#[tokio::test]
async fn what_a_superadmin_does_in_an_institution_tells_why_it_was_entered() {
    let world = World::new();
    let other = world.institution("suza");
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    let entered = switch_tenant::execute(
        &world.services,
        &world.caller_in(root, None),
        &to("udsm", Some("ticket 7")),
    )
    .await
    .unwrap();
    let token = entered.access_token.expose_secret();
    let caller = authenticate::execute(&world.services, token, Origin::default())
        .await
        .unwrap();
    let renamed = tenancy::update::Command {
        seen: None,
        changes: tenancy::Changes {
            name: Some("Another name".to_owned()),
            ..tenancy::Changes::default()
        },
    };
    tenancy::update::execute(&world.services, &caller, &renamed)
        .await
        .unwrap();
    let record = world.state().trail().pop().unwrap();
    assert_eq!(record.record.action, "tenancy.update");
    assert_eq!(record.detail.unwrap().values["entered_for"], "ticket 7");

    // The reason is that institution's own: another one is not told.
    switch_tenant::execute(&world.services, &caller, &to("suza", Some("ticket 8")))
        .await
        .unwrap();
    let record = world.state().trail().pop().unwrap();
    assert_eq!(record.record.tenant, Some(other));
    let values = record.detail.unwrap().values;
    assert_eq!(
        (&values["entered_for"], &values["values"]["reason"]),
        (&json!(null), &json!("ticket 8"))
    );
}

#[tokio::test]
async fn a_superadmin_whose_membership_ends_has_not_entered_the_institution_by_that() {
    let world = World::new();
    let root = world.person("root");
    world.member(root, None, &[Role::Superadmin]);
    let here = world.member(root, Some(world.tenant), &[Role::Coordinator]);
    let caller = world.caller_in(root, None);
    let member = switch_tenant::execute(&world.services, &caller, &to("udsm", None))
        .await
        .unwrap();
    world.change_membership(here, |membership| membership.status = MembershipStatus::Disabled);
    let token = member.access_token.expose_secret();
    let refusal = authenticate::execute(&world.services, token, Origin::default()).await;
    assert!(matches!(refusal, Err(IdentityError::InvalidToken)), "{refusal:?}");
}
