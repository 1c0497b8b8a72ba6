//! Between rows and programmes.

use ipt_domain::{
    Instant,
    id::{ProgrammeId, TenantId},
    logbook::hours::Minutes,
    placement::{
        ending::Requirement,
        period::Period,
        policy::{Policy, PolicyVersion},
        programme::{CreditUnits, Programme, ProgrammeParts},
    },
};
use ipt_ports::RepositoryError;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    cells::{Cells, to_json},
    fold::folded,
    number,
    placement::{policy_row, programme_row},
};

/// A programme from its row and its current policy.
pub(crate) fn programme(row: programme_row::Model, policy: Value) -> Result<Programme, RepositoryError> {
    let cells = Cells::of("programme", row.id);
    let minutes = cells.count("required_minutes", row.required_minutes)?;
    let window = Period::new(row.window_start, row.window_end)
        .map_err(|_| cells.damaged("window_end", "the window ends before it starts"))?;
    Ok(Programme::from_parts(ProgrammeParts {
        id: ProgrammeId::new(row.id),
        tenant_id: TenantId::new(row.tenant_id),
        policy: self::policy(row.id, policy)?,
        policy_version: PolicyVersion::new(cells.count("policy_version", row.policy_version)?),
        credit_units: CreditUnits::from_hundredths(cells.count("credit_units", row.credit_units)?),
        requirement: Requirement {
            minutes: Minutes::new(minutes),
            days: cells.count("required_days", row.required_days)?,
        },
        window,
        version: cells.version(row.version)?,
        name: row.name,
        code: row.code,
    }))
}

/// A policy of the programme `id`.
pub(crate) fn policy(id: Uuid, policy: Value) -> Result<Policy, RepositoryError> {
    Cells::of("programme_policy", id).json("policy", policy)
}

/// The row of a programme. `at` is when it was made.
pub(crate) fn row(programme: &Programme, at: Instant) -> programme_row::Model {
    let requirement = programme.requirement();
    programme_row::Model {
        id: programme.id().uuid(),
        tenant_id: programme.tenant_id().uuid(),
        name: programme.name().to_owned(),
        name_folded: folded(programme.name()),
        code: programme.code().to_owned(),
        code_folded: folded(programme.code()),
        credit_units: number::stored(programme.credit_units().hundredths()),
        required_minutes: number::stored(requirement.minutes.get()),
        required_days: number::stored(requirement.days),
        window_start: programme.window().start(),
        window_end: programme.window().end(),
        policy_version: number::stored(programme.policy_version().number()),
        created_at: at,
        version: number::stored_version(programme.version()),
    }
}

/// The row of a programme's current policy.
pub(crate) fn current_policy_row(
    programme: &Programme,
    at: Instant,
) -> Result<policy_row::Model, RepositoryError> {
    Ok(policy_row::Model {
        programme_id: programme.id().uuid(),
        version: number::stored(programme.policy_version().number()),
        tenant_id: programme.tenant_id().uuid(),
        policy: to_json(programme.policy())?,
        created_at: at,
    })
}
