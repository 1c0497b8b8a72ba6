//! The days of placements that have an entry.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::PlacementId,
    logbook::{
        credit::DayOfCredit,
        entry::LogEntry,
        hours::{Minutes, WorkedHours},
        state::StateName,
    },
    placement::{placement::Placement, state::PlacementStateName},
};
use ipt_ports::placement::DayOfProgress;

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    /// A placement and, at any remove, those that it continues.
    fn chain(&self, placement: PlacementId) -> Vec<&Placement> {
        let mut chain: Vec<&Placement> = Vec::new();
        let mut next = Some(placement);
        while let Some(found) = next.and_then(|id| self.state().placements.get(&id))
            && self.sees(found.tenant_id())
            && chain.iter().all(|known| known.id() != found.id())
        {
            chain.push(found);
            next = found.continues();
        }
        chain
    }

    fn live_entries_of(&self, placement: PlacementId) -> impl Iterator<Item = &LogEntry> {
        let own = self
            .state()
            .entries
            .values()
            .filter(move |entry| entry.placement_id() == placement);
        own.filter(|entry| self.sees(entry.tenant_id()) && entry.state().name() != StateName::Voided)
    }

    /// A draft that was never handed in tells nothing yet, and is left out.
    pub(super) fn chain_days(
        &self,
        placement: PlacementId,
        now: Instant,
    ) -> Vec<(PlacementId, DayOfProgress)> {
        let mut found: Vec<(&LogEntry, DayOfProgress)> = Vec::new();
        for placement in self.chain(placement) {
            let days = self
                .live_entries_of(placement.id())
                .filter_map(|entry| Some((entry, day(entry, placement, now)?)));
            found.extend(days);
        }
        found.sort_by_key(|(entry, _)| (entry.log_date(), entry.id()));
        found
            .into_iter()
            .map(|(entry, day)| (entry.placement_id(), day))
            .collect()
    }

    pub(super) fn days_outside(
        &self,
        placement: PlacementId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Vec<NaiveDate> {
        let days = self.live_entries_of(placement).map(LogEntry::log_date);
        let mut outside: Vec<NaiveDate> = days.filter(|day| *day < from || *day > to).collect();
        outside.sort_unstable();
        outside
    }
}

fn day(entry: &LogEntry, placement: &Placement, now: Instant) -> Option<DayOfProgress> {
    let report = &entry.submission()?.report;
    let day = DayOfCredit {
        date: entry.log_date(),
        kind: report.kind,
        minutes: entry
            .hours_that_count()
            .map_or(Minutes::ZERO, WorkedHours::minutes),
    };
    Some(DayOfProgress {
        day,
        state: entry.state().name(),
        overdue: is_overdue(entry, placement, now),
    })
}

/// Whether an entry's review is overdue; a suspended placement has none.
pub(crate) fn is_overdue(entry: &LogEntry, placement: &Placement, now: Instant) -> bool {
    placement.state().name() != PlacementStateName::Suspended
        && entry.state().due().is_some_and(|due| due.is_past(now))
}
