//! Log entries on the wire.

use std::fmt::Write as _;

use ipt_application::logbook::{ShownLog, history::History};
use ipt_domain::{
    Instant,
    logbook::{
        action::Action,
        attachment::Attachment,
        hours::WorkedHours,
        kind::DayKind,
        location::Verdict,
        report::{DraftReport, Location, Report},
        review::{By, Way},
        skill::Skills,
        state::StateName,
        visibility::ShownReport,
    },
};
use ipt_ports::logbook::{ReviewView, RevisionView};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{Date, Timestamp};

/// A person, by id and name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonDto {
    /// The person's id.
    id: Uuid,
    /// The full name.
    full_name: String,
}

/// A file of a log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentDto {
    id: Uuid,
    /// A safe file name.
    #[schema(example = "wiring.png")]
    file_name: String,
    /// The kind of file, judged by its content.
    #[schema(example = "image/png")]
    media_type: &'static str,
    /// The size in bytes.
    size: u64,
    /// The SHA-256 of the content, in hexadecimal.
    sha256: String,
}

/// Where a log was written, compared with the workplace. Coordinates are never shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocationDto {
    /// `inside`, `uncertain`, `outside`, `unreported` or `not_applicable`.
    #[schema(example = "inside")]
    verdict: &'static str,
    /// How far outside, in metres.
    distance_m: Option<u32>,
    /// What a reviewer should know.
    notes: Vec<NoteDto>,
}

/// Something unusual about a position.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteDto {
    /// What it is.
    #[schema(example = "stale_fix")]
    code: &'static str,
    /// Its measure: km/h of travel, or seconds of age.
    value: Option<u32>,
}

/// What was done to a log, by whom and when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewDto {
    id: Uuid,
    /// What was done.
    #[schema(value_type = String, example = "approve")]
    action: Action,
    /// The state before.
    #[schema(value_type = Option<String>)]
    from: Option<StateName>,
    /// The state after.
    #[schema(value_type = String)]
    to: StateName,
    /// Who did it.
    by: PersonDto,
    /// In whose place.
    on_behalf_of: Option<PersonDto>,
    /// `single`, or `many` when it was one of several in one action.
    #[schema(value_type = String, example = "single")]
    way: Way,
    at: Timestamp,
    /// The text's revision.
    revision: u32,
    comments: Option<String>,
    skills_demonstrated: Vec<String>,
    /// The hours confirmed, where they are fewer than claimed.
    hours_confirmed: Option<f64>,
}

/// A log entry, as the person who asks sees it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the contract has these marks side by side"
)]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogDto {
    id: Uuid,
    placement_id: Uuid,
    student: PersonDto,
    /// The day on which the shift began.
    log_date: Date,
    #[schema(value_type = String, example = "worked")]
    kind: DayKind,
    content: Option<String>,
    hours_worked: Option<f64>,
    /// The hours were left out, and the standard day was assumed.
    hours_assumed: bool,
    /// The hours that industry confirmed, where they are fewer than claimed.
    hours_confirmed: Option<f64>,
    /// The log took the week's hours above the limit; credit stops there.
    excess_hours: bool,
    #[schema(value_type = String, example = "submitted")]
    state: StateName,
    revision: u32,
    /// First submitted after the end of the next working day.
    late: bool,
    /// Verified by the institution, not by industry.
    verified_on_evidence: bool,
    /// How often the academic side flagged it.
    flag_count: u32,
    /// Family or ownership between student and host, where it was declared.
    relationship_declared: Option<String>,
    location: LocationDto,
    attachments: Vec<AttachmentDto>,
    /// Skills that the student used.
    skills: Vec<String>,
    /// Skills that the reviewer saw demonstrated.
    skills_demonstrated: Vec<String>,
    /// What reviewers decided, the oldest first. Left empty in lists.
    reviews: Vec<ReviewDto>,
    /// The last moment for the awaited review.
    due_at: Option<Timestamp>,
    /// What you may do with it now.
    #[schema(value_type = Vec<String>)]
    allowed_actions: Vec<Action>,
    pub(super) version: u32,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// When the shown text was handed in; none while it is a draft or an edit in progress.
    submitted_at: Option<Timestamp>,
}

/// The whole life of a log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryDto {
    /// Every step, the oldest first.
    reviews: Vec<ReviewDto>,
    /// Every text that was handed in, the oldest first.
    revisions: Vec<RevisionDto>,
}

/// A text that was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevisionDto {
    id: Uuid,
    revision: u32,
    submitted_at: Timestamp,
    #[schema(value_type = String)]
    kind: DayKind,
    content: Option<String>,
    hours_worked: Option<f64>,
    hours_assumed: bool,
    excess_hours: bool,
    skills: Vec<String>,
    location: LocationDto,
    attachments: Vec<AttachmentDto>,
}

/// The text that is shown, whichever it is.
struct Shown {
    kind: DayKind,
    content: Option<String>,
    hours: Option<f64>,
    hours_assumed: bool,
    excess_hours: bool,
    location: LocationDto,
    attachments: Vec<AttachmentDto>,
    skills: Vec<String>,
    submitted_at: Option<Timestamp>,
}

