//! Who may do what to an entry: permission, then the part held on the placement, then the separation of duties.

use crate::{
    actor::Actor,
    logbook::{
        action::{Action, Side},
        circumstances::Circumstances,
        entry::LogEntry,
        refusal::{Refusal, Separation},
        review::By,
        state::State,
    },
    placement::standing::Capacity,
};

/// Checks that the person holds the permission and the part for `action` on the placement.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotYourPlacement`].
pub fn holds_part(action: Action, actor: &Actor, circumstances: &Circumstances<'_>) -> Result<By, Refusal> {
    let permission = action.permission();
    if !actor.may(circumstances.placement.tenant_id(), permission) {
        return Err(Refusal::Forbidden { permission });
    }
    let standing = circumstances.standing_of(actor.user_id());
    let capacity = match action.side() {
        Side::Student => standing.student.then_some(Capacity { on_behalf_of: None }),
        Side::Industry => standing.industrial,
        Side::Academic => standing.academic,
        Side::Coordinator => Some(Capacity { on_behalf_of: None }),
    };
    capacity
        .map(|capacity| By {
            user: actor.user_id(),
            on_behalf_of: capacity.on_behalf_of,
        })
        .ok_or(Refusal::NotYourPlacement { action })
}

/// Checks everything about the person for `action` on `entry`.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotYourPlacement`], [`Refusal::SeparationOfDuties`].
pub fn authorise(
    entry: &LogEntry,
    action: Action,
    actor: &Actor,
    circumstances: &Circumstances<'_>,
) -> Result<By, Refusal> {
    let by = holds_part(action, actor, circumstances)?;
    separate(entry, action, by)?;
    if action == Action::Retract
        && let Some(decided_by) = retraction_of(entry.state())
    {
        decided_it(decided_by, by)?;
    }
    Ok(by)
}

/// Checks that the duty lies with another person than those who had a part in what it judges.
fn separate(entry: &LogEntry, action: Action, by: By) -> Result<(), Separation> {
    if action.side() != Side::Student && by.names(entry.student_id()) {
        return Err(Separation::AboutOneself);
    }
    if action == Action::Validate && entry.verifiers().iter().any(|verifier| by.names(*verifier)) {
        return Err(Separation::VerifiedBefore);
    }
    if let State::Flagged { by: flagged_by, .. } = entry.state()
        && action.resolves_flag()
        && flagged_by.people().any(|person| by.names(person))
    {
        return Err(Separation::FlaggedBySelf);
    }
    Ok(())
}

/// Checks that a decision is taken back by one of those who took it.
fn decided_it(decided_by: By, by: By) -> Result<(), Refusal> {
    if decided_by.people().any(|person| by.names(person)) {
        Ok(())
    } else {
        Err(Refusal::NotYourPlacement {
            action: Action::Retract,
        })
    }
}

/// The actions that `actor` may take on `entry` now.
pub fn allowed_actions(entry: &LogEntry, actor: &Actor, circumstances: &Circumstances<'_>) -> Vec<Action> {
    let may = |action: &Action| authorise(entry, *action, actor, circumstances).is_ok();
    entry.state().actions().iter().copied().filter(may).collect()
}

/// Who took the decision that can still be taken back.
fn retraction_of(state: &State) -> Option<By> {
    match state {
        State::RevisionRequested { retractable_by } => *retractable_by,
        State::IndustryVerified {
            verification,
            retractable,
            ..
        } => retractable.then_some(verification.by),
        State::Draft { .. }
        | State::Submitted { .. }
        | State::Flagged { .. }
        | State::Validated { .. }
        | State::Voided { .. } => None,
    }
}
