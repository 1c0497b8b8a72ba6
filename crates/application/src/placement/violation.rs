//! The rules about placements that a request can break before the domain judges it: references, and texts.

use ipt_domain::{error::Violation, placement::position::PositionError, text::TextError};

use crate::zone::UnknownZone;

/// One broken rule about a request.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RequestViolation {
    /// There is no such programme in the institution.
    #[error("there is no such programme here")]
    ProgrammeUnknown,
    /// Another programme of the institution has this code.
    #[error("another programme here has this code")]
    ProgrammeCodeTaken,
    /// The institution has nothing to do with this organisation.
    #[error("there is no such organisation here")]
    OrganisationUnknown,
    /// The organisation has no such site.
    #[error("this organisation has no such site")]
    SiteUnknown,
    /// There is no such student in the institution.
    #[error("there is no such student here")]
    StudentUnknown,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    PeriodReversed {
        /// The field.
        pointer: &'static str,
    },
    /// Days are opened again for too long a time.
    #[error("at most {max} days are opened at once")]
    TooManyDays {
        /// The most.
        max: u32,
    },
    /// No placement is named, or too many.
    #[error("name 1 to {max} placements")]
    NumberOfPlacements {
        /// The most.
        max: usize,
    },
    /// A placement named does not exist here.
    #[error("one of these placements does not exist here")]
    PlacementUnknown,
    /// A reason is missing.
    #[error("say why: this needs a reason with at least one visible character")]
    ReasonRequired,
    /// A text cannot be kept.
    #[error("{error}")]
    Text {
        /// The field.
        pointer: &'static str,
        /// Why.
        error: TextError,
    },
    /// Coordinates name no point.
    #[error("{error}")]
    Position {
        /// Where they stand: at the site, or at a corner of its area.
        corner: bool,
        /// Why.
        error: PositionError,
    },
    /// The time zone is none.
    #[error(transparent)]
    Zone(UnknownZone),
}

impl Violation for RequestViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::ProgrammeUnknown => "programme_unknown",
            Self::ProgrammeCodeTaken => "programme_code_taken",
            Self::OrganisationUnknown => "organisation_unknown",
            Self::SiteUnknown => "site_unknown",
            Self::StudentUnknown => "student_unknown",
            Self::PeriodReversed { .. } => "period_reversed",
            Self::TooManyDays { .. } => "too_many_days",
            Self::NumberOfPlacements { .. } => "number_of_placements",
            Self::PlacementUnknown => "placement_unknown",
            Self::ReasonRequired => "comments_required",
            Self::Text { error, .. } => error.code(),
            Self::Position { error, .. } => error.code(),
            Self::Zone(error) => error.code(),
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::ProgrammeUnknown => "/programme_id",
            Self::ProgrammeCodeTaken => "/code",
            Self::OrganisationUnknown => "/organisation_id",
            Self::SiteUnknown => "/site_id",
            Self::StudentUnknown => "/student_id",
            Self::PeriodReversed { pointer } | Self::Text { pointer, .. } => pointer,
            Self::TooManyDays { .. } => "/to",
            Self::NumberOfPlacements { .. } | Self::PlacementUnknown => "/placement_ids",
            Self::ReasonRequired => "/reason",
            Self::Position { corner: true, .. } => "/geofence/polygon",
            Self::Position {
                error: PositionError::Latitude(_),
                ..
            } => "/position/lat",
            Self::Position {
                error: PositionError::Longitude(_),
                ..
            } => "/position/lng",
            Self::Zone(_) => "/timezone",
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(self, Self::ProgrammeCodeTaken)
    }
}
