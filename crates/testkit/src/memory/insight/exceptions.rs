//! What needs a person: flagged entries, overdue reviews, ends that have passed, supervisors that are missing.

use ipt_domain::{
    Instant,
    logbook::{entry::LogEntry, state::State},
    placement::{placement::Placement, state::PlacementStateName},
};
use ipt_ports::insight::{ExceptionFound, ExceptionKind};

use super::figures::Institution;

impl Institution<'_> {
    /// At most as many exceptions as asked for, the oldest first. No kind crowds out the others: when there are too many,
    /// each kind in turn has its oldest one taken.
    pub(super) fn exceptions(&self) -> Vec<ExceptionFound> {
        let mut kinds = [
            self.entries
                .iter()
                .filter_map(|(entry, _)| self.flagged(entry))
                .collect::<Vec<_>>(),
            self.overdue()
                .filter_map(|entry| self.overdue_review(entry))
                .collect(),
            self.placements
                .iter()
                .filter_map(|placement| self.end_passed(placement))
                .collect(),
            self.placements
                .iter()
                .filter_map(|placement| self.supervisor_missing(placement))
                .collect(),
        ];
        for found in &mut kinds {
            found.sort_by_key(|exception| (exception.since, exception.object_id));
        }
        let limit = usize::try_from(self.request.exceptions).unwrap_or(usize::MAX);
        let longest = kinds.iter().map(Vec::len).max().unwrap_or(0);
        let in_turn = (0..longest).flat_map(|turn| kinds.iter().filter_map(move |found| found.get(turn)));
        let mut chosen: Vec<ExceptionFound> = in_turn.take(limit).cloned().collect();
        chosen.sort_by_key(|exception| (exception.since, exception.object_id));
        chosen
    }

    fn flagged(&self, entry: &LogEntry) -> Option<ExceptionFound> {
        match entry.state() {
            State::Flagged { at, .. } => Some(self.of_entry(ExceptionKind::FlaggedEntry, entry, *at)),
            State::Draft { .. }
            | State::Submitted { .. }
            | State::RevisionRequested { .. }
            | State::IndustryVerified { .. }
            | State::Validated { .. }
            | State::Voided { .. } => None,
        }
    }

    fn overdue_review(&self, entry: &LogEntry) -> Option<ExceptionFound> {
        entry
            .state()
            .due()
            .map(|due| self.of_entry(ExceptionKind::OverdueReview, entry, due.at))
    }

    fn end_passed(&self, placement: &Placement) -> Option<ExceptionFound> {
        let end = placement.period().end();
        let has_passed = placement.state().name() == PlacementStateName::Active && end < self.request.date;
        let since = self.calendar()?.end_of_day(end);
        has_passed.then(|| self.of_placement(ExceptionKind::EndPassed, placement, since))
    }

    /// A supervisor who is no active member any more is missing too: the open reviews need a successor at once.
    fn supervisor_missing(&self, placement: &Placement) -> Option<ExceptionFound> {
        let start = placement.period().start();
        let has_begun = start <= self.request.date
            && matches!(
                placement.state().name(),
                PlacementStateName::Approved | PlacementStateName::Active | PlacementStateName::Suspended
            );
        let mut supervisors = [
            placement.industrial_supervisor(),
            placement.university_supervisor(),
        ]
        .into_iter();
        let is_missing = !supervisors.all(|supervisor| supervisor.is_some_and(|user| self.is_member(user)));
        let since = self.calendar()?.start_of_day(start);
        (has_begun && is_missing)
            .then(|| self.of_placement(ExceptionKind::SupervisorMissing, placement, since))
    }

    fn calendar(&self) -> Option<&ipt_domain::tenancy::calendar::WorkingCalendar> {
        Some(
            self.state
                .institutions
                .get(&self.request.tenant)?
                .thing
                .calendar(),
        )
    }

    fn of_entry(&self, kind: ExceptionKind, entry: &LogEntry, since: Instant) -> ExceptionFound {
        let subject = format!("{}, {}", self.state.name_of(entry.student_id()), entry.log_date());
        ExceptionFound {
            kind,
            subject,
            object_id: entry.id().uuid(),
            since,
        }
    }

    fn of_placement(&self, kind: ExceptionKind, placement: &Placement, since: Instant) -> ExceptionFound {
        let organisation = self.state.organisations.get(&placement.organisation_id());
        let organisation = organisation.map(|made| made.thing.name()).unwrap_or_default();
        let subject = format!("{}, {organisation}", self.state.name_of(placement.student_id()));
        ExceptionFound {
            kind,
            subject,
            object_id: placement.id().uuid(),
            since,
        }
    }
}
