//! The positions of the student's other logs that lie next to one: entries kept on a device arrive in any order, so that
//! its neighbours are those around its own time and day, not the last that arrived.

use chrono::NaiveDate;

use crate::{
    Instant,
    logbook::{entry::LogEntry, state::StateName},
    placement::geofence::Position,
};

/// So many logs are looked at to either side: five consecutive ones with the same coordinates are noted.
pub const LOGS_TO_EITHER_SIDE: usize = 4;

/// A fix of another log of the same student.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherFix {
    /// Where.
    pub position: Position,
    /// When the device took it; without that time, the capture of its entry.
    pub at: Instant,
}

/// The fixes next to one: by their time, whatever became of their logs, and by the day of their logs, without voided ones.
/// Logs without a fix are not among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NearbyFixes {
    /// The last one taken before it, or at the same time.
    pub earlier: Option<OtherFix>,
    /// The first one taken after it.
    pub later: Option<OtherFix>,
    /// Where the logs of its day and of those before were written, the nearest first: at most [`LOGS_TO_EITHER_SIDE`].
    pub days_before: Vec<Position>,
    /// Where the logs of the days after were written, the nearest first: at most [`LOGS_TO_EITHER_SIDE`].
    pub days_after: Vec<Position>,
}

impl NearbyFixes {
    /// Those next to a fix taken at `at` for the log of `day`, among the student's other logs.
    pub fn among<'a>(at: Instant, day: NaiveDate, others: impl IntoIterator<Item = &'a LogEntry>) -> Self {
        let mut fixes: Vec<(&LogEntry, OtherFix)> = others
            .into_iter()
            .filter_map(|entry| Some((entry, fix_of(entry)?)))
            .collect();
        fixes.sort_by_key(|(entry, fix)| (fix.at, entry.id()));
        let later = fixes.partition_point(|(_, fix)| fix.at <= at);
        let (earlier, later) = (
            later.checked_sub(1).and_then(|last| fixes.get(last)),
            fixes.get(later),
        );
        let (earlier, later) = (earlier.map(|(_, fix)| *fix), later.map(|(_, fix)| *fix));
        fixes.retain(|(entry, _)| entry.state().name() != StateName::Voided);
        fixes.sort_by_key(|(entry, _)| (entry.log_date(), entry.id()));
        let (before, after) = fixes.split_at(fixes.partition_point(|(entry, _)| entry.log_date() <= day));
        let position = |(_, fix): &(&LogEntry, OtherFix)| fix.position;
        Self {
            earlier,
            later,
            days_before: before
                .iter()
                .rev()
                .map(position)
                .take(LOGS_TO_EITHER_SIDE)
                .collect(),
            days_after: after.iter().map(position).take(LOGS_TO_EITHER_SIDE).collect(),
        }
    }
}

/// The fix with which an entry was last handed in.
fn fix_of(entry: &LogEntry) -> Option<OtherFix> {
    let report = &entry.submission()?.report;
    let fix = report.location.fix.as_ref()?;
    Some(OtherFix {
        position: fix.position(),
        at: fix.captured_at().unwrap_or(report.captured_at),
    })
}
