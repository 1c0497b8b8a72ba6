//! A term at the university: one programme, one company, Asha's placement and her logs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Africa::Dar_es_Salaam;
use cucumber::World;
use ipt_domain::{
    Instant,
    actor::Actor,
    id::{EventId, LogEntryId, ProgrammeId, ReviewId, SiteId},
    identity::{permission::PermissionSet, role::Role},
    logbook::{
        circumstances::{Circumstances, FreshIds, Surroundings},
        decision::Decision,
        entry::LogEntry,
        hours::WorkedHours,
        nearby::NearbyFixes,
        refusal::Refusal,
        report::Report,
        review::ReviewRecord,
        state::StateName,
    },
    placement::{
        delegation::Delegation,
        load::Stay,
        placement::Placement,
        policy::{Policy, PolicyDraft, PolicyVersion},
        position::Position,
        programme::{Programme, ProgrammeDraft, ProgrammeParts},
        site::{Site, SiteCalendar, SiteDraft, Workplace},
    },
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        week::Week,
    },
};
use uuid::Uuid;

use super::{
    people::{COMPANY, HERE, Person},
    told::Told,
};

/// Everything that a scenario has brought about so far.
#[derive(Debug, World)]
#[world(init = Self::new)]
pub(crate) struct Term {
    pub(crate) now: Instant,
    pub(crate) programme: Programme,
    policies: BTreeMap<PolicyVersion, Policy>,
    pub(crate) placement: Option<Placement>,
    /// Asha's earlier placements.
    pub(crate) earlier: Vec<Placement>,
    pub(crate) organisation_verified: bool,
    /// The days on which a supervisor has other students.
    pub(crate) other_students: BTreeMap<Person, Vec<Stay>>,
    pub(crate) delegations: Vec<Delegation>,
    pub(crate) site: Site,
    workplace_holidays: BTreeSet<NaiveDate>,
    university_holidays: BTreeSet<NaiveDate>,
    coordinators_besides: BTreeSet<Person>,
    pub(crate) reopened: BTreeSet<NaiveDate>,
    entries: Vec<LogEntry>,
    current: usize,
    pub(crate) reviews: Vec<ReviewRecord>,
    /// The codes of what was refused of many.
    pub(crate) fallen: Vec<&'static str>,
    pub(super) refused: Option<Told>,
    pub(super) told: Option<Told>,
    ids: u128,
}

impl Term {
    fn new() -> Self {
        let draft = ProgrammeDraft {
            name: "Mechanical engineering".to_owned(),
            code: "ME-PT2".to_owned(),
            credit_units: 10.0,
            required_hours: 0.0,
            required_days: 0,
            window: (date(7, 1), date(12, 31)),
            policy: PolicyDraft::default(),
        };
        let programme = Programme::create(ProgrammeId::new(Uuid::from_u128(700)), HERE, draft).unwrap();
        Self {
            now: "2026-06-01T06:00:00Z".parse().unwrap(),
            policies: BTreeMap::from([(programme.policy_version(), programme.policy().clone())]),
            programme,
            placement: None,
            earlier: Vec::new(),
            organisation_verified: true,
            other_students: BTreeMap::new(),
            delegations: Vec::new(),
            site: workshop(),
            workplace_holidays: BTreeSet::new(),
            university_holidays: BTreeSet::new(),
            coordinators_besides: BTreeSet::new(),
            reopened: BTreeSet::new(),
            entries: Vec::new(),
            current: 0,
            reviews: Vec::new(),
            fallen: Vec::new(),
            refused: None,
            told: None,
            ids: 10_000,
        }
    }

    pub(crate) fn fresh_id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    pub(crate) fn fresh_ids(&mut self) -> FreshIds {
        FreshIds {
            review: ReviewId::new(self.fresh_id()),
            event: EventId::new(self.fresh_id()),
        }
    }

    /// Somebody with all roles held.
    pub(crate) fn actor(&self, person: Person) -> Actor {
        let besides = self
            .coordinators_besides
            .contains(&person)
            .then_some(Role::Coordinator);
        let permissions = Role::permissions_of(person.roles().iter().copied().chain(besides));
        let institution = person.institution();
        Actor::new(
            person.id(),
            Some(institution),
            vec![(institution, permissions)],
            PermissionSet::EMPTY,
        )
    }

    pub(crate) fn is_coordinator_besides(&mut self, person: Person) {
        self.coordinators_besides.insert(person);
    }

    // --- Calendars, places, rules -----------------------------------------------------------------

    pub(crate) fn university_calendar(&self) -> WorkingCalendar {
        let holidays = self.university_holidays.clone();
        WorkingCalendar::new(Dar_es_Salaam, WeekendDays::SATURDAY_AND_SUNDAY, holidays)
    }

    pub(crate) fn workplace_holiday(&mut self, day: NaiveDate) {
        self.workplace_holidays.insert(day);
        let calendar = SiteCalendar {
            weekend: None,
            holidays: Some(self.workplace_holidays.clone()),
        };
        let draft = SiteDraft {
            calendar,
            ..SiteDraft::from(&self.site)
        };
        self.site = self.site.clone().amended(draft).unwrap();
    }

    pub(crate) fn university_holiday(&mut self, day: NaiveDate) {
        self.university_holidays.insert(day);
    }

