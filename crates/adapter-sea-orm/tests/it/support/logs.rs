//! What the people of a small institution do with their logs, through the ports.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{AttachmentId, LogEntryId, PlacementId, TenantId, UserId},
    identity::role::Role,
    logbook::{
        attachment::Attachment,
        circumstances::{Acting, FreshIds},
        decision::Decision,
        entry::LogEntry,
        file_name::SafeFileName,
        input::ReportInput,
        review::Way,
        transition::{NewEntry, Step},
    },
    placement::attachment_type::AttachmentType,
};
use ipt_ports::{
    RepositoryError, UnitOfWork,
    blob_store::BlobKey,
    engagement::{Message, Topic, Trail},
    logbook::{CaseFound, LogCase, PlacementChoice, StoredAttachment},
};
use serde_json::json;

use super::{
    Fixture,
    seeds::july,
    world::{TEXT, World, noon, report},
};

impl Fixture {
    /// Ids for what a transition leaves.
    pub(crate) fn fresh(&self) -> FreshIds {
        FreshIds {
            review: self.id(),
            event: self.id(),
        }
    }

    /// The trail of a transition: an audit record, and a message for those to be told.
    pub(crate) fn transition_trail(&self, tenant: TenantId, action: &'static str) -> Trail {
        let message = Message {
            topic: Topic::LogTransition,
            payload: json!({"action": action}),
            ..self.message(Some(tenant))
        };
        Trail {
            messages: vec![message],
            ..self.trail(Some(tenant), action)
        }
    }

    /// What a first submission would leave, decided in a unit of work on what is stored.
    pub(crate) async fn decide_submission(
        &self,
        unit: &mut dyn UnitOfWork,
        world: &World,
        (student, placement): (UserId, PlacementId),
        day: NaiveDate,
        report: &ReportInput,
        now: Instant,
    ) -> Decision {
        let choice = PlacementChoice::Named(placement);
        let found = unit
            .logbook()
            .submission_case(choice, day, report.fix_time(None, now))
            .await
            .expect("the case is read");
        let CaseFound::One(found) = found else {
            panic!("the placement is not found")
        };
        let (case, surroundings) = *found;
        let actor = world.actor(student, Role::Student);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let new = NewEntry {
            id: self.id(),
            log_date: day,
        };
        LogEntry::submit_new(new, report, acting, &case.at(now), &surroundings, self.fresh())
            .expect("the rules allow it")
    }

    /// Reads the case for a day, decides, and stores: a student's first submission as the application does it.
    pub(crate) async fn submit_report(
        &self,
        world: &World,
        whose: (UserId, PlacementId),
        day: NaiveDate,
        report: ReportInput,
        now: Instant,
    ) -> Result<LogEntry, RepositoryError> {
        let mut unit = self.begin(world.scope()).await;
        let decision = self
            .decide_submission(unit.as_mut(), world, whose, day, &report, now)
            .await;
        unit.logbook()
            .save(
                &decision,
                &[],
                &self.transition_trail(world.tenant, "logbook.submit"),
            )
            .await?;
        unit.commit().await?;
        Ok(decision.entry)
    }

    /// A day of July, handed in by the world's student on its own noon.
    pub(crate) async fn submitted(&self, world: &World, day: u32) -> LogEntry {
        let whose = (world.student, world.placement);
        self.submit_report(world, whose, july(day), report(TEXT), noon(day))
            .await
            .expect("the entry is stored")
    }

    /// A draft for a day, kept by its author.
    pub(crate) async fn drafted(&self, world: &World, day: u32, text: &str) -> LogEntry {
        let mut unit = self.begin(world.scope()).await;
        let choice = PlacementChoice::Named(world.placement);
        let found = unit
            .logbook()
            .submission_case(choice, july(day), None)
            .await
            .expect("the case is read");
        let CaseFound::One(found) = found else {
            panic!("the placement is not found")
        };
        let (case, surroundings) = *found;
        let actor = world.actor(world.student, Role::Student);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        let new = NewEntry {
            id: self.id(),
            log_date: july(day),
        };
        let decision = LogEntry::draft(
            new,
            &report(text),
            acting,
            &case.at(noon(day)),
            &surroundings,
            self.fresh(),
        )
        .expect("the rules allow it");
        let trail = self.transition_trail(world.tenant, "logbook.draft");
        unit.logbook()
            .save(&decision, &[], &trail)
            .await
            .expect("the draft is stored");
        unit.commit().await.expect("it is durable");
        decision.entry
    }

    /// What a step would leave, decided on what is stored.
    pub(crate) async fn decide(
        &self,
        world: &World,
        entry: LogEntryId,
        (user, role): (UserId, Role),
        step: &Step,
        now: Instant,
    ) -> Decision {
        let (entry, case) = self.stored(world, entry).await;
        let actor = world.actor(user, role);
        let acting = Acting {
            actor: &actor,
            way: Way::Single,
            seen: None,
        };
        entry
            .take(step, acting, &case.at(now), self.fresh())
            .expect("the rules allow it")
    }

    /// Stores a decision in a unit of work of its own.
    pub(crate) async fn save(&self, world: &World, decision: &Decision) -> Result<(), RepositoryError> {
        let mut unit = self.begin(world.scope()).await;
        unit.logbook()
            .save(
                decision,
                &[],
                &self.transition_trail(world.tenant, "logbook.step"),
            )
            .await?;
        unit.commit().await
    }

    /// Takes a step and stores it; the entry afterwards.
    pub(crate) async fn take(
        &self,
        world: &World,
        entry: LogEntryId,
        who: (UserId, Role),
        step: Step,
        now: Instant,
    ) -> LogEntry {
        let decision = self.decide(world, entry, who, &step, now).await;
        self.save(world, &decision).await.expect("the step is stored");
        decision.entry
    }

    /// An entry as it is stored, with its case.
    pub(crate) async fn stored(&self, world: &World, entry: LogEntryId) -> (LogEntry, LogCase) {
        let mut reader = self.read(world.scope()).await;
        reader
            .logbook()
            .log(entry)
            .await
            .expect("the entry is read")
            .expect("the entry is there")
    }

    /// A file of an entry.
    pub(crate) fn file(&self, world: &World, entry: LogEntryId, name: &str) -> StoredAttachment {
        let id: AttachmentId = self.id();
        let key = BlobKey::parse(&format!("logs/{id}")).expect("a key");
        let name = SafeFileName::sanitise(name);
        let attachment = Attachment::from_parts(id, name, AttachmentType::Pdf, 4_096, [0xAB; 32]);
        StoredAttachment {
            attachment,
            tenant_id: world.tenant,
            entry_id: entry,
            key,
        }
    }
}
