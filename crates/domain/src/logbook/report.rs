//! What a student tells of a day: as a draft, which may be incomplete, and as it was submitted.

use crate::{
    Instant,
    id::UserId,
    logbook::{
        anomaly::Anomaly,
        attachment::Attachment,
        content::{DraftContent, LogContent},
        hours::WorkedHours,
        kind::DayKind,
        location::{Fix, Verdict},
        skill::Skills,
    },
};

/// A report in the making. Everything but the kind of day may still be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftReport {
    /// The kind of day.
    pub kind: DayKind,
    /// The text so far.
    pub content: DraftContent,
    /// The hours worked; left out, the programme's standard day is assumed on submission.
    pub hours: Option<WorkedHours>,
    /// Skills that the student used.
    pub skills: Skills,
    /// When the entry was written, by the student's device.
    pub captured_at: Option<Instant>,
    /// Where it was written.
    pub fix: Option<Fix>,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

/// Where an entry was written, as far as that is known and kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The position reported; none where positions are not kept.
    pub fix: Option<Fix>,
    /// How it lies to the workplace.
    pub verdict: Verdict,
    /// What a reviewer should know about it.
    pub notes: Vec<Anomaly>,
}

/// A submitted report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The kind of day.
    pub kind: DayKind,
    /// The text; an absence needs none.
    pub content: Option<LogContent>,
    /// The hours claimed; an absence has none.
    pub hours: Option<WorkedHours>,
    /// Whether the hours were left out and the standard day was assumed.
    pub hours_assumed: bool,
    /// Skills that the student used.
    pub skills: Skills,
    /// When the entry was written.
    pub captured_at: Instant,
    /// Where it was written.
    pub location: Location,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

/// A report as handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// What was told.
    pub report: Report,
    /// Who handed it in.
    pub by: UserId,
    /// When.
    pub at: Instant,
    /// Whether it took the week's submitted hours above the limit.
    pub excess_hours: bool,
}

/// The first submission of an entry, by which lateness is judged once and for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FirstSubmission {
    /// When.
    pub at: Instant,
    /// Whether it came after the end of the next working day.
    pub late: bool,
}

impl From<&Report> for DraftReport {
    /// The report as a starting point for changes.
    fn from(report: &Report) -> Self {
        Self {
            kind: report.kind,
            content: report
                .content
                .as_ref()
                .map_or_else(DraftContent::default, DraftContent::from),
            hours: report.hours.filter(|_| !report.hours_assumed),
            skills: report.skills.clone(),
            captured_at: Some(report.captured_at),
            fix: report.location.fix.clone(),
            attachments: report.attachments.clone(),
        }
    }
}