    /// Today, at the workplace and at the university alike.
    pub(crate) fn today(&self) -> NaiveDate {
        self.university_calendar().local_date(self.now)
    }

    /// Lets the programme have had these rules from the beginning.
    pub(crate) fn rules_are(&mut self, draft: PolicyDraft) {
        let policy = self.programme.policy().amended(draft).unwrap();
        self.programme = Programme::from_parts(ProgrammeParts {
            policy,
            ..self.programme_parts()
        });
        self.policies
            .insert(self.programme.policy_version(), self.programme.policy().clone());
    }

    pub(crate) fn programme_parts(&self) -> ProgrammeParts {
        let programme = &self.programme;
        ProgrammeParts {
            id: programme.id(),
            tenant_id: programme.tenant_id(),
            name: programme.name().to_owned(),
            code: programme.code().to_owned(),
            credit_units: programme.credit_units(),
            requirement: programme.requirement(),
            window: programme.window(),
            policy: programme.policy().clone(),
            policy_version: programme.policy_version(),
            version: programme.version(),
        }
    }

    /// The programme as a coordinator has changed it.
    pub(crate) fn programme_becomes(&mut self, programme: Programme) {
        self.policies
            .insert(programme.policy_version(), programme.policy().clone());
        self.programme = programme;
    }

    /// The rules that the placement keeps.
    pub(crate) fn policy(&self) -> &Policy {
        let kept = self.placement.as_ref().map(Placement::policy_version);
        kept.and_then(|version| self.policies.get(&version))
            .unwrap_or_else(|| self.programme.policy())
    }

    pub(crate) fn placement(&self) -> &Placement {
        self.placement.as_ref().unwrap()
    }

    pub(crate) fn workplace(&self) -> Workplace {
        let mode = self.placement().mode();
        Workplace::of(Some(&self.site), &self.university_calendar(), mode, self.policy())
    }

    /// Lets something be decided under the circumstances of now.
    pub(crate) fn decide<T>(&self, decision: impl FnOnce(&Circumstances<'_>) -> T) -> T {
        let (workplace, institution) = (self.workplace(), self.university_calendar());
        decision(&Circumstances {
            placement: self.placement(),
            policy: self.policy(),
            workplace: &workplace,
            institution: &institution,
            delegations: &self.delegations,
            now: self.now,
        })
    }

    // --- Logs -------------------------------------------------------------------------------------

    pub(crate) fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    /// The log that is spoken of.
    pub(crate) fn entry(&self) -> &LogEntry {
        self.entries.get(self.current).unwrap()
    }

    /// The report that was handed in last.
    pub(crate) fn report(&self) -> &Report {
        &self.entry().submission().unwrap().report
    }

    /// Speaks of the log of a day; of several the last.
    pub(crate) fn turn_to(&mut self, day: NaiveDate) {
        self.current = self
            .entries
            .iter()
            .rposition(|entry| entry.log_date() == day)
            .unwrap();
    }

    pub(crate) fn turn_to_entry(&mut self, id: LogEntryId) {
        self.current = self.entries.iter().position(|entry| entry.id() == id).unwrap();
    }

    /// What is known of the other days of an entry of `day`.
    pub(crate) fn around(
        &self,
        day: NaiveDate,
        id: Option<LogEntryId>,
        fix_at: Option<Instant>,
    ) -> Surroundings {
        let others = || {
            self.entries
                .iter()
                .filter(move |entry| Some(entry.id()) != id && entry.state().name() != StateName::Voided)
        };
        Surroundings {
            day_taken: others().any(|entry| entry.log_date() == day),
            reopened: self.reopened.contains(&day),
            other_hours_of_week: others()
                .filter(|entry| Week::of(day).contains(entry.log_date()))
                .filter_map(|entry| entry.submission()?.report.hours)
                .map(WorkedHours::minutes)
                .sum(),
            nearby_fixes: fix_at
                .map(|at| NearbyFixes::among(at, day, others()))
                .unwrap_or_default(),
        }
    }

    /// Keeps what was decided about a log, or remembers what was told instead.
    pub(crate) fn keep(&mut self, answer: Result<Decision, Refusal>) {
        let Some(decision) = self.heard(answer) else {
            return;
        };
        self.reviews.push(decision.review);
        self.put(decision.entry);
    }

    /// Keeps a log as it is now, and speaks of it.
    pub(crate) fn put(&mut self, entry: LogEntry) {
        if let Some(position) = self.entries.iter().position(|kept| kept.id() == entry.id()) {
            self.entries[position] = entry;
            self.current = position;
        } else {
            self.entries.push(entry);
            self.current = self.entries.len() - 1;
        }
    }

    /// A draft is gone.
    pub(crate) fn drop_current(&mut self) {
        self.entries.remove(self.current);
        self.current = 0;
    }
}

/// A day of 2026.
pub(crate) fn date(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// The company's workshop, on the equator, so that a longitude is a distance; 200 m around it belong to it.
fn workshop() -> Site {
    let draft = SiteDraft {
        name: "Ubungo workshop".to_owned(),
        position: Some(Position::new(0.0, 39.0).unwrap()),
        ..SiteDraft::default()
    };
    Site::create(SiteId::new(Uuid::from_u128(810)), COMPANY, None, draft).unwrap()
}
