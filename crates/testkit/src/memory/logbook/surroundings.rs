//! What surrounds a day of a placement.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::LogEntryId,
    logbook::{
        circumstances::Surroundings,
        entry::LogEntry,
        hours::{Minutes, WorkedHours},
        nearby::NearbyFixes,
        state::StateName,
    },
    placement::{placement::Placement, state::PlacementStateName},
    tenancy::week::Week,
};
use ipt_ports::logbook::{CaseFound, PlacementChoice};

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    pub(super) fn case_for_submission(
        &self,
        choice: PlacementChoice,
        log_date: NaiveDate,
        fix_at: Option<Instant>,
    ) -> CaseFound {
        let is_meant = |placement: &&Placement| match choice {
            PlacementChoice::Named(id) => placement.id() == id,
            PlacementChoice::OnlyActiveOf { tenant, student } => {
                placement.tenant_id() == tenant
                    && placement.student_id() == student
                    && placement.state().name() == PlacementStateName::Active
            }
        };
        let mut meant = self.placements_in_scope().filter(is_meant);
        match (meant.next(), meant.next()) {
            (None, _) => CaseFound::None,
            (Some(_), Some(_)) => CaseFound::Several,
            (Some(placement), None) => self.state().case(placement).map_or(CaseFound::None, |case| {
                let surroundings = self.surroundings_of(placement, log_date, None, fix_at);
                CaseFound::One(Box::new((case, surroundings)))
            }),
        }
    }

    /// What surrounds the day of a placement, leaving out one entry where it exists already, and the position taken at
    /// `fix_at`. The week's hours and the positions are those of the student, on whatever placement: a person has one
    /// week, and is in one place.
    pub(super) fn surroundings_of(
        &self,
        placement: &Placement,
        date: NaiveDate,
        except: Option<LogEntryId>,
        fix_at: Option<Instant>,
    ) -> Surroundings {
        let of_tenant = || {
            self.state()
                .entries
                .values()
                .filter(|entry| entry.tenant_id() == placement.tenant_id())
        };
        let others = || of_tenant().filter(|entry| Some(entry.id()) != except);
        let of_placement = || others().filter(|entry| entry.placement_id() == placement.id());
        let day_taken =
            of_placement().any(|entry| entry.log_date() == date && entry.state().name() != StateName::Voided);
        let mut reopenings = self
            .state()
            .reopenings
            .values()
            .filter(|range| range.placement_id == placement.id());
        let of_student = |entry: &&LogEntry| entry.student_id() == placement.student_id();
        Surroundings {
            day_taken,
            reopened: reopenings.any(|range| range.from <= date && date <= range.to),
            other_hours_of_week: hours_of_week(of_tenant().filter(of_student), date),
            nearby_fixes: fix_at
                .map(|at| NearbyFixes::among(at, date, others().filter(of_student)))
                .unwrap_or_default(),
        }
    }
}

/// The hours submitted on the other days of a week; those taken back into a draft are not.
fn hours_of_week<'a>(entries: impl Iterator<Item = &'a LogEntry>, date: NaiveDate) -> Minutes {
    let week = Week::of(date);
    entries
        .filter(|entry| !matches!(entry.state().name(), StateName::Draft | StateName::Voided))
        .filter(|entry| week.contains(entry.log_date()) && entry.log_date() != date)
        .filter_map(|entry| entry.submission()?.report.hours)
        .map(WorkedHours::minutes)
        .sum()
}
