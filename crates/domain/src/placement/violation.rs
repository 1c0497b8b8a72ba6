//! The guards on a placement, each with its code.

use chrono::NaiveDate;

use crate::{
    error::Violation,
    id::PlacementId,
    logbook::hours::Minutes,
    placement::{delegation::Part, load::Overload, period::Period, supervisor::Ineligibility},
};

/// One broken guard of a placement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacementViolation {
    /// The period lies outside the programme's window.
    #[error("the programme's window runs from {window}; the placement must lie in it")]
    OutsideProgrammeWindow {
        /// The window.
        window: Period,
    },
    /// The placement, with those that it continues, is too short or too long.
    #[error("the placement, with those that it continues, has {days} days; {min} to {max} are allowed")]
    PlacementLength {
        /// The different days of the chain.
        days: u32,
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
    /// The student has too many placements at one time.
    #[error("the student has another placement at this time; {allowed} at one time are allowed")]
    Overlap {
        /// Those that share days with it.
        with: Vec<PlacementId>,
        /// How many the programme allows at one time.
        allowed: u32,
    },
    /// What the placement is to continue is no earlier placement of the student.
    #[error(
        "only an earlier placement of the same student, neither cancelled nor withdrawn, can be continued"
    )]
    ContinuationInvalid,
    /// The institution has not verified the organisation.
    #[error("the institution has not verified this organisation")]
    OrganisationNotVerified,
    /// A part has no supervisor.
    #[error("the placement needs its {part} supervisor first")]
    SupervisorRequired {
        /// The part.
        part: Part,
    },
    /// A person cannot hold a part.
    #[error("{why}")]
    SupervisorNotEligible {
        /// The part.
        part: Part,
        /// Why.
        why: Ineligibility,
    },
    /// A supervisor would have more students on a day than the programme allows.
    #[error(transparent)]
    SupervisorOverCap(Overload),
    /// A person cannot act for a part.
    #[error("{why}")]
    DelegateNotEligible {
        /// Why.
        why: Ineligibility,
    },
    /// The part that a delegate would act for has no supervisor.
    #[error("there is no {part} supervisor to act for")]
    NobodyToActFor {
        /// The part.
        part: Part,
    },
    /// A period ends before it starts.
    #[error("the last day is {to}, before the first, {from}")]
    PeriodReversed {
        /// The first day.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
    },
    /// A reason is missing.
    #[error("say why: this needs a reason with at least one visible character")]
    ReasonRequired,
    /// The first day lies ahead.
    #[error("the placement begins on {start}")]
    NotStarted {
        /// The first day.
        start: NaiveDate,
    },
    /// A placement under way would begin later than it did.
    #[error("the placement is under way; it cannot begin after {latest}")]
    BegunAlready {
        /// The latest first day.
        latest: NaiveDate,
    },
    /// The date on which a termination takes effect is out of range.
    #[error("a termination of this placement takes effect between {earliest} and {latest}")]
    EffectiveDateOutOfRange {
        /// The earliest.
        earliest: NaiveDate,
        /// The latest.
        latest: NaiveDate,
    },
    /// Entries would fall outside the period.
    #[error("there are log entries on days that would fall outside: {}", list(.days))]
    EntriesOutsidePeriod {
        /// Their days.
        days: Vec<NaiveDate>,
    },
    /// This is fixed by the approval.
    #[error("this was approved as it is; let the student continue with another placement instead")]
    FixedOnceApproved {
        /// The field.
        pointer: &'static str,
    },
    /// Entries await a decision.
    #[error("{count} log entries await a decision")]
    OpenEntries {
        /// How many.
        count: u32,
    },
    /// Validated hours are missing.
    #[error("{credited} of {required} are validated")]
    HoursMissing {
        /// What the programme asks for.
        required: Minutes,
        /// What counts so far.
        credited: Minutes,
    },
    /// Validated days are missing.
    #[error("{credited} of {required} days are validated")]
    DaysMissing {
        /// What the programme asks for.
        required: u32,
        /// What counts so far.
        credited: u32,
    },
}

impl Violation for PlacementViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::OutsideProgrammeWindow { .. } => "outside_programme_window",
            Self::PlacementLength { .. } => "placement_length",
            Self::Overlap { .. } => "overlap",
            Self::ContinuationInvalid => "continuation_invalid",
            Self::OrganisationNotVerified => "organisation_not_verified",
            Self::SupervisorRequired { .. } | Self::NobodyToActFor { .. } => "supervisor_required",
            Self::SupervisorNotEligible { .. } | Self::DelegateNotEligible { .. } => {
                "supervisor_not_eligible"
            }
            Self::SupervisorOverCap(_) => "supervisor_over_cap",
            Self::PeriodReversed { .. } => "period_reversed",
            Self::ReasonRequired => "comments_required",
            Self::NotStarted { .. } => "placement_not_started",
            Self::BegunAlready { .. } => "placement_begun",
            Self::EffectiveDateOutOfRange { .. } => "effective_date_out_of_range",
            Self::EntriesOutsidePeriod { .. } => "entries_outside_period",
            Self::FixedOnceApproved { .. } => "fixed_once_approved",
            Self::OpenEntries { .. } => "open_entries",
            Self::HoursMissing { .. } => "hours_missing",
            Self::DaysMissing { .. } => "days_missing",
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::OutsideProgrammeWindow { .. } | Self::Overlap { .. } | Self::BegunAlready { .. } => {
                "/start_date"
            }
            Self::PlacementLength { .. } | Self::EntriesOutsidePeriod { .. } => "/end_date",
            Self::ContinuationInvalid => "/continues",
            Self::OrganisationNotVerified => "/organisation_id",
            Self::SupervisorRequired { part }
            | Self::SupervisorNotEligible { part, .. }
            | Self::SupervisorOverCap(Overload { part, .. }) => match part {
                Part::Industrial => "/industrial_supervisor_id",
                Part::Academic => "/university_supervisor_id",
            },
            Self::DelegateNotEligible { .. } => "/user_id",
            Self::NobodyToActFor { .. } => "/part",
            Self::PeriodReversed { .. } => "/to",
            Self::ReasonRequired => "/reason",
            Self::EffectiveDateOutOfRange { .. } => "/effective_date",
            Self::FixedOnceApproved { pointer } => pointer,
            Self::NotStarted { .. }
            | Self::OpenEntries { .. }
            | Self::HoursMissing { .. }
            | Self::DaysMissing { .. } => "",
        }
    }

    fn is_conflict(&self) -> bool {
        match self {
            Self::Overlap { .. }
            | Self::SupervisorOverCap(_)
            | Self::NotStarted { .. }
            | Self::EntriesOutsidePeriod { .. }
            | Self::FixedOnceApproved { .. }
            | Self::OpenEntries { .. }
            | Self::HoursMissing { .. }
            | Self::DaysMissing { .. } => true,
            Self::OutsideProgrammeWindow { .. }
            | Self::PlacementLength { .. }
            | Self::ContinuationInvalid
            | Self::OrganisationNotVerified
            | Self::SupervisorRequired { .. }
            | Self::SupervisorNotEligible { .. }
            | Self::DelegateNotEligible { .. }
            | Self::NobodyToActFor { .. }
            | Self::PeriodReversed { .. }
            | Self::ReasonRequired
            | Self::BegunAlready { .. }
            | Self::EffectiveDateOutOfRange { .. } => false,
        }
    }
}

/// Dates in a sentence.
fn list(days: &[NaiveDate]) -> String {
    days.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
