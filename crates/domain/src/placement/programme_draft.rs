//! A programme as it is asked for.

use crate::{
    error::Violation,
    logbook::hours::Minutes,
    placement::{
        credit_units::{CreditUnits, MAX_CREDIT_UNITS, fixed},
        ending::Requirement,
        period::{Period, PeriodError},
        policy::{Policy, PolicyDraft, PolicyViolation},
    },
    text::{self, TextError},
};

/// The longest name of a programme, in characters.
pub const MAX_PROGRAMME_NAME: usize = 200;
/// The longest code of a programme, in characters.
pub const MAX_PROGRAMME_CODE: usize = 40;
/// The most hours that a programme asks for.
pub const MAX_REQUIRED_HOURS: u32 = 10_000;
/// The most days that a programme asks for.
pub const MAX_REQUIRED_DAYS: u32 = 1_000;

/// A programme as it is asked for: unchecked.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeDraft {
    /// The name.
    pub name: String,
    /// The code.
    pub code: String,
    /// What a student earns by it, in units.
    pub credit_units: f64,
    /// The hours that it asks for; in quarter hours.
    pub required_hours: f64,
    /// The days that it asks for.
    pub required_days: i64,
    /// The days on which its placements lie: the first and the last.
    pub window: (chrono::NaiveDate, chrono::NaiveDate),
    /// The policy.
    pub policy: PolicyDraft,
}

/// What is to be changed of a programme: unchecked; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgrammeChanges {
    /// The name.
    pub name: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// What a student earns by it, in units.
    pub credit_units: Option<f64>,
    /// The hours that it asks for; in quarter hours.
    pub required_hours: Option<f64>,
    /// The days that it asks for.
    pub required_days: Option<i64>,
    /// The days on which its placements lie: the first and the last.
    pub window: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// The policy: what it leaves out stays.
    pub policy: PolicyDraft,
}

/// Something wrong with a programme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgrammeViolation {
    /// Something about the name.
    #[error("{0}")]
    Name(TextError),
    /// Something about the code.
    #[error("{0}")]
    Code(TextError),
    /// The credit units are out of range.
    #[error("credit units go from 0 to {MAX_CREDIT_UNITS}, in hundredths")]
    CreditUnits,
    /// The hours are out of range.
    #[error("the required hours go from 0 to {MAX_REQUIRED_HOURS}, in quarter hours")]
    RequiredHours,
    /// The days are out of range.
    #[error("the required days go from 0 to {MAX_REQUIRED_DAYS}")]
    RequiredDays,
    /// The window ends before it starts.
    #[error("{0}")]
    Window(PeriodError),
    /// Something about the policy.
    #[error("{0}")]
    Policy(PolicyViolation),
}

impl Violation for ProgrammeViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Name(error) | Self::Code(error) => error.code(),
            Self::CreditUnits => "credit_units_out_of_range",
            Self::RequiredHours => "required_hours_out_of_range",
            Self::RequiredDays => "required_days_out_of_range",
            Self::Window(_) => "period_reversed",
            Self::Policy(violation) => violation.code(),
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Name(_) => "/name",
            Self::Code(_) => "/code",
            Self::CreditUnits => "/credit_units",
            Self::RequiredHours => "/required_hours",
            Self::RequiredDays => "/required_days",
            Self::Window(_) => "/window/end",
            Self::Policy(violation) => violation.pointer(),
        }
    }
}

/// What a programme is, apart from whose it is; checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProgrammeDetails {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) credit_units: CreditUnits,
    pub(super) requirement: Requirement,
    pub(super) window: Period,
    pub(super) policy: Policy,
}

