//! An institution in numbers.

use std::collections::BTreeMap;

use ipt_domain::{
    identity::{
        membership::{Membership, MembershipStatus},
        role::Role,
    },
    logbook::state::StateName,
    placement::state::PlacementStateName,
};
use ipt_ports::insight::TenantStatistics;

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
    world::World,
};

async fn statistics(fixture: &Fixture, world: &World) -> TenantStatistics {
    let mut reader = fixture.read(world.scope()).await;
    reader.insight().tenant_statistics(world.tenant).await.unwrap()
}

on_every_database! {
    async fn an_institution_is_told_in_numbers(fixture: &Fixture) {
        let world = fixture.world("udsm").await;
        let there = fixture.world("sua").await;
        fixture.submitted(&there, 7).await;
        let both = fixture.member(world.tenant, "Both Parts", &[Role::Coordinator, Role::UniversitySupervisor]).await;
        let gone = fixture.account("Gone Person", "gone@example.org").await;
        let membership = fixture.new_membership(gone, Some(world.tenant), None, &[Role::Student]);
        let membership = Membership { status: MembershipStatus::Disabled, ..membership };
        let mut unit = fixture.begin(OPERATOR).await;
        unit.people().save_membership(&membership, None).await.unwrap();
        unit.commit().await.unwrap();
        let before = statistics(fixture, &world).await;
        assert_eq!((before.active_people, before.disabled_people), (5, 1), "{both} counts once");
        let roles = [("coordinator", 2), ("industrial_supervisor", 1), ("student", 1), ("university_supervisor", 2)];
        assert_eq!(before.by_role, roles.map(|(role, number)| (role.to_owned(), number)).into_iter().collect::<BTreeMap<_, _>>());
        assert_eq!((before.organisations, before.programmes), (1, 1));
        assert_eq!(before.placements, [(PlacementStateName::Active, 1)]);
        assert_eq!((before.logs.len(), before.attachments, before.attachment_bytes), (0, 0, 0));

        fixture.submitted(&world, 7).await;
        let after = statistics(fixture, &world).await;
        assert_eq!(after.logs, [(StateName::Submitted, 1)]);
        assert_eq!(after.last_activity_at, Some(at("08:00:00")));
    }

    async fn the_numbers_of_another_institution_are_not_told(fixture: &Fixture) {
        let (world, there) = (fixture.world("udsm").await, fixture.world("sua").await);
        let mut reader = fixture.read(world.scope()).await;
        let told = reader.insight().tenant_statistics(there.tenant).await.unwrap();
        assert_eq!(told, TenantStatistics::default());
    }

    async fn the_numbers_cost_two_statements(fixture: &SqlFixture) {
        let world = fixture.world("udsm").await;
        fixture.submitted(&world, 7).await;
        let mut reader = fixture.read(world.scope()).await;
        let before = fixture.database.statements();
        reader.insight().tenant_statistics(world.tenant).await.unwrap();
        assert_eq!(fixture.database.statements() - before, 2);
    }
}
