//! Each violation has its code and its field, and is a conflict with what is stored or a rule about what was sent.

use super::fixtures::*;
use crate::{
    error::Violation as _,
    logbook::{
        hours::{HoursError, WorkedHours},
        kind::DayKind,
        location::AccuracyError,
        skill::SkillsError,
        violation::LogViolation as V,
    },
    placement::{attachment_type::AttachmentType, position::PositionError, state::PlacementStateName},
    text::TextError,
};

fn eight() -> WorkedHours {
    WorkedHours::from_hours(8.0).unwrap()
}

/// What is wrong with the day and the placement.
fn of_the_day() -> Vec<(V, &'static str, &'static str)> {
    let (start, end, state) = (day("07-06"), day("09-25"), PlacementStateName::Suspended);
    vec![
        (
            V::OutsidePlacementPeriod { start, end },
            "outside_placement_period",
            "/log_date",
        ),
        (V::InTheFuture { today: start }, "in_the_future", "/log_date"),
        (V::TooLate { last_day: end }, "too_late", "/log_date"),
        (V::DuplicateDay, "duplicate_day", "/log_date"),
        (
            V::PlacementNotActive { state },
            "placement_not_active",
            "/placement_id",
        ),
    ]
}

/// What is wrong with a student's report.
fn of_the_report() -> Vec<(V, &'static str, &'static str)> {
    vec![
        (
            V::Content(TextError::Empty.into()),
            "content_too_short",
            "/content",
        ),
        (
            V::Hours(HoursError::NotPositive),
            "hours_out_of_range",
            "/hours_worked",
        ),
        (
            V::HoursAboveDay { max: eight() },
            "hours_out_of_range",
            "/hours_worked",
        ),
        (
            V::HoursWithoutWork { kind: DayKind::Sick },
            "hours_out_of_range",
            "/hours_worked",
        ),
        (
            V::TooManyAttachments { max: 10 },
            "too_many_attachments",
            "/attachment",
        ),
        (
            V::AttachmentTooLarge { max_megabytes: 10 },
            "attachment_too_large",
            "/attachment",
        ),
        (
            V::AttachmentType(AttachmentType::Zip),
            "attachment_type",
            "/attachment",
        ),
        (V::Skills(SkillsError::TooMany), "too_many_skills", "/skills"),
        (
            V::Position(PositionError::Latitude(91.0)),
            "position_out_of_range",
            "/location_data/lat",
        ),
        (
            V::Position(PositionError::Longitude(181.0)),
            "position_out_of_range",
            "/location_data/lng",
        ),
        (
            V::Accuracy(AccuracyError),
            "location_accuracy",
            "/location_data/accuracy_m",
        ),
    ]
}

/// What is wrong with a review.
fn of_the_review() -> Vec<(V, &'static str, &'static str)> {
    vec![
        (
            V::ConfirmedAboveClaim { claimed: eight() },
            "hours_out_of_range",
            "/hours_confirmed",
        ),
        (V::NothingToConfirm, "hours_out_of_range", "/hours_confirmed"),
        (
            V::ConfirmedHours(HoursError::NotInQuarters),
            "hours_out_of_range",
            "/hours_confirmed",
        ),
        (V::CommentsRequired, "comments_required", "/comments"),
        (
            V::Comments(TextError::TooLong { max: 1, actual: 2 }),
            "text_too_long",
            "/comments",
        ),
    ]
}

#[test]
fn each_violation_has_its_code_its_field_and_a_sentence() {
    for (violation, code, pointer) in [of_the_day(), of_the_report(), of_the_review()].concat() {
        assert_eq!(
            (violation.code(), violation.pointer()),
            (code, pointer),
            "{violation:?}"
        );
        assert!(violation.to_string().contains(' '), "{violation}");
    }
}

#[test]
fn only_what_is_stored_already_makes_a_conflict() {
    let all = [of_the_day(), of_the_report(), of_the_review()].concat();
    let conflicts: Vec<_> = all
        .iter()
        .filter(|(violation, ..)| violation.is_conflict())
        .map(|(_, code, _)| *code)
        .collect();
    assert_eq!(conflicts, ["duplicate_day", "placement_not_active"]);
}
