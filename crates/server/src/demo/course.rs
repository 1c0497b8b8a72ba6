//! Letting the term take its course: each deed through its use case, at its time.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chrono::NaiveDate;
use futures_util::{StreamExt as _, stream};
use ipt_application::{
    Caller, Services, engagement,
    logbook::{self, ShownLog, edit, submit, take_step, take_step_on_many, upload},
    placement::{self, placements},
};
use ipt_domain::{
    id::{LogEntryId, PlacementId},
    logbook::{input::ReportInput, review::Way, state::StateName, transition::Step},
};

use super::{
    agenda::{Deed, File, LogDeed, Moment, Part, StudentKey},
    clock::SteppingClock,
    founding::Campus,
    plan::Seat,
};

/// How many messages are delivered at a time.
const BATCH: u32 = 100;

/// The term on its way.
pub(super) struct Course<'a> {
    services: &'a Services,
    clock: &'a SteppingClock,
    campuses: &'a [Campus],
    placements: BTreeMap<StudentKey, PlacementId>,
    entries: BTreeMap<(StudentKey, usize), (LogEntryId, StateName)>,
    told: Counts,
}

/// How much has happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Steps that entries have taken.
    pub(super) log_steps: u32,
    /// Messages of the outbox.
    pub(super) messages: u32,
    /// Those among them that could not be delivered.
    pub(super) undelivered: u32,
}

impl<'a> Course<'a> {
    /// Nothing has happened yet.
    pub(super) fn new(services: &'a Services, clock: &'a SteppingClock, campuses: &'a [Campus]) -> Self {
        let (placements, entries) = (BTreeMap::new(), BTreeMap::new());
        Self {
            services,
            clock,
            campuses,
            placements,
            entries,
            told: Counts::default(),
        }
    }

    /// How much has happened.
    pub(super) const fn counts(&self) -> Counts {
        self.told
    }

    /// How many placements there are.
    pub(super) fn placements(&self) -> usize {
        self.placements.len()
    }

