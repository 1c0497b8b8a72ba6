//! Reading people.

use ipt_domain::identity::role::Role;
use ipt_ports::identity::UserSort;

use super::IdentityError;
use crate::{
    identity::users::{get, list},
    tests::{World, first_page},
};

fn everybody() -> list::Command {
    list::Command {
        role: None,
        status: None,
        organisation_id: None,
        text: None,
        page: first_page(UserSort::FullName),
        count: true,
    }
}

#[tokio::test]
async fn a_coordinator_sees_the_people_of_the_institution_and_no_others() {
    let world = World::new();
    let suza = world.institution("suza");
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let asha = world.with_roles("asha", &[Role::Student]);
    let stranger = world.person("stranger");
    world.member(stranger, Some(suza), &[Role::Student]);
    let (page, total) = list::execute(&world.services, &cora, everybody()).await.unwrap();
    assert_eq!((page.items.len(), total), (2, Some(2)));
    let students = list::Command {
        role: Some(Role::Student.into()),
        ..everybody()
    };
    let (page, _) = list::execute(&world.services, &cora, students).await.unwrap();
    assert_eq!(page.items[0].account.id, asha);
    assert_eq!(
        get::execute(&world.services, &cora, asha)
            .await
            .unwrap()
            .account
            .id,
        asha
    );
    let unknown = get::execute(&world.services, &cora, stranger).await;
    assert!(matches!(unknown, Err(IdentityError::UserNotFound)));
}

#[tokio::test]
async fn an_organisations_administrator_sees_its_people_only() {
    let world = World::new();
    let (own, foreign) = (world.organisation("TANESCO"), world.organisation("Vodacom"));
    let tenant = Some(world.tenant);
    let boss = world.person("boss");
    world.member_of(boss, tenant, Some(own), &[Role::OrganisationAdmin]);
    let (salim, neema) = (world.person("salim"), world.person("neema"));
    world.member_of(salim, tenant, Some(own), &[Role::IndustrialSupervisor]);
    world.member_of(salim, tenant, Some(foreign), &[Role::IndustrialSupervisor]);
    world.member_of(neema, tenant, Some(foreign), &[Role::IndustrialSupervisor]);
    let boss = world.caller(boss);
    let (page, _) = list::execute(&world.services, &boss, everybody()).await.unwrap();
    assert_eq!(page.items.len(), 2);
    let salim = get::execute(&world.services, &boss, salim).await.unwrap();
    assert_eq!(
        salim.memberships.len(),
        1,
        "what the person does elsewhere is not shown"
    );
    let refusal = get::execute(&world.services, &boss, neema).await;
    assert!(matches!(refusal, Err(IdentityError::Denied(_))));
    let elsewhere = list::Command {
        organisation_id: Some(foreign),
        ..everybody()
    };
    let refusal = list::execute(&world.services, &boss, elsewhere).await;
    assert!(matches!(refusal, Err(IdentityError::Denied(_))));
}

#[tokio::test]
async fn a_student_sees_oneself_and_nobody_else() {
    let world = World::new();
    let asha = world.with_roles("asha", &[Role::Student]);
    let baraka = world.with_roles("baraka", &[Role::Student]);
    let caller = world.caller(asha);
    get::execute(&world.services, &caller, asha).await.unwrap();
    let refusal = get::execute(&world.services, &caller, baraka).await;
    assert!(matches!(refusal, Err(IdentityError::Denied(_))));
    let refusal = list::execute(&world.services, &caller, everybody()).await;
    assert!(matches!(refusal, Err(IdentityError::Denied(_))));
}
