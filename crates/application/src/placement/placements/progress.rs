//! How far a placement has come.

mod pace;

use chrono::NaiveDate;
use ipt_domain::{
    id::PlacementId,
    logbook::{
        credit::{Credit, DayOfCredit, tally},
        state::StateName,
    },
    placement::{ending::Requirement, policy::Policy, state::PlacementState},
};
use ipt_ports::placement::DayOfProgress;

use super::{
    case::{self, Loaded},
    scope,
};
use crate::{Caller, Services, placement::PlacementError};
use pace::Pace;

/// How far a placement has come, with those that it continues. Each column holds what the one after it holds: what is
/// validated was verified, and what is verified was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the programme asks for.
    pub required: Requirement,
    /// Handed in: everything but drafts and voided entries.
    pub submitted: Credit,
    /// Verified, by industry or on evidence, and what is validated.
    pub industry_verified: Credit,
    /// Validated: what counts.
    pub validated: Credit,
    /// The entries, by state; drafts are shown to their student only.
    pub by_state: Vec<(StateName, u64)>,
    /// Entries whose review is overdue.
    pub overdue: u64,
    /// When the required hours and days are handed in, if the student goes on as so far; none when that cannot be told.
    pub expected_completion: Option<NaiveDate>,
}

/// Reads how far a placement has come: its people, and the institution's coordinators.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.placements.progress", skip_all, fields(placement.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: PlacementId,
) -> Result<Progress, PlacementError> {
    let mut reader = services.database.read(scope(caller)).await?;
    let loaded = case::load(reader.placement(), services, caller, id).await?;
    loaded.check_seen_by(caller)?;
    let days = reader.placement().days_of_chain(id, loaded.now).await?;
    drop(reader);
    let days: Vec<DayOfProgress> = days.into_iter().map(|(_, day)| day).collect();
    let own = loaded.placement().student_id() == caller.user_id();
    Ok(progress(&loaded, &days, own))
}

fn progress(loaded: &Loaded, days: &[DayOfProgress], own: bool) -> Progress {
    let policy = &loaded.found.case.policy;
    let required = loaded.found.programme.requirement();
    let submitted = sum(days, policy, is_handed_in);
    let shown = |state: &StateName| own || *state != StateName::Draft;
    let by_state = StateName::ALL
        .into_iter()
        .filter(shown)
        .map(|state| (state, count(days, |day| day.state == state)))
        .collect();
    Progress {
        required,
        submitted,
        industry_verified: sum(days, policy, |state| {
            matches!(state, StateName::IndustryVerified | StateName::Validated)
        }),
        validated: sum(days, policy, |state| state == StateName::Validated),
        by_state,
        overdue: count(days, |day| day.overdue),
        expected_completion: expected(loaded, days, required, submitted),
    }
}

const fn is_handed_in(state: StateName) -> bool {
    match state {
        StateName::Submitted
        | StateName::RevisionRequested
        | StateName::IndustryVerified
        | StateName::Flagged
        | StateName::Validated => true,
        StateName::Draft | StateName::Voided => false,
    }
}

/// Hours and days in the states wanted, each day once and each week up to the limit.
fn sum(days: &[DayOfProgress], policy: &Policy, wanted: impl Fn(StateName) -> bool) -> Credit {
    let days = days.iter().filter(|day| wanted(day.state)).map(|day| day.day);
    tally(days.collect::<Vec<DayOfCredit>>(), policy)
}

fn count(days: &[DayOfProgress], wanted: impl Fn(&DayOfProgress) -> bool) -> u64 {
    days.iter().filter(|day| wanted(day)).fold(0, |sum, _| sum + 1)
}

/// When the required hours and days are handed in at the pace so far; of a completed one, when it was completed.
fn expected(
    loaded: &Loaded,
    days: &[DayOfProgress],
    required: Requirement,
    submitted: Credit,
) -> Option<NaiveDate> {
    let since = match loaded.placement().state() {
        PlacementState::Completed { on, .. } => return Some(*on),
        PlacementState::Active { since }
        | PlacementState::Suspended {
            active_since: since, ..
        } => *since,
        PlacementState::Proposed
        | PlacementState::ChangesRequested { .. }
        | PlacementState::Approved
        | PlacementState::Terminated { .. }
        | PlacementState::Cancelled { .. }
        | PlacementState::Withdrawn { .. } => return None,
    };
    // Of a chain, and of days before the placement became active, the first entry tells since when there is a pace.
    let first = days
        .iter()
        .filter(|day| is_handed_in(day.state))
        .map(|day| day.day.date)
        .min();
    let since = first.map_or(since, |first| first.min(since));
    let pace = Pace {
        since,
        today: loaded.today,
        submitted,
    };
    pace.reaches(required, loaded.found.case.workplace.calendar())
}