    /// How many entries are in which state.
    pub(super) fn entries(&self) -> BTreeMap<&'static str, u32> {
        let mut counted = BTreeMap::new();
        for (_, state) in self.entries.values() {
            *counted.entry(state.as_str()).or_default() += 1;
        }
        counted
    }

    /// Lets deeds happen, in their order. What a day leaves in the outbox is delivered when the next one begins.
    pub(super) async fn run(&mut self, moments: Vec<Moment>) -> anyhow::Result<()> {
        let mut day: Option<NaiveDate> = None;
        for Moment { at, deed } in moments {
            if day
                .replace(at.date_naive())
                .is_some_and(|before| before != at.date_naive())
            {
                self.deliver().await?;
            }
            self.clock.move_to(at);
            let told = format!("{at}: {deed:?}");
            self.enact(deed).await.with_context(|| told)?;
        }
        self.deliver().await
    }

    /// Delivers everything that is due, and what comes of that: an event becomes mails.
    async fn deliver(&mut self) -> anyhow::Result<()> {
        loop {
            let delivered = engagement::deliver::execute(self.services, BATCH).await?;
            self.told.messages += delivered.claimed;
            self.told.undelivered += delivered.claimed - delivered.done;
            if delivered.claimed == 0 {
                return Ok(());
            }
        }
    }

    async fn enact(&mut self, deed: Deed) -> anyhow::Result<()> {
        match deed {
            Deed::Propose {
                of,
                by_student,
                command,
            } => {
                let by = if by_student {
                    self.caller(of, Part::Student)
                } else {
                    self.caller(of, Part::Coordinator)
                };
                let made = placements::create::execute(self.services, by?, &command).await?;
                self.placements.insert(of, made.view.placement.id());
            }
            Deed::Step { of, step, reason } => {
                let id = self.placement(of)?;
                let command = placements::step::Command {
                    id,
                    seen: None,
                    step,
                    reason: reason.map(str::to_owned),
                };
                let by = self.caller(of, Part::Coordinator)?;
                placements::step::execute(self.services, by, &command).await?;
            }
            Deed::DayBreak => {
                placement::activate_due::execute(self.services).await?;
            }
            Deed::Log { of, day, deed } => {
                let shown = self.write_or_review(of, day, deed).await?;
                self.entries
                    .insert((of, day), (shown.entry.id(), shown.entry.state().name()));
                self.told.log_steps += 1;
            }
            Deed::ReadAll { campus } => {
                for reader in self.campus(campus)?.everybody() {
                    engagement::notifications::read_all::execute(self.services, reader).await?;
                }
            }
        }
        Ok(())
    }

    async fn write_or_review(&self, of: StudentKey, day: usize, deed: LogDeed) -> anyhow::Result<ShownLog> {
        let known = self.entries.get(&(of, day)).map(|(id, _)| *id);
        match deed {
            LogDeed::HandIn { report, draft, file } => self.hand_in(of, day, *report, (draft, file)).await,
            LogDeed::Revise(report) => {
                let id = known.context("this log was not written yet")?;
                let command = edit::Command {
                    id,
                    report: *report,
                    files: Vec::new(),
                    submit: true,
                    seen: None,
                };
                Ok(edit::execute(self.services, self.caller(of, Part::Student)?, command).await?)
            }
            LogDeed::Take {
                by,
                kind,
                comments,
                many,
            } => {
                let id = known.context("this log was not written yet")?;
                let (by, step) = (self.caller(of, by)?, Step { kind, comments });
                if many {
                    let outcomes = take_step_on_many::execute(self.services, by, &[id], &step).await?;
                    let outcome = outcomes.into_iter().next().context("nothing came of it")?;
                    return Ok(outcome.result?);
                }
                let command = take_step::Command {
                    id,
                    step,
                    way: Way::Single,
                    seen: None,
                };
                Ok(take_step::execute(self.services, by, &command).await?)
            }
        }
    }

    async fn hand_in(
        &self,
        of: StudentKey,
        day: usize,
        report: ReportInput,
        (draft, file): (bool, Option<File>),
    ) -> anyhow::Result<ShownLog> {
        let student = self.caller(of, Part::Student)?;
        let placement_id = Some(self.placement(of)?);
        let files = match file {
            Some(file) => vec![self.upload(student, placement_id, file).await?],
            None => Vec::new(),
        };
        let log_date = self.campus(of.campus)?.term.day(day);
        let command = submit::Command {
            placement_id,
            log_date,
            report,
            files,
            draft,
        };
        Ok(logbook::submit::execute(self.services, student, command).await?)
    }

    async fn upload(
        &self,
        student: &Caller,
        placement: Option<PlacementId>,
        file: File,
    ) -> anyhow::Result<upload::Uploaded> {
        let target = upload::Target::Placement(placement);
        let acceptance = upload::limits(self.services, student, target).await?;
        let body = stream::iter([Ok(file.content.into())]).boxed();
        Ok(upload::execute(self.services, student, &acceptance, file.name, body).await?)
    }

    fn campus(&self, index: usize) -> anyhow::Result<&'a Campus> {
        self.campuses.get(index).context("there is no such university")
    }

    fn placement(&self, of: StudentKey) -> anyhow::Result<PlacementId> {
        self.placements
            .get(&of)
            .copied()
            .context("this student has no placement")
    }

    /// The person who acts for a student.
    fn caller(&self, of: StudentKey, part: Part) -> anyhow::Result<&'a Caller> {
        let (campus, seat) = (self.campus(of.campus)?, Seat::of(of));
        let found = match part {
            Part::Student => campus.students.get(of.student),
            Part::Industry => campus
                .hosts
                .get(seat.host)
                .and_then(|host| host.supervisors.get(seat.industry)),
            Part::Academic => campus.supervisors.get(seat.academic),
            Part::Coordinator => campus.coordinators.get(seat.coordinator),
        };
        found.context("there is nobody for this")
    }
}
