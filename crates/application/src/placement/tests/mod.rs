//! Tests of the use cases about placements.

mod beginning;
mod organisations;
mod programmes;
mod progress;
mod proposing;
mod reopening;
mod stepping;
mod updating;

use ipt_domain::{
    error::Violation,
    id::{OrganisationId, PlacementId, ProgrammeId, UserId},
    identity::role::Role,
    placement::{mode::Mode, policy::PolicyDraft, state::PlacementStateName},
};

use super::{
    PlacementError,
    placements::{
        ShownPlacement, create,
        step::{self, Step},
    },
};
use crate::{
    Caller,
    tests::{World, date},
};

/// An institution with everybody whom a placement needs.
struct Place {
    world: World,
    programme: ProgrammeId,
    organisation: OrganisationId,
    cora: UserId,
    asha: UserId,
    salim: UserId,
    juma: UserId,
}

impl Place {
    fn new() -> Self {
        Self::under(PolicyDraft::default())
    }

    fn under(policy: PolicyDraft) -> Self {
        let world = World::new();
        let organisation = world.organisation("TANESCO");
        let salim = world.person("salim");
        let tenant = Some(world.tenant);
        world.member_of(salim, tenant, Some(organisation), &[Role::IndustrialSupervisor]);
        Self {
            programme: world.programme(policy),
            organisation,
            cora: world.with_roles("cora", &[Role::Coordinator]),
            asha: world.with_roles("asha", &[Role::Student]),
            salim,
            juma: world.with_roles("juma", &[Role::UniversitySupervisor]),
            world,
        }
    }

    fn caller(&self, user: UserId) -> Caller {
        self.world.caller(user)
    }

    /// From Monday 13 July to Friday 2 October, without supervisors.
    fn proposal(&self) -> create::Command {
        create::Command {
            student_id: Some(self.asha),
            organisation_id: self.organisation,
            site_id: None,
            programme_id: self.programme,
            mode: Mode::OnSite,
            continues: None,
            industrial_supervisor_id: None,
            university_supervisor_id: None,
            start_date: date("2026-07-13"),
            end_date: date("2026-10-02"),
            relationship_declared: None,
        }
    }

    /// The same with both supervisors.
    fn supervised(&self) -> create::Command {
        create::Command {
            industrial_supervisor_id: Some(self.salim),
            university_supervisor_id: Some(self.juma),
            ..self.proposal()
        }
    }

    async fn propose(&self, user: UserId, command: &create::Command) -> Result<ShownPlacement, PlacementError> {
        create::execute(&self.world.services, &self.caller(user), command).await
    }

    /// A placement proposed by the coordinator.
    async fn proposed(&self, command: &create::Command) -> PlacementId {
        self.propose(self.cora, command).await.unwrap().view.placement.id()
    }

    /// A placement approved by the coordinator.
    async fn approved(&self, command: &create::Command) -> PlacementId {
        let id = self.proposed(command).await;
        self.take(self.cora, id, Step::Approve).await.unwrap();
        id
    }

    /// Somebody takes a step, with a reason.
    async fn take(&self, user: UserId, id: PlacementId, step: Step) -> Result<ShownPlacement, PlacementError> {
        let command = step::Command { id, seen: None, step, reason: Some("because".to_owned()) };
        step::execute(&self.world.services, &self.caller(user), &command).await
    }

    fn state_of(&self, id: PlacementId) -> PlacementStateName {
        let state = self.world.state();
        state.placements.iter().find(|known| known.id() == id).unwrap().state().name()
    }
}

/// The codes of the rules that were broken.
fn codes(error: &PlacementError) -> Vec<&'static str> {
    let PlacementError::Rules(rules) = error else { panic!("{error}") };
    rules.iter().map(Violation::code).collect()
}
