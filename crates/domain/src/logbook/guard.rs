//! The guards of a submission. All that are broken are found, none stops the search.

use chrono::{Days, NaiveDate};

use crate::{
    logbook::{
        anomaly,
        circumstances::{Circumstances, Surroundings},
        content::LogContent,
        hours::{Minutes, WorkedHours},
        location,
        report::{DraftReport, Location, Report},
        violation::LogViolation,
    },
    placement::{policy::Policy, state::PlacementState},
};

/// Guards of the day of any entry, drafts included.
pub(crate) fn day(
    log_date: NaiveDate,
    circumstances: &Circumstances<'_>,
    surroundings: &Surroundings,
    found: &mut Vec<LogViolation>,
) {
    let period = circumstances.placement.period();
    if !period.contains(log_date) {
        found.push(LogViolation::OutsidePlacementPeriod {
            start: period.start(),
            end: period.end(),
        });
    }
    if surroundings.day_taken {
        found.push(LogViolation::DuplicateDay);
    }
}

/// Guards that are judged once, at the first submission.
pub(crate) fn first_submission(
    log_date: NaiveDate,
    circumstances: &Circumstances<'_>,
    surroundings: &Surroundings,
    found: &mut Vec<LogViolation>,
) {
    takes_first_entries(log_date, circumstances, surroundings.reopened, found);
    let today = circumstances.workplace_today();
    if log_date > today {
        found.push(LogViolation::InTheFuture { today });
    }
    let counts_from = circumstances
        .placement
        .active_since()
        .map_or(log_date, |active| active.max(log_date));
    let deadline = Days::new(u64::from(circumstances.policy.entry_deadline_days()));
    let last_day = counts_from.checked_add_days(deadline).unwrap_or(NaiveDate::MAX);
    if today > last_day && !surroundings.reopened {
        found.push(LogViolation::TooLate { last_day });
    }
}

/// Entries are first submitted to an active placement; to a terminated one only for days of its time that a coordinator
/// has opened again.
fn takes_first_entries(
    log_date: NaiveDate,
    circumstances: &Circumstances<'_>,
    reopened: bool,
    found: &mut Vec<LogViolation>,
) {
    let placement = circumstances.placement;
    let takes = match placement.state() {
        PlacementState::Active { .. } => true,
        PlacementState::Terminated { .. } => reopened && log_date <= placement.effective_end(),
        PlacementState::Proposed
        | PlacementState::ChangesRequested { .. }
        | PlacementState::Approved
        | PlacementState::Suspended { .. }
        | PlacementState::Completed { .. }
        | PlacementState::Cancelled { .. }
        | PlacementState::Withdrawn { .. } => false,
    };
    if !takes {
        found.push(LogViolation::PlacementNotActive {
            state: placement.state().name(),
        });
    }
}

/// A text handed in again goes to a placement that is active or was terminated: a request for revision must not become a
/// dead end for the student.
pub(crate) fn later_submission(circumstances: &Circumstances<'_>, found: &mut Vec<LogViolation>) {
    let state = circumstances.placement.state();
    let takes = match state {
        PlacementState::Active { .. } | PlacementState::Terminated { .. } => true,
        PlacementState::Proposed
        | PlacementState::ChangesRequested { .. }
        | PlacementState::Approved
        | PlacementState::Suspended { .. }
        | PlacementState::Completed { .. }
        | PlacementState::Cancelled { .. }
        | PlacementState::Withdrawn { .. } => false,
    };
    if !takes {
        found.push(LogViolation::PlacementNotActive { state: state.name() });
    }
}

/// Guards of the files of any report, drafts included.
pub(crate) fn attachments(report: &DraftReport, policy: &Policy, found: &mut Vec<LogViolation>) {
    let max = policy.max_attachments();
    if report.attachments.len() > usize::try_from(max).unwrap_or(usize::MAX) {
        found.push(LogViolation::TooManyAttachments { max });
    }
    for attachment in &report.attachments {
        if attachment.size() > policy.max_attachment_bytes() {
            found.push(LogViolation::AttachmentTooLarge {
                max_megabytes: policy.max_attachment_megabytes(),
            });
        }
        if !policy.accepts(attachment.media_type()) {
            found.push(LogViolation::AttachmentType(attachment.media_type()));
        }
    }
}

