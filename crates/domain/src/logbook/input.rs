//! What a student sends for a report, as it was sent. It is judged here, after it is clear that the person may send it.

use crate::{
    Instant,
    id::AttachmentId,
    logbook::{
        attachment::Attachment,
        content::DraftContent,
        entry::LogEntry,
        hours::{HoursError, WorkedHours},
        kind::DayKind,
        location::Fix,
        report::DraftReport,
        skill::Skills,
        violation::LogViolation,
    },
    placement::{policy::Policy, position::Position},
};

/// A position as it was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocationInput {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lng: f64,
    /// The reported accuracy in metres.
    pub accuracy_m: Option<f64>,
    /// When the position was taken.
    pub captured_at: Option<Instant>,
}

/// A change of a report: a field that is `None` stays as it is, one that is `Some(None)` is cleared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportInput {
    /// The kind of day.
    pub kind: Option<DayKind>,
    /// The text.
    pub content: Option<String>,
    /// The hours worked; cleared, the standard day is assumed.
    pub hours_worked: Option<Option<f64>>,
    /// Skills used.
    pub skills: Option<Vec<String>>,
    /// When the entry was written.
    pub captured_at: Option<Option<Instant>>,
    /// Where it was written.
    pub location: Option<Option<LocationInput>>,
    /// Files to add.
    pub add_files: Vec<Attachment>,
    /// Files to remove.
    pub remove_files: Vec<AttachmentId>,
}

impl ReportInput {
    /// When the position was taken that is handed in with this change of `entry`, or of nothing for a new one: without a
    /// time of its own when the entry was written, and without that `now`. None when there is no position.
    pub fn fix_time(&self, entry: Option<&LogEntry>, now: Instant) -> Option<Instant> {
        let before = entry.map(LogEntry::working_report).unwrap_or_default();
        let taken_at = match self.location {
            Some(location) => location?.captured_at,
            None => before.fix?.captured_at(),
        };
        let written_at = self.captured_at.unwrap_or(before.captured_at);
        Some(taken_at.or(written_at).unwrap_or(now))
    }

    /// Applies the change to a report, and finds everything that is wrong with what was sent. What is wrong stays as it
    /// was before.
    pub(crate) fn apply(
        &self,
        mut report: DraftReport,
        policy: &Policy,
        found: &mut Vec<LogViolation>,
    ) -> DraftReport {
        if let Some(kind) = self.kind {
            report.kind = kind;
        }
        if let Some(content) = &self.content {
            note(
                DraftContent::parse(content).map_err(LogViolation::Content),
                found,
                |content| report.content = content,
            );
        }
        match self.hours_worked {
            Some(Some(hours)) => {
                let parsed = WorkedHours::from_hours(hours).map_err(|error| match error {
                    HoursError::TooMany { .. } => LogViolation::HoursAboveDay {
                        max: policy.max_day_hours(),
                    },
                    HoursError::NotPositive | HoursError::NotInQuarters => LogViolation::Hours(error),
                });
                note(parsed, found, |hours| report.hours = Some(hours));
            }
            Some(None) => report.hours = None,
            None => {}
        }
        if let Some(skills) = &self.skills {
            note(
                Skills::parse(skills).map_err(LogViolation::Skills),
                found,
                |skills| report.skills = skills,
            );
        }
        if let Some(captured_at) = self.captured_at {
            report.captured_at = captured_at;
        }
        match self.location {
            Some(Some(location)) => note(location.parse(), found, |fix| report.fix = Some(fix)),
            Some(None) => report.fix = None,
            None => {}
        }
        report
            .attachments
            .retain(|attachment| !self.remove_files.contains(&attachment.id()));
        report.attachments.extend(self.add_files.iter().cloned());
        report
    }
}

impl LocationInput {
    /// The position, if it is one.
    fn parse(self) -> Result<Fix, LogViolation> {
        let position = Position::new(self.lat, self.lng).map_err(LogViolation::Position)?;
        Fix::new(position, self.accuracy_m, self.captured_at).map_err(LogViolation::Accuracy)
    }
}

/// Takes a value over, or notes what is wrong with it.
fn note<T>(parsed: Result<T, LogViolation>, found: &mut Vec<LogViolation>, take: impl FnOnce(T)) {
    match parsed {
        Ok(value) => take(value),
        Err(violation) => found.push(violation),
    }
}
