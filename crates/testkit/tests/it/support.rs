//! A small world in memory, in which days are submitted and reviewed by the real rules.

use std::sync::Arc;

use ipt_domain::{
    Instant,
    id::{EventId, LogEntryId, PlacementId, ReviewId, UserId},
    identity::role::Role,
    logbook::{
        circumstances::{Acting, FreshIds},
        decision::Decision,
        entry::LogEntry,
        input::ReportInput,
        review::Way,
        transition::{NewEntry, Step, StepKind},
    },
    placement::{placement::Placement, state::PlacementState},
};
use ipt_ports::{
    Reader, RepositoryError, Scope, SystemScope, UnitOfWork,
    logbook::{CaseFound, PlacementChoice},
};
use ipt_testkit::{
    builders::{self, day, moment, remark},
    memory::MemoryDatabase,
    world::SmallWorld,
};

/// A job that serves all institutions.
pub(crate) const WORKER: Scope = Scope::System(SystemScope::Worker);

/// A world in memory.
pub(crate) struct Stage {
    pub(crate) database: MemoryDatabase,
    pub(crate) world: SmallWorld,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let database = MemoryDatabase::new();
        let world = SmallWorld::store(Arc::new(database.clone())).await;
        Self { database, world }
    }

    pub(crate) fn scope(&self) -> Scope {
        Scope::tenant(self.world.tenant)
    }

    pub(crate) async fn begin(&self) -> Box<dyn UnitOfWork> {
        self.world.database().begin(self.scope()).await.unwrap()
    }

    pub(crate) async fn read(&self) -> Box<dyn Reader> {
        self.world.database().read(self.scope()).await.unwrap()
    }

    fn ids(&self) -> FreshIds {
        FreshIds {
            review: self.world.id::<ReviewId>(),
            event: self.world.id::<EventId>(),
        }
    }

    /// The submission of a day, not stored yet.
    pub(crate) async fn submission(&self, placement: PlacementId, date: &str, now: Instant) -> Decision {
        let mut reader = self.read().await;
        let new = NewEntry {
            id: self.world.id::<LogEntryId>(),
            log_date: day(&format!("2026-{date}")),
        };
        let choice = PlacementChoice::Named(placement);
        let CaseFound::One(found) = reader
            .logbook()
            .submission_case(choice, new.log_date, None)
            .await
            .unwrap()
        else {
            unreachable!("the placement is there");
        };
        let (case, surroundings) = *found;
        let report = ReportInput {
            content: Some("Fitted the bearings and measured the play.".to_owned()),
            ..ReportInput::default()
        };
        let actor = self.world.actor(case.placement.student_id(), &[Role::Student]);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        LogEntry::submit_new(new, &report, acting, &case.at(now), &surroundings, self.ids()).unwrap()
    }

    pub(crate) async fn save(&self, decision: &Decision) -> Result<(), RepositoryError> {
        let mut work = self.begin().await;
        work.logbook()
            .save(decision, &[], &self.world.trail("logbook.test"))
            .await?;
        work.commit().await
    }

    /// The student of the world's placement submits a day: `07-06`.
    pub(crate) async fn submit(&self, date: &str, now: Instant) -> LogEntryId {
        self.submit_to(self.world.placement, date, now).await
    }

    pub(crate) async fn submit_to(&self, placement: PlacementId, date: &str, now: Instant) -> LogEntryId {
        let decision = self.submission(placement, date, now).await;
        self.save(&decision).await.unwrap();
        decision.entry.id()
    }

    /// Somebody takes a step.
    pub(crate) async fn take(&self, id: LogEntryId, who: (UserId, Role), step: Step, now: Instant) {
        let (entry, case) = self.read().await.logbook().log(id).await.unwrap().unwrap();
        let actor = self.world.actor(who.0, &[who.1]);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let decision = entry.take(&step, acting, &case.at(now), self.ids()).unwrap();
        self.save(&decision).await.unwrap();
    }

    pub(crate) async fn approve(&self, id: LogEntryId, now: Instant) {
        let kind = StepKind::Approve {
            skills: Vec::new(),
            hours_confirmed: None,
        };
        let who = (self.world.industrial, Role::IndustrialSupervisor);
        self.take(id, who, Step { kind, comments: None }, now).await;
    }

    pub(crate) async fn judge(&self, id: LogEntryId, kind: StepKind, now: Instant) {
        let who = (self.world.university, Role::UniversitySupervisor);
        self.take(
            id,
            who,
            Step {
                kind,
                comments: Some("This is the text of last week.".to_owned()),
            },
            now,
        )
        .await;
    }

    /// Brings the world's placement, as it was first stored, into another state.
    pub(crate) async fn turn(&self, state: PlacementState) {
        let before = builders::active_placement(self.world.placement, self.world.placed());
        let mut parts = builders::placement_parts(self.world.placement, self.world.placed(), state);
        parts.version = before.version().next();
        self.world
            .replace_placement(&Placement::from_parts(parts).unwrap(), &before)
            .await;
    }
}

/// A moment of 2026 on the clocks of Dar es Salaam: `07-06 17:00`.
pub(crate) fn local(time: &str) -> Instant {
    let (date, time) = time.split_once(' ').unwrap();
    moment(&format!("2026-{date}T{time}:00+03:00"))
}

pub(crate) fn suspended() -> PlacementState {
    let reason = remark("The plant is flooded.");
    PlacementState::Suspended {
        active_since: day("2026-07-06"),
        since: day("2026-07-14"),
        reason,
    }
}

pub(crate) fn terminated(effective: &str) -> PlacementState {
    PlacementState::Terminated {
        active_since: Some(day("2026-07-06")),
        effective: day(effective),
        reason: remark("The company closed."),
    }
}