/// Completes a draft to a report, or finds everything that is missing or wrong in it, besides what was found before; a text
/// or a number of hours that could not be read is not judged a second time.
pub(crate) fn complete(
    draft: &DraftReport,
    circumstances: &Circumstances<'_>,
    surroundings: &Surroundings,
    found: &mut Vec<LogViolation>,
) -> Option<Report> {
    attachments(draft, circumstances.policy, found);
    let unreadable = |what: fn(&LogViolation) -> bool| found.iter().any(what);
    let (no_text, no_hours) = (
        unreadable(|violation| matches!(violation, LogViolation::Content(_))),
        unreadable(|violation| {
            matches!(
                violation,
                LogViolation::Hours(_) | LogViolation::HoursAboveDay { .. }
            )
        }),
    );
    let content = if no_text {
        None
    } else {
        content(draft, circumstances.policy, found)
    };
    let (hours, hours_assumed) = if no_hours {
        (None, false)
    } else {
        hours(draft, circumstances.policy, found)
    };
    let captured_at = draft.captured_at.unwrap_or(circumstances.now);
    let location = locate(draft, circumstances, surroundings);
    found.is_empty().then(|| Report {
        kind: draft.kind,
        content,
        hours,
        hours_assumed,
        skills: draft.skills.clone(),
        captured_at,
        location,
        attachments: draft.attachments.clone(),
    })
}

/// The text: required where the kind of day needs one, and within bounds wherever there is one.
fn content(draft: &DraftReport, policy: &Policy, found: &mut Vec<LogViolation>) -> Option<LogContent> {
    let least = if draft.kind.needs_text() {
        policy.content_min_chars()
    } else {
        0
    };
    if draft.content.is_empty() && least == 0 {
        return None;
    }
    match LogContent::complete(&draft.content, least) {
        Ok(content) => Some(content),
        Err(violation) => {
            found.push(violation.into());
            None
        }
    }
}

/// The hours and whether they were assumed.
fn hours(draft: &DraftReport, policy: &Policy, found: &mut Vec<LogViolation>) -> (Option<WorkedHours>, bool) {
    match (draft.kind.carries_hours(), draft.hours) {
        (true, Some(hours)) => {
            let max = policy.max_day_hours();
            if hours > max {
                found.push(LogViolation::HoursAboveDay { max });
            }
            (Some(hours), false)
        }
        (true, None) => (Some(policy.standard_day_hours()), true),
        (false, Some(_)) => {
            found.push(LogViolation::HoursWithoutWork { kind: draft.kind });
            (None, false)
        }
        (false, None) => (None, false),
    }
}

/// Judges the position; without a geofence none is kept.
fn locate(draft: &DraftReport, circumstances: &Circumstances<'_>, surroundings: &Surroundings) -> Location {
    let geofence = circumstances.workplace.geofence();
    let fix = kept_fix(draft, circumstances);
    let verdict = location::assess(geofence, fix.as_ref());
    let capture = draft.captured_at.unwrap_or(circumstances.now);
    let notes = fix.as_ref().map_or_else(Vec::new, |fix| {
        anomaly::note(fix, capture, &surroundings.nearby_fixes)
    });
    Location { fix, verdict, notes }
}

/// The position as far as it may be kept: only where there is a geofence to compare it with.
pub(crate) fn kept_fix(draft: &DraftReport, circumstances: &Circumstances<'_>) -> Option<location::Fix> {
    circumstances.workplace.geofence().and(draft.fix.clone())
}

/// Whether the report takes the week's submitted hours above the limit.
pub(crate) fn exceeds_week(report: &Report, surroundings: &Surroundings, policy: &Policy) -> bool {
    let own = report.hours.map_or_else(Minutes::default, WorkedHours::minutes);
    surroundings.other_hours_of_week.plus(own) > policy.max_week_minutes()
}
