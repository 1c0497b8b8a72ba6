//! Between columns and states. Each state has the columns that it needs, and NULL in the others.

use ipt_domain::{
    id::UserId,
    logbook::{
        due::Due,
        review::By,
        state::{FlagCause, State, StateName, Verification, VerifiedBy},
    },
};
use ipt_ports::RepositoryError;
use uuid::Uuid;

use super::submission::{hours, minutes, skills};
use crate::{cells::Cells, logbook::entry_row, writes::Columns};

const INDUSTRY: &str = "industry";
const EVIDENCE: &str = "evidence";

/// The state of an entry.
pub(super) fn state(cells: &Cells, row: &mut entry_row::Model) -> Result<State, RepositoryError> {
    Ok(match cells.named("state", &row.state, StateName::from_name)? {
        StateName::Draft => State::Draft {
            once_submitted: row.submitted_at.is_some(),
        },
        StateName::Submitted => State::Submitted {
            due: due(cells, row)?,
        },
        StateName::RevisionRequested => State::RevisionRequested {
            retractable_by: by(row.decided_by_id, row.decided_for_id),
        },
        StateName::IndustryVerified => State::IndustryVerified {
            verification: needed_verification(cells, row)?,
            due: due(cells, row)?,
            retractable: cells.needed("retractable", row.retractable)?,
        },
        StateName::Flagged => State::Flagged {
            by: decided_by(cells, row)?,
            at: cells.needed("decided_at", row.decided_at)?,
            reason: cells.needed(
                "decided_reason",
                cells.remark("decided_reason", row.decided_reason.take())?,
            )?,
            cause: verification(cells, row)?.map_or(FlagCause::Dispute, FlagCause::Academic),
        },
        StateName::Validated => State::Validated {
            verification: needed_verification(cells, row)?,
            by: decided_by(cells, row)?,
            at: cells.needed("decided_at", row.decided_at)?,
        },
        StateName::Voided => State::Voided {
            by: decided_by(cells, row)?,
            at: cells.needed("decided_at", row.decided_at)?,
        },
    })
}

fn by(user: Option<Uuid>, on_behalf_of: Option<Uuid>) -> Option<By> {
    user.map(|user| By {
        user: UserId::new(user),
        on_behalf_of: on_behalf_of.map(UserId::new),
    })
}

fn decided_by(cells: &Cells, row: &entry_row::Model) -> Result<By, RepositoryError> {
    cells.needed("decided_by_id", by(row.decided_by_id, row.decided_for_id))
}

fn due(cells: &Cells, row: &entry_row::Model) -> Result<Due, RepositoryError> {
    Ok(Due {
        on: cells.needed("due_on", row.due_on)?,
        at: cells.needed("due_at", row.due_at)?,
    })
}

fn needed_verification(cells: &Cells, row: &mut entry_row::Model) -> Result<Verification, RepositoryError> {
    cells.needed("verified_kind", verification(cells, row)?)
}

fn verification(cells: &Cells, row: &mut entry_row::Model) -> Result<Option<Verification>, RepositoryError> {
    let Some(kind) = row.verified_kind.take() else {
        return Ok(None);
    };
    let kind = cells.named("verified_kind", &kind, |name| match name {
        INDUSTRY => Some(VerifiedBy::Industry),
        EVIDENCE => Some(VerifiedBy::Evidence),
        _ => None,
    })?;
    let confirmed = row
        .confirmed_minutes
        .map(|minutes| hours(cells, "confirmed_minutes", minutes));
    Ok(Some(Verification {
        kind,
        by: cells.needed("verified_by_id", by(row.verified_by_id, row.verified_for_id))?,
        at: cells.needed("verified_at", row.verified_at)?,
        hours_confirmed: confirmed.transpose()?,
        skills: cells.list("verified_skills", row.verified_skills.take())?,
    }))
}

/// The columns of a state.
pub(super) fn state_columns(state: &State) -> Result<Columns, RepositoryError> {
    let verification = state.verification();
    let (decided, decided_at, reason) = match state {
        State::Draft { .. } | State::Submitted { .. } | State::IndustryVerified { .. } => (None, None, None),
        State::RevisionRequested { retractable_by } => (*retractable_by, None, None),
        State::Flagged { by, at, reason, .. } => (Some(*by), Some(*at), Some(reason.as_str())),
        State::Validated { by, at, .. } | State::Voided { by, at } => (Some(*by), Some(*at), None),
    };
    let retractable = match state {
        State::IndustryVerified { retractable, .. } => Some(*retractable),
        State::Draft { .. }
        | State::Submitted { .. }
        | State::RevisionRequested { .. }
        | State::Flagged { .. }
        | State::Validated { .. }
        | State::Voided { .. } => None,
    };
    let kind = verification.map(|verification| match verification.kind {
        VerifiedBy::Industry => INDUSTRY,
        VerifiedBy::Evidence => EVIDENCE,
    });
    let behalf = |by: By| by.on_behalf_of.map(UserId::uuid);
    let demonstrated = verification
        .map(|verification| skills(&verification.skills))
        .transpose()?
        .flatten();
    Ok(vec![
        ("state", state.name().as_str().into()),
        ("due_on", state.due().map(|due| due.on).into()),
        ("due_at", state.due().map(|due| due.at).into()),
        ("verified_kind", kind.into()),
        (
            "verified_by_id",
            verification
                .map(|verification| verification.by.user.uuid())
                .into(),
        ),
        (
            "verified_for_id",
            verification
                .and_then(|verification| behalf(verification.by))
                .into(),
        ),
        (
            "verified_at",
            verification.map(|verification| verification.at).into(),
        ),
        (
            "confirmed_minutes",
            verification
                .and_then(|verification| verification.hours_confirmed)
                .map(minutes)
                .into(),
        ),
        ("verified_skills", demonstrated.into()),
        ("retractable", retractable.into()),
        ("decided_by_id", decided.map(|by| by.user.uuid()).into()),
        ("decided_for_id", decided.and_then(behalf).into()),
        ("decided_at", decided_at.into()),
        ("decided_reason", reason.into()),
    ])
}
