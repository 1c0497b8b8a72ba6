//! The guards on the content of an entry, each with its code.

use chrono::NaiveDate;

use crate::{
    error::Violation,
    logbook::{
        content::ContentViolation, hours::HoursError, hours::WorkedHours, kind::DayKind,
        location::AccuracyError, skill::SkillsError,
    },
    placement::{attachment_type::AttachmentType, position::PositionError, state::PlacementStateName},
    text::TextError,
};

/// One broken guard of an entry.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LogViolation {
    /// The day lies outside the placement's period.
    #[error("the placement runs from {start} to {end}; this day lies outside it")]
    OutsidePlacementPeriod {
        /// The first day.
        start: NaiveDate,
        /// The last day.
        end: NaiveDate,
    },
    /// Entries are submitted to active placements only.
    #[error("the placement is {state}; entries are submitted to active placements only")]
    PlacementNotActive {
        /// The placement's state.
        state: PlacementStateName,
    },
    /// The day has not begun at the workplace.
    #[error("it is {today} at the workplace; a log is written on its day or afterwards")]
    InTheFuture {
        /// Today at the workplace.
        today: NaiveDate,
    },
    /// The deadline for a first submission has passed.
    #[error("this day could be handed in until {last_day}; ask your coordinator to open it again")]
    TooLate {
        /// The last day on which it was accepted.
        last_day: NaiveDate,
    },
    /// Another live entry of the placement has this date.
    #[error("there is an entry for this day already")]
    DuplicateDay,
    /// Something about the text.
    #[error(transparent)]
    Content(#[from] ContentViolation),
    /// Something about the hours.
    #[error("{0}")]
    Hours(HoursError),
    /// More hours than a day may have.
    #[error("at most {} hours count for a day", max.as_hours())]
    HoursAboveDay {
        /// The limit of the programme.
        max: WorkedHours,
    },
    /// This kind of day carries no hours.
    #[error("a day of the kind {kind} carries no hours")]
    HoursWithoutWork {
        /// The kind.
        kind: DayKind,
    },
    /// Industry confirms at most what was claimed.
    #[error("{} hours were claimed; confirm these or fewer", claimed.as_hours())]
    ConfirmedAboveClaim {
        /// The hours claimed.
        claimed: WorkedHours,
    },
    /// Nothing was claimed that could be confirmed.
    #[error("this day carries no hours, so none can be confirmed")]
    NothingToConfirm,
    /// The hours that a reviewer confirms are no hours.
    #[error("{0}")]
    ConfirmedHours(HoursError),
    /// Too many files.
    #[error("a log has at most {max} files")]
    TooManyAttachments {
        /// The limit of the programme.
        max: u32,
    },
    /// A file is too large.
    #[error("a file has at most {max_megabytes} MB")]
    AttachmentTooLarge {
        /// The limit of the programme, in megabytes of 1,000,000 bytes.
        max_megabytes: u32,
    },
    /// A file is of a kind that the programme does not take.
    #[error("files of the kind {} are not taken here", .0.as_str())]
    AttachmentType(AttachmentType),
    /// Comments, reason or note are missing.
    #[error("say why: this needs comments with at least one visible character")]
    CommentsRequired,
    /// Something about the comments.
    #[error("{0}")]
    Comments(TextError),
    /// Something about the skills.
    #[error("{0}")]
    Skills(SkillsError),
    /// The position is none on Earth.
    #[error("{0}")]
    Position(PositionError),
    /// The accuracy of the position is none.
    #[error("{0}")]
    Accuracy(AccuracyError),
}

impl Violation for LogViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::OutsidePlacementPeriod { .. } => "outside_placement_period",
            Self::PlacementNotActive { .. } => "placement_not_active",
            Self::InTheFuture { .. } => "in_the_future",
            Self::TooLate { .. } => "too_late",
            Self::DuplicateDay => "duplicate_day",
            Self::Content(violation) => violation.code(),
            Self::Hours(_)
            | Self::HoursAboveDay { .. }
            | Self::HoursWithoutWork { .. }
            | Self::ConfirmedAboveClaim { .. }
            | Self::NothingToConfirm
            | Self::ConfirmedHours(_) => "hours_out_of_range",
            Self::TooManyAttachments { .. } => "too_many_attachments",
            Self::AttachmentTooLarge { .. } => "attachment_too_large",
            Self::AttachmentType(_) => "attachment_type",
            Self::CommentsRequired => "comments_required",
            Self::Comments(error) => error.code(),
            Self::Skills(error) => error.code(),
            Self::Position(error) => error.code(),
            Self::Accuracy(error) => error.code(),
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::OutsidePlacementPeriod { .. }
            | Self::InTheFuture { .. }
            | Self::TooLate { .. }
            | Self::DuplicateDay => "/log_date",
            Self::PlacementNotActive { .. } => "/placement_id",
            Self::Content(violation) => violation.pointer(),
            Self::Hours(_) | Self::HoursAboveDay { .. } | Self::HoursWithoutWork { .. } => "/hours_worked",
            Self::ConfirmedAboveClaim { .. } | Self::NothingToConfirm | Self::ConfirmedHours(_) => {
                "/hours_confirmed"
            }
            Self::TooManyAttachments { .. } | Self::AttachmentTooLarge { .. } | Self::AttachmentType(_) => {
                "/attachment"
            }
            Self::CommentsRequired | Self::Comments(_) => "/comments",
            Self::Skills(_) => "/skills",
            Self::Position(PositionError::Latitude(_)) => "/location_data/lat",
            Self::Position(PositionError::Longitude(_)) => "/location_data/lng",
            Self::Accuracy(error) => error.pointer(),
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(self, Self::PlacementNotActive { .. } | Self::DuplicateDay)
    }
}
