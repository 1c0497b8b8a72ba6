//! A small world with all its ports in memory, and the people who act in it.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use ipt_application::{
    Caller, Origin, Services, Settings,
    engagement::{
        deliver::{self, Delivered},
        reminders,
    },
    logbook::{LogbookError, ShownLog, list, submit, take_step, upload},
};
use ipt_domain::{
    Instant,
    error::Violation,
    id::{LogEntryId, SessionId, UserId},
    identity::role::Role,
    logbook::{
        input::ReportInput,
        refusal::Refusal,
        review::Way,
        transition::{Step, StepKind},
    },
    placement::policy::PolicyDraft,
};
use ipt_ports::{
    logbook::LogSort,
    page::{Direction, PageRequest, Sort},
};
use ipt_testkit::{
    MockClock,
    builders::{day, moment},
    memory::{
        CheapHasher, MemoryBlobs, MemoryDatabase, MemoryMailer, MemoryTokens, PlainArchives,
        PlainMailedSecrets, PlainRenderer, PlainSealer, PlainSigner, SeededSecrets, WordListStrength,
    },
    world::SmallWorld,
};

/// A text that is long enough.
pub(crate) const TEXT: &str = "Fitted the bearings and measured the play.";

/// A world in memory. It is Monday 6 July 2026, 17:00 in Dar es Salaam, the first day of Asha's placement.
pub(crate) struct Stage {
    pub(crate) services: Services,
    pub(crate) database: MemoryDatabase,
    pub(crate) clock: Arc<MockClock>,
    pub(crate) blobs: MemoryBlobs,
    pub(crate) mailer: MemoryMailer,
    pub(crate) world: SmallWorld,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(PolicyDraft::default()).await
    }

    pub(crate) async fn with(policy: PolicyDraft) -> Self {
        let database = MemoryDatabase::new();
        let world = SmallWorld::store_with(Arc::new(database.clone()), policy).await;
        let clock = Arc::new(MockClock::at(local("07-06 17:00")));
        let (blobs, mailer) = (MemoryBlobs::default(), MemoryMailer::default());
        let services = Services {
            database: Arc::new(database.clone()),
            blobs: Arc::new(blobs.clone()),
            archives: Arc::new(PlainArchives),
            clock: Arc::clone(&clock) as _,
            ids: world.ids(),
            secrets: Arc::new(SeededSecrets::default()),
            mailed_secrets: Arc::new(PlainMailedSecrets),
            sealer: Arc::new(PlainSealer::default()),
            passwords: Arc::new(CheapHasher::default()),
            strength: Arc::new(WordListStrength),
            tokens: Arc::new(MemoryTokens::default()),
            signer: Arc::new(PlainSigner::default()),
            mailer: Arc::new(mailer.clone()),
            renderer: Arc::new(PlainRenderer),
            settings: Arc::new(Settings {
                frontend_url: Some("https://ipt.example".to_owned()),
                ..Settings::default()
            }),
        };
        Self {
            services,
            database,
            clock,
            blobs,
            mailer,
            world,
        }
    }

    /// A person acting in the institution with one role.
    pub(crate) fn caller(&self, user: UserId, role: Role) -> Caller {
        Caller {
            actor: self.world.actor(user, &[role]),
            session_id: SessionId::new(user.uuid()),
            signed_in_at: self.services.clock.now(),
            origin: Origin {
                address: Some("192.0.2.7".to_owned()),
                ..Origin::default()
            },
            entered_for: None,
        }
    }

    pub(crate) fn student(&self) -> Caller {
        self.caller(self.world.student, Role::Student)
    }

    pub(crate) fn industrial(&self) -> Caller {
        self.caller(self.world.industrial, Role::IndustrialSupervisor)
    }

    pub(crate) fn university(&self) -> Caller {
        self.caller(self.world.university, Role::UniversitySupervisor)
    }

    pub(crate) fn coordinator(&self) -> Caller {
        self.caller(self.world.coordinator, Role::Coordinator)
    }

    /// Sets the clocks of Dar es Salaam: `07-06 17:00`.
    pub(crate) fn at(&self, time: &str) {
        self.clock.set(local(time));
    }

    /// The student hands in a day: `07-06`.
    pub(crate) async fn submit(&self, date: &str) -> Result<ShownLog, LogbookError> {
        self.submit_as(&self.student(), command(date, TEXT)).await
    }

    pub(crate) async fn submit_as(
        &self,
        caller: &Caller,
        command: submit::Command,
    ) -> Result<ShownLog, LogbookError> {
        submit::execute(&self.services, caller, command).await
    }

    /// Somebody takes a step.
    pub(crate) async fn take(
        &self,
        caller: &Caller,
        id: LogEntryId,
        step: Step,
    ) -> Result<ShownLog, LogbookError> {
        let command = take_step::Command {
            id,
            step,
            way: Way::Single,
            seen: None,
        };
        take_step::execute(&self.services, caller, &command).await
    }

    /// Stores a file as the student.
    pub(crate) async fn upload(
        &self,
        name: &str,
        bytes: &'static [u8],
    ) -> Result<upload::Uploaded, LogbookError> {
        let caller = self.student();
        let acceptance = upload::limits(&self.services, &caller, upload::Target::Placement(None)).await?;
        let body = stream::iter([Ok(Bytes::from_static(bytes))]).boxed();
        upload::execute(&self.services, &caller, &acceptance, name, body).await
    }

    /// The entries that somebody finds, by day.
    pub(crate) async fn found(&self, caller: &Caller, filter: list::Filter) -> Vec<LogEntryId> {
        let listed = list::execute(&self.services, caller, filter, &by_day(100), true)
            .await
            .unwrap();
        assert_eq!(listed.total, Some(listed.page.items.len() as u64));
        listed.page.items.iter().map(|shown| shown.entry.id()).collect()
    }

    /// Delivers what is due now, once.
    pub(crate) async fn deliver(&self) -> Delivered {
        deliver::execute(&self.services, 32).await.unwrap()
    }

    /// Delivers until nothing more is due; how many messages were tried.
    pub(crate) async fn deliver_all(&self) -> u32 {
        let mut tried = 0;
        loop {
            match self.deliver().await.claimed {
                0 => return tried,
                claimed => tried += claimed,
            }
        }
    }

    /// A round of reminders; how many people were reminded.
    pub(crate) async fn remind(&self) -> u32 {
        reminders::execute(&self.services, "worker").await.unwrap()
    }

    /// The notifications of a person, by kind.
    pub(crate) fn told(&self, user: UserId) -> Vec<String> {
        let all = self.database.notifications().into_iter();
        all.filter(|notification| notification.user_id == user)
            .map(|notification| notification.kind)
            .collect()
    }

    /// The mails that were taken: to whom, and what about.
    pub(crate) fn mails(&self) -> Vec<(String, String)> {
        self.mailer
            .mails()
            .into_iter()
            .map(|mail| (mail.to_address, mail.subject))
            .collect()
    }
}

