//! What is done on a placement and those that it continues.

use ipt_domain::{
    id::PlacementId,
    logbook::{credit::tally, state::StateName},
    placement::{ending::Achievement, policy::Policy},
};
use ipt_ports::placement::DayOfProgress;

/// Adds up validated days, and counts the entries that await a decision.
pub(super) fn by(days: &[(PlacementId, DayOfProgress)], policy: &Policy) -> Achievement {
    let validated = days.iter().filter(|(_, day)| day.state == StateName::Validated);
    let credit = tally(validated.map(|(_, day)| day.day), policy);
    let open = days.iter().filter(|(_, day)| day.state.is_open()).count();
    Achievement {
        minutes: credit.minutes,
        days: credit.days,
        open_entries: u32::try_from(open).unwrap_or(u32::MAX),
    }
}