impl ProgrammeDraft {
    /// Checks it; the policy takes the defaults for what it leaves out.
    pub(super) fn check(self) -> Result<ProgrammeDetails, Vec<ProgrammeViolation>> {
        let Self {
            name,
            code,
            credit_units,
            required_hours,
            required_days,
            window,
            policy,
        } = self;
        let mut found = Vec::new();
        let name = kept(name_of(&name), &mut found);
        let code = kept(code_of(&code), &mut found);
        let credit_units = kept(credit_units_of(credit_units), &mut found);
        let minutes = kept(minutes_of(required_hours), &mut found);
        let days = kept(days_of(required_days), &mut found);
        let window = kept(window_of(window), &mut found);
        let policy = kept_policy(Policy::from_draft(policy), &mut found);
        match (name, code, credit_units, minutes, days, window, policy) {
            (
                Some(name),
                Some(code),
                Some(credit_units),
                Some(minutes),
                Some(days),
                Some(window),
                Some(policy),
            ) => {
                let requirement = Requirement { minutes, days };
                Ok(ProgrammeDetails {
                    name,
                    code,
                    credit_units,
                    requirement,
                    window,
                    policy,
                })
            }
            _ => Err(found),
        }
    }
}

impl ProgrammeChanges {
    /// What a programme is with these changes.
    pub(super) fn apply_to(
        self,
        base: &ProgrammeDetails,
    ) -> Result<ProgrammeDetails, Vec<ProgrammeViolation>> {
        let mut details = base.clone();
        let mut found = Vec::new();
        replace(&mut details.name, self.name.as_deref().map(name_of), &mut found);
        replace(&mut details.code, self.code.as_deref().map(code_of), &mut found);
        replace(
            &mut details.credit_units,
            self.credit_units.map(credit_units_of),
            &mut found,
        );
        replace(
            &mut details.requirement.minutes,
            self.required_hours.map(minutes_of),
            &mut found,
        );
        replace(
            &mut details.requirement.days,
            self.required_days.map(days_of),
            &mut found,
        );
        replace(&mut details.window, self.window.map(window_of), &mut found);
        if let Some(policy) = kept_policy(base.policy.amended(self.policy), &mut found) {
            details.policy = policy;
        }
        if found.is_empty() { Ok(details) } else { Err(found) }
    }
}

fn name_of(name: &str) -> Result<String, ProgrammeViolation> {
    text::name(name, MAX_PROGRAMME_NAME).map_err(ProgrammeViolation::Name)
}

fn code_of(code: &str) -> Result<String, ProgrammeViolation> {
    text::name(code, MAX_PROGRAMME_CODE).map_err(ProgrammeViolation::Code)
}

fn credit_units_of(units: f64) -> Result<CreditUnits, ProgrammeViolation> {
    CreditUnits::from_units(units).ok_or(ProgrammeViolation::CreditUnits)
}

fn minutes_of(hours: f64) -> Result<Minutes, ProgrammeViolation> {
    let quarters = fixed(hours, 4.0, MAX_REQUIRED_HOURS).ok_or(ProgrammeViolation::RequiredHours)?;
    Ok(Minutes::new(quarters * 15))
}

fn days_of(days: i64) -> Result<u32, ProgrammeViolation> {
    let days = u32::try_from(days).ok().filter(|days| *days <= MAX_REQUIRED_DAYS);
    days.ok_or(ProgrammeViolation::RequiredDays)
}

fn window_of((start, end): (chrono::NaiveDate, chrono::NaiveDate)) -> Result<Period, ProgrammeViolation> {
    Period::new(start, end).map_err(ProgrammeViolation::Window)
}

/// The value, or its violation among those found.
fn kept<T>(answer: Result<T, ProgrammeViolation>, found: &mut Vec<ProgrammeViolation>) -> Option<T> {
    answer.map_err(|violation| found.push(violation)).ok()
}

/// The policy, or its violations among those found.
fn kept_policy(
    answer: Result<Policy, Vec<PolicyViolation>>,
    found: &mut Vec<ProgrammeViolation>,
) -> Option<Policy> {
    answer
        .map_err(|told| found.extend(told.into_iter().map(ProgrammeViolation::Policy)))
        .ok()
}

/// Puts a value that was given and is right in the place of the one before.
fn replace<T>(
    place: &mut T,
    given: Option<Result<T, ProgrammeViolation>>,
    found: &mut Vec<ProgrammeViolation>,
) {
    if let Some(value) = given.and_then(|answer| kept(answer, found)) {
        *place = value;
    }
}