/// A moment of 2026 on the clocks of Dar es Salaam: `07-06 17:00`.
pub(crate) fn local(time: &str) -> Instant {
    let (date, time) = time.split_once(' ').unwrap();
    moment(&format!("2026-{date}T{time}:00+03:00"))
}

/// A page of so many entries by day, the earliest first.
pub(crate) fn by_day(limit: u16) -> PageRequest<LogSort> {
    let sort = Sort {
        field: LogSort::LogDate,
        direction: Direction::Ascending,
    };
    PageRequest {
        limit,
        after: None,
        sort: vec![sort],
    }
}

/// A day's entry with this text: `07-06`.
pub(crate) fn command(date: &str, text: &str) -> submit::Command {
    submit::Command {
        placement_id: None,
        log_date: day(&format!("2026-{date}")),
        report: worked(text),
        files: Vec::new(),
        draft: false,
    }
}

/// The same, kept as a draft.
pub(crate) fn draft(date: &str, text: &str) -> submit::Command {
    submit::Command {
        draft: true,
        ..command(date, text)
    }
}

/// Eight hours of work.
pub(crate) fn worked(text: &str) -> ReportInput {
    ReportInput {
        content: Some(text.to_owned()),
        hours_worked: Some(Some(8.0)),
        ..ReportInput::default()
    }
}

fn step(kind: StepKind, comments: Option<&str>) -> Step {
    Step {
        kind,
        comments: comments.map(str::to_owned),
    }
}

pub(crate) fn recall() -> Step {
    step(StepKind::Recall, None)
}

pub(crate) fn approve() -> Step {
    step(
        StepKind::Approve {
            skills: Vec::new(),
            hours_confirmed: None,
        },
        None,
    )
}

pub(crate) fn reject(comments: &str) -> Step {
    step(StepKind::Reject { skills: Vec::new() }, Some(comments))
}

pub(crate) fn validate() -> Step {
    step(StepKind::Validate, None)
}

pub(crate) fn flag(reason: &str) -> Step {
    step(StepKind::Flag, Some(reason))
}

/// The stable code of a failure; of broken rules all codes.
pub(crate) fn codes<T>(outcome: Result<T, LogbookError>) -> Vec<&'static str> {
    match outcome.err() {
        None => Vec::new(),
        Some(LogbookError::Refusal(Refusal::Rules(found))) => found.iter().map(Violation::code).collect(),
        Some(LogbookError::Refusal(refusal)) => vec![refusal.code()],
        Some(other) => panic!("no refusal: {other}"),
    }
}
