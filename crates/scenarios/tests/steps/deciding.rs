//! How a decision about a placement is made, and kept.

use chrono::{NaiveDate, TimeDelta};
use ipt_domain::{
    id::EventId,
    logbook::{credit::tally, entry::LogEntry, input::ReportInput, state::StateName, transition::StepKind},
    placement::{
        authority::Acting,
        delegation::Part,
        ending::Achievement,
        event::PlacementEvent,
        guard::Setting,
        load::Gain,
        neighbour::Neighbour,
        placement::{Placement, PlacementParts},
        refusal::PlacementRefusal,
        supervisor::cap_of,
        violation::PlacementViolation,
    },
};

use super::{people::Person, term::Term};

/// A placement as it is after a decision, or why there is none.
pub(super) type Decided = Result<(Placement, PlacementEvent), PlacementRefusal>;

impl Term {
    /// Lets somebody act on a placement now.
    pub(super) fn acting<T>(&mut self, person: Person, act: impl FnOnce(&Acting<'_>, &Self) -> T) -> T {
        let (event_id, actor) = (EventId::new(self.fresh_id()), self.actor(person));
        act(
            &Acting {
                actor: &actor,
                seen: None,
                now: self.now,
                today: self.today(),
                event_id,
            },
            self,
        )
    }

    /// Lets something be judged beside the student's other placements, with these people as supervisors.
    pub(super) fn in_setting<T>(
        &self,
        [industrial, university]: [Option<Person>; 2],
        judge: impl FnOnce(&Setting<'_>) -> T,
    ) -> T {
        let neighbours: Vec<_> = self.earlier.iter().filter_map(Neighbour::of).collect();
        judge(&Setting {
            terms: self.programme.terms(),
            neighbours: &neighbours,
            organisation_verified: self.organisation_verified,
            industrial: industrial.map(Person::candidate),
            university: university.map(Person::candidate),
            delegations: &self.delegations,
        })
    }

    /// Who supervises now.
    fn supervisors(&self) -> [Option<Person>; 2] {
        Part::ALL.map(|part| self.placement().supervisor(part).and_then(Person::with_id))
    }

    /// Somebody decides about the placement.
    pub(super) fn with_placement(
        &mut self,
        person: Person,
        decide: impl FnOnce(Placement, &Acting<'_>, &Setting<'_>) -> Decided,
    ) {
        let (placement, supervisors) = (self.placement().clone(), self.supervisors());
        let answer = self.acting(person, |acting, term| {
            term.in_setting(supervisors, |setting| decide(placement, acting, setting))
        });
        self.keep_placement(answer);
    }

    /// Keeps what was decided, or remembers what was told instead.
    pub(super) fn keep_placement(&mut self, answer: Decided) {
        let answer = answer.and_then(|(placement, event)| {
            self.check_caps(&placement)?;
            Ok((placement, event))
        });
        if let Some((placement, _)) = self.heard(answer) {
            self.placement = Some(placement);
        }
    }

    /// Counts the students of the supervisors, as whoever stores a placement does.
    fn check_caps(&self, after: &Placement) -> Result<(), PlacementRefusal> {
        let gains = Part::ALL
            .into_iter()
            .filter_map(|part| Gain::of(self.placement.as_ref(), after, part, self.today()));
        for gain in gains {
            let supervisor = Person::with_id(gain.supervisor()).unwrap();
            let others = self.other_students.get(&supervisor);
            let cap = cap_of(gain.part(), self.programme.policy());
            gain.check(cap, others.map_or(&[], Vec::as_slice))
                .map_err(|over| PlacementRefusal::Rules(vec![PlacementViolation::SupervisorOverCap(over)]))?;
        }
        Ok(())
    }

    /// Lets the placement begin by itself when its time has come.
    pub(super) fn begin_when_due(&mut self) {
        let event_id = EventId::new(self.fresh_id());
        if let Some(placement) = self.placement.take() {
            let (placement, _) = placement.activate_when_due(self.today(), self.now, event_id);
            self.placement = Some(placement);
        }
    }

    /// The placement's parts, for a scenario that begins with another one.
    pub(super) fn placement_parts(&self) -> PlacementParts {
        let placement = self.placement();
        PlacementParts {
            id: placement.id(),
            tenant_id: placement.tenant_id(),
            student_id: placement.student_id(),
            programme_id: placement.programme_id(),
            policy_version: placement.policy_version(),
            organisation_id: placement.organisation_id(),
            site_id: placement.site_id(),
            mode: placement.mode(),
            continues: placement.continues(),
            period: placement.period(),
            industrial_supervisor: placement.industrial_supervisor(),
            university_supervisor: placement.university_supervisor(),
            relationship_declared: placement.relationship_declared().cloned(),
            state: placement.state().clone(),
            version: placement.version(),
            created_at: placement.created_at(),
            updated_at: placement.updated_at(),
        }
    }

    /// What Asha has done so far.
    pub(super) fn achieved(&self) -> Achievement {
        let credit = tally(
            self.entries().iter().filter_map(LogEntry::day_of_credit),
            self.policy(),
        );
        let open = self
            .entries()
            .iter()
            .filter(|entry| entry.state().name().is_open())
            .count();
        Achievement {
            minutes: credit.minutes,
            days: credit.days,
            open_entries: u32::try_from(open).unwrap(),
        }
    }

    /// The days of logs that were not voided.
    pub(super) fn live_days(&self) -> Vec<NaiveDate> {
        let live = self
            .entries()
            .iter()
            .filter(|entry| entry.state().name() != StateName::Voided);
        live.map(LogEntry::log_date).collect()
    }

    /// A day of so many hours goes through the whole chain, on its own evening.
    pub(super) fn validated_day(&mut self, day: NaiveDate, hours: f64) {
        self.now = self.university_calendar().start_of_day(day) + TimeDelta::hours(18);
        let input = ReportInput {
            content: Some("Fitted the bearings and measured the play.".to_owned()),
            hours_worked: Some(Some(hours)),
            ..ReportInput::default()
        };
        self.make(Person::Asha, day, &input, false);
        let [industrial, university] = self.supervisors();
        let approval = StepKind::Approve {
            skills: Vec::new(),
            hours_confirmed: None,
        };
        self.take(industrial.unwrap(), approval, None);
        self.take(university.unwrap(), StepKind::Validate, None);
        self.nothing_is_left_unsaid();
    }
}
