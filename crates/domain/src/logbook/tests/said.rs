//! What people say: the reports of a student, and the steps of everybody.

use uuid::Uuid;

use crate::{
    id::AttachmentId,
    logbook::{
        attachment::Attachment,
        file_name::SafeFileName,
        input::{LocationInput, ReportInput},
        kind::DayKind,
        transition::{ReturnTo, Step, StepKind},
    },
    placement::attachment_type::AttachmentType,
};

/// A worked day of eight hours, told in a sentence.
pub(super) fn worked() -> ReportInput {
    ReportInput {
        content: Some("Fitted the bearings and measured the play.".to_owned()),
        hours_worked: Some(Some(8.0)),
        ..ReportInput::default()
    }
}

pub(super) fn worked_hours(hours: f64) -> ReportInput {
    ReportInput {
        hours_worked: Some(Some(hours)),
        ..worked()
    }
}

/// A worked day of which nobody said how long it was.
pub(super) fn hours_left_out() -> ReportInput {
    ReportInput {
        hours_worked: None,
        ..worked()
    }
}

/// A day of an absence, without text and hours.
pub(super) fn absent(kind: DayKind) -> ReportInput {
    ReportInput {
        kind: Some(kind),
        ..ReportInput::default()
    }
}

pub(super) fn text(content: &str) -> ReportInput {
    ReportInput {
        content: Some(content.to_owned()),
        ..ReportInput::default()
    }
}

pub(super) fn at_position(location: LocationInput) -> ReportInput {
    ReportInput {
        location: Some(Some(location)),
        ..worked()
    }
}

/// A file of this size in bytes.
pub(super) fn file(number: u128, media_type: AttachmentType, size: u64) -> Attachment {
    let id = AttachmentId::new(Uuid::from_u128(number));
    Attachment::from_parts(id, SafeFileName::sanitise("drawing"), media_type, size, [7; 32])
}

fn step(kind: StepKind, comments: Option<&str>) -> Step {
    Step {
        kind,
        comments: comments.map(str::to_owned),
    }
}

pub(super) fn recall() -> Step {
    step(StepKind::Recall, None)
}

pub(super) fn dispute() -> Step {
    step(StepKind::Dispute, Some("I was there the whole day."))
}

pub(super) fn approve() -> Step {
    step(
        StepKind::Approve {
            skills: Vec::new(),
            hours_confirmed: None,
        },
        None,
    )
}

pub(super) fn confirm(hours: f64, comments: Option<&str>) -> Step {
    step(
        StepKind::Approve {
            skills: Vec::new(),
            hours_confirmed: Some(hours),
        },
        comments,
    )
}

pub(super) fn reject() -> Step {
    step(StepKind::Reject { skills: Vec::new() }, Some("Which bearings?"))
}

pub(super) fn retract() -> Step {
    step(StepKind::Retract, Some("I took the wrong one."))
}

pub(super) fn verify_on_evidence() -> Step {
    step(
        StepKind::VerifyOnEvidence,
        Some("The gate's book has the student's name."),
    )
}

pub(super) fn validate() -> Step {
    step(StepKind::Validate, None)
}

pub(super) fn flag() -> Step {
    step(StepKind::Flag, Some("This is the text of last week."))
}

pub(super) fn return_to(to: ReturnTo) -> Step {
    step(StepKind::Return(to), Some("Talked to both of them."))
}

pub(super) fn void() -> Step {
    step(StepKind::Void, Some("The placement was another one."))
}

/// The same step with other comments.
pub(super) fn saying(step: Step, comments: Option<&str>) -> Step {
    Step {
        comments: comments.map(str::to_owned),
        ..step
    }
}