impl From<&ShownLog> for LogDto {
    fn from(log: &ShownLog) -> Self {
        let entry = &log.entry;
        let shown = match entry.shown_report(log.view) {
            Some(ShownReport::Submitted(submission)) => {
                Shown::submitted(&submission.report, submission.excess_hours, submission.at)
            }
            Some(ShownReport::InProgress(draft)) => Shown::in_progress(draft),
            None => Shown::in_progress(&DraftReport::default()),
        };
        let verification = entry.state().verification();
        Self {
            id: entry.id().uuid(),
            placement_id: entry.placement_id().uuid(),
            student: PersonDto {
                id: entry.student_id().uuid(),
                full_name: log.student_name.clone(),
            },
            log_date: Date(entry.log_date()),
            kind: shown.kind,
            content: shown.content,
            hours_worked: shown.hours,
            hours_assumed: shown.hours_assumed,
            hours_confirmed: verification
                .and_then(|verification| verification.hours_confirmed)
                .map(hours),
            excess_hours: shown.excess_hours,
            state: entry.state().name(),
            revision: entry.revision(),
            late: entry.first_submission().is_some_and(|first| first.late),
            verified_on_evidence: entry.verified_on_evidence(),
            flag_count: entry.flag_count(),
            relationship_declared: log.relationship_declared.clone(),
            location: shown.location,
            attachments: shown.attachments,
            skills: shown.skills,
            skills_demonstrated: verification
                .map(|verification| names(&verification.skills))
                .unwrap_or_default(),
            reviews: log
                .reviews
                .iter()
                .filter(|review| is_a_reviewers(review))
                .map(ReviewDto::from)
                .collect(),
            due_at: entry.state().due().map(|due| Timestamp(due.at)),
            allowed_actions: log.allowed.clone(),
            version: entry.version().number(),
            created_at: Timestamp(entry.created_at()),
            updated_at: Timestamp(entry.updated_at()),
            submitted_at: shown.submitted_at,
        }
    }
}

impl Shown {
    fn submitted(report: &Report, excess_hours: bool, at: Instant) -> Self {
        Self {
            kind: report.kind,
            content: report.content.as_ref().map(|content| content.as_str().to_owned()),
            hours: report.hours.map(hours),
            hours_assumed: report.hours_assumed,
            excess_hours,
            location: LocationDto::from(&report.location),
            attachments: files(&report.attachments),
            skills: names(&report.skills),
            submitted_at: Some(Timestamp(at)),
        }
    }

    fn in_progress(draft: &DraftReport) -> Self {
        Self {
            kind: draft.kind,
            content: Some(draft.content.as_str().to_owned()).filter(|content| !content.is_empty()),
            hours: draft.hours.map(hours),
            hours_assumed: false,
            excess_hours: false,
            location: LocationDto {
                verdict: Verdict::Unreported.as_str(),
                distance_m: None,
                notes: Vec::new(),
            },
            attachments: files(&draft.attachments),
            skills: names(&draft.skills),
            submitted_at: None,
        }
    }
}

impl From<&Location> for LocationDto {
    fn from(location: &Location) -> Self {
        let note = |note: &ipt_domain::logbook::anomaly::Anomaly| NoteDto {
            code: note.as_str(),
            value: note.value(),
        };
        Self {
            verdict: location.verdict.as_str(),
            distance_m: location.verdict.distance_m(),
            notes: location.notes.iter().map(note).collect(),
        }
    }
}

impl From<&Attachment> for AttachmentDto {
    fn from(attachment: &Attachment) -> Self {
        Self {
            id: attachment.id().uuid(),
            file_name: attachment.file_name().as_str().to_owned(),
            media_type: attachment.media_type().media_type(),
            size: attachment.size(),
            sha256: hexadecimal(attachment.sha256()),
        }
    }
}

impl From<&ReviewView> for ReviewDto {
    fn from(review: &ReviewView) -> Self {
        let record = &review.record;
        let By { user, on_behalf_of } = record.by;
        let principal = on_behalf_of.zip(review.on_behalf_of_name.clone());
        Self {
            id: record.id.uuid(),
            action: record.action,
            from: record.from,
            to: record.to,
            by: PersonDto {
                id: user.uuid(),
                full_name: review.by_name.clone(),
            },
            on_behalf_of: principal.map(|(id, full_name)| PersonDto {
                id: id.uuid(),
                full_name,
            }),
            way: record.way,
            at: Timestamp(record.at),
            revision: record.revision,
            comments: record
                .comments
                .as_ref()
                .map(|comments| comments.as_str().to_owned()),
            skills_demonstrated: names(&record.skills),
            hours_confirmed: record.hours_confirmed.map(hours),
        }
    }
}

impl From<&History> for HistoryDto {
    fn from(history: &History) -> Self {
        Self {
            reviews: history.reviews.iter().map(ReviewDto::from).collect(),
            revisions: history.revisions.iter().map(RevisionDto::from).collect(),
        }
    }
}

impl From<&RevisionView> for RevisionDto {
    fn from(revision: &RevisionView) -> Self {
        let submission = &revision.submission;
        let shown = Shown::submitted(&submission.report, submission.excess_hours, submission.at);
        Self {
            id: revision.id.uuid(),
            revision: revision.revision,
            submitted_at: Timestamp(submission.at),
            kind: shown.kind,
            content: shown.content,
            hours_worked: shown.hours,
            hours_assumed: shown.hours_assumed,
            excess_hours: shown.excess_hours,
            skills: shown.skills,
            location: shown.location,
            attachments: shown.attachments,
        }
    }
}

/// Whether a step is a reviewer's, rather than the student's own.
fn is_a_reviewers(review: &ReviewView) -> bool {
    review.record.action.side() != ipt_domain::logbook::action::Side::Student
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn hours(hours: WorkedHours) -> f64 {
    hours.as_hours()
}

fn names(skills: &Skills) -> Vec<String> {
    skills.iter().map(str::to_owned).collect()
}

fn files(attachments: &[Attachment]) -> Vec<AttachmentDto> {
    attachments.iter().map(AttachmentDto::from).collect()
}
