//! Reviews that fall due, for reminders.

use chrono::Days;
use ipt_domain::{
    Instant,
    logbook::{due::Due, entry::LogEntry, state::State},
    placement::{placement::Placement, standing::INDUSTRIAL_DAYS_AFTER_TERMINATION, state::PlacementState},
};
use ipt_ports::engagement::ReviewDue;

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    /// Reviews that a supervisor of a placement can give, and that are due at or before `until`, by reviewer and entry.
    pub(super) fn due_reviews(&self, until: Instant) -> Vec<ReviewDue> {
        let entries = self
            .state()
            .entries
            .values()
            .filter(|entry| self.sees(entry.tenant_id()));
        let due = entries.filter_map(|entry| {
            let placement = self.state().placements.get(&entry.placement_id())?;
            let (industry, due) = awaited(entry, placement).filter(|(_, due)| due.at <= until)?;
            let reviewer = if industry {
                placement.industrial_supervisor()
            } else {
                placement.university_supervisor()
            };
            Some(ReviewDue {
                tenant_id: entry.tenant_id(),
                reviewer: reviewer?,
                entry_id: entry.id(),
                placement_id: placement.id(),
                log_date: entry.log_date(),
                student_name: self.state().name_of(entry.student_id()),
                due_on: due.on,
                due_at: due.at,
                industry,
            })
        });
        let mut due: Vec<ReviewDue> = due.collect();
        due.sort_by_key(|review| (review.reviewer, review.entry_id));
        due
    }
}

/// Whether industry's review is awaited, and when it is due; none when no supervisor can review. An entry whose industrial
/// review falls due after that right has expired waits for a coordinator, who is not reminded here.
fn awaited(entry: &LogEntry, placement: &Placement) -> Option<(bool, Due)> {
    let (industry, due) = match entry.state() {
        State::Submitted { due } => (true, *due),
        State::IndustryVerified { due, .. } => (false, *due),
        State::Draft { .. }
        | State::RevisionRequested { .. }
        | State::Flagged { .. }
        | State::Validated { .. }
        | State::Voided { .. } => return None,
    };
    let can_review = match placement.state() {
        PlacementState::Active { .. } => true,
        PlacementState::Terminated { effective, .. } => {
            let last = effective.checked_add_days(Days::new(INDUSTRIAL_DAYS_AFTER_TERMINATION));
            !industry || last.is_none_or(|last| due.on <= last)
        }
        PlacementState::Proposed
        | PlacementState::ChangesRequested { .. }
        | PlacementState::Approved
        | PlacementState::Suspended { .. }
        | PlacementState::Completed { .. }
        | PlacementState::Cancelled { .. }
        | PlacementState::Withdrawn { .. } => false,
    };
    can_review.then_some((industry, due))
}
