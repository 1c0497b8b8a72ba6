//! An institution with a programme, an organisation and everybody whom a placement needs.

use ipt_domain::{
    id::{LogEntryId, OrganisationId, PlacementId, ProgrammeId, UserId},
    identity::role::Role,
    logbook::{
        input::ReportInput,
        review::Way,
        transition::{Step as LogStep, StepKind},
    },
    placement::{mode::Mode, policy::PolicyDraft, state::PlacementStateName},
};

use super::{World, at, date};
use crate::{
    Caller,
    logbook::{submit, take_step},
    placement::{
        PlacementError,
        placements::{
            ShownPlacement, create,
            step::{self, Step},
        },
    },
};

/// An institution with everybody whom a placement needs.
pub(crate) struct Place {
    pub(crate) world: World,
    pub(crate) programme: ProgrammeId,
    pub(crate) organisation: OrganisationId,
    pub(crate) cora: UserId,
    pub(crate) asha: UserId,
    pub(crate) salim: UserId,
    pub(crate) juma: UserId,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::under(PolicyDraft::default())
    }

    pub(crate) fn under(policy: PolicyDraft) -> Self {
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

    pub(crate) fn caller(&self, user: UserId) -> Caller {
        self.world.caller(user)
    }

    /// From Monday 13 July to Friday 2 October, without supervisors.
    pub(crate) fn proposal(&self) -> create::Command {
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
    pub(crate) fn supervised(&self) -> create::Command {
        create::Command {
            industrial_supervisor_id: Some(self.salim),
            university_supervisor_id: Some(self.juma),
            ..self.proposal()
        }
    }

    pub(crate) async fn propose(
        &self,
        user: UserId,
        command: &create::Command,
    ) -> Result<ShownPlacement, PlacementError> {
        create::execute(&self.world.services, &self.caller(user), command).await
    }

    /// A placement proposed by the coordinator.
    pub(crate) async fn proposed(&self, command: &create::Command) -> PlacementId {
        self.propose(self.cora, command)
            .await
            .unwrap()
            .view
            .placement
            .id()
    }

    /// A placement approved by the coordinator.
    pub(crate) async fn approved(&self, command: &create::Command) -> PlacementId {
        let id = self.proposed(command).await;
        self.take(self.cora, id, Step::Approve).await.unwrap();
        id
    }

    /// Somebody takes a step, with a reason.
    pub(crate) async fn take(
        &self,
        user: UserId,
        id: PlacementId,
        step: Step,
    ) -> Result<ShownPlacement, PlacementError> {
        let command = step::Command {
            id,
            seen: None,
            step,
            reason: Some("because".to_owned()),
        };
        step::execute(&self.world.services, &self.caller(user), &command).await
    }

    /// It becomes eleven o'clock of a day there.
    pub(crate) fn turn_to(&self, day: &str) {
        self.world.clock.set(at(&format!("{day}T08:00:00Z")));
    }

    pub(crate) fn state_of(&self, id: PlacementId) -> PlacementStateName {
        self.world.state().placements[&id].state().name()
    }

    /// An active placement, from the first Monday on, with both supervisors.
    pub(crate) async fn active(&self) -> PlacementId {
        self.approved(&create::Command {
            start_date: date("2026-07-06"),
            ..self.supervised()
        })
        .await
    }

    /// The student submits a log of a day.
    pub(crate) async fn submit(&self, placement: PlacementId, day: &str) -> LogEntryId {
        let report = ReportInput {
            content: Some("Aligned the second pump with a dial gauge.".to_owned()),
            hours_worked: Some(Some(8.0)),
            ..ReportInput::default()
        };
        let command = submit::Command {
            placement_id: Some(placement),
            log_date: date(day),
            report,
            files: Vec::new(),
            draft: false,
        };
        let shown = submit::execute(&self.world.services, &self.caller(self.asha), command).await;
        shown.unwrap().entry.id()
    }

    /// A log of a day that both sides have confirmed.
    pub(crate) async fn validated(&self, placement: PlacementId, day: &str) -> LogEntryId {
        let id = self.submit(placement, day).await;
        self.decide(self.salim, id, approve()).await;
        self.decide(self.juma, id, StepKind::Validate).await;
        id
    }

    /// Somebody decides about a log, and says why.
    pub(crate) async fn decide(&self, user: UserId, id: LogEntryId, kind: StepKind) {
        let step = LogStep {
            kind,
            comments: Some("the second pump".to_owned()),
        };
        let command = take_step::Command {
            id,
            step,
            way: Way::Single,
            seen: None,
        };
        take_step::execute(&self.world.services, &self.caller(user), &command)
            .await
            .unwrap();
    }
}

/// Industry confirms what it read.
pub(crate) fn approve() -> StepKind {
    StepKind::Approve {
        skills: Vec::new(),
        hours_confirmed: None,
    }
}
