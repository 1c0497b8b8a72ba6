//! Which entries a person sees, and which of them a filter wants.

use ipt_domain::logbook::{content::LogContent, entry::LogEntry, state::StateName};
use ipt_ports::logbook::{LogCase, LogFilter};

use crate::memory::{
    fold::contains,
    placement::{Outlook, is_overdue},
    unit_of_work::MemoryUnitOfWork,
};

impl MemoryUnitOfWork {
    pub(super) fn entries_in_scope(&self) -> impl Iterator<Item = &LogEntry> {
        self.state()
            .entries
            .values()
            .filter(|entry| self.sees(entry.tenant_id()))
    }

    /// An entry with its case; none where the placement is gone.
    pub(super) fn with_case(&self, entry: &LogEntry) -> Option<(LogEntry, LogCase)> {
        let placement = self.state().placements.get(&entry.placement_id())?;
        Some((entry.clone(), self.state().case(placement)?))
    }

    /// The entries that match.
    pub(super) fn entries_matching<'a>(
        &'a self,
        filter: &'a LogFilter,
    ) -> impl Iterator<Item = &'a LogEntry> {
        let outlook = self.outlook(&filter.onlooker);
        self.entries_in_scope().filter(move |entry| {
            let is_theirs = if filter.awaiting_onlooker {
                awaits(entry, &outlook, filter)
            } else {
                sees(entry, &outlook, filter)
            };
            is_theirs && self.matches(entry, filter)
        })
    }

    fn matches(&self, entry: &LogEntry, filter: &LogFilter) -> bool {
        let state = entry.state().name();
        let overdue = |now| {
            let placement = self.state().placements.get(&entry.placement_id());
            placement.is_some_and(|placement| is_overdue(entry, placement, now))
        };
        let ever_flagged = entry.flag_count() > 0 || state == StateName::Flagged;
        (filter.states.is_empty() || filter.states.contains(&state))
            && filter
                .placement_id
                .is_none_or(|placement| entry.placement_id() == placement)
            && filter
                .student_id
                .is_none_or(|student| entry.student_id() == student)
            && filter.from.is_none_or(|from| entry.log_date() >= from)
            && filter.to.is_none_or(|to| entry.log_date() <= to)
            && filter.overdue.is_none_or(|(wanted, now)| overdue(now) == wanted)
            && filter.flagged.is_none_or(|wanted| ever_flagged == wanted)
            && filter
                .text
                .as_ref()
                .is_none_or(|text| searched(entry).is_some_and(|found| contains(found, text)))
    }
}

/// One's own entries; those that were ever submitted, of placements supervised now and of institutions coordinated.
fn sees(entry: &LogEntry, outlook: &Outlook<'_>, filter: &LogFilter) -> bool {
    let reviews = outlook.supervises(entry.placement_id()) || outlook.coordinates(entry.tenant_id());
    entry.student_id() == filter.onlooker.user_id || (reviews && entry.submission().is_some())
}

/// What waits for the person: each state has one side whose turn it is.
fn awaits(entry: &LogEntry, outlook: &Outlook<'_>, filter: &LogFilter) -> bool {
    let standing = outlook.standing(entry.placement_id());
    match entry.state().name() {
        StateName::Draft | StateName::RevisionRequested => entry.student_id() == filter.onlooker.user_id,
        StateName::Submitted => standing.industrial.is_some(),
        StateName::IndustryVerified => standing.academic.is_some(),
        StateName::Flagged => outlook.coordinates(entry.tenant_id()),
        StateName::Validated | StateName::Voided => false,
    }
}

/// Until something is handed in, the student searches in the draft; afterwards, everybody in what was handed in.
fn searched(entry: &LogEntry) -> Option<&str> {
    match (entry.submission(), entry.draft_report()) {
        (Some(submission), _) => submission.report.content.as_ref().map(LogContent::as_str),
        (None, Some(draft)) => Some(draft.content.as_str()),
        (None, None) => None,
    }
}
