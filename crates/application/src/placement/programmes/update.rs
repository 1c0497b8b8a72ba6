//! Changing a programme.

use ipt_domain::{
    id::ProgrammeId,
    identity::permission::Permission,
    placement::programme::{Programme, ProgrammeChanges},
    version::Version,
};
use serde_json::json;

use super::{taken, values};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    placement::{
        PlacementError,
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// What to change; what is left out stays.
#[derive(Clone, Debug)]
pub struct Command {
    /// Which programme.
    pub id: ProgrammeId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The changes.
    pub changes: ProgrammeChanges,
}

/// A programme after a change, and whom the change touches.
#[derive(Clone, Debug, PartialEq)]
pub struct Updated {
    /// The programme.
    pub programme: Programme,
    /// The keys of the policy that changed.
    pub policy_keys: Vec<&'static str>,
    /// How many placements that are not ended keep an earlier version of the policy.
    pub placements_on_earlier_policies: u64,
}

/// Changes a programme. A policy that differs is a new version: placements that were approved keep theirs.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`], [`PlacementError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.programmes.update", skip_all, fields(programme.id = %command.id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Updated, PlacementError> {
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(services: &Services, caller: &Caller, command: &Command) -> Result<Updated, PlacementError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let found = work.placement().programme(command.id).await?;
    let before = found.ok_or(PlacementError::NotFound("programme"))?;
    let tenant = caller.tenant_with(Permission::ProgrammeManage)?;
    check_seen(command.seen, before.version())?;
    let after = before.clone().amended(command.changes.clone()).map_err(|found| {
        let mut broken = BrokenRules::default();
        broken.extend(found);
        broken
    })?;
    let used = work.placement().policy_use(command.id).await?;
    let earlier = used
        .into_iter()
        .filter(|(version, _)| *version < after.policy_version());
    let placements_on_earlier_policies = earlier.map(|(_, placements)| placements).sum();
    let values = json!({ "before": values(&before), "after": values(&after) });
    let object = (Object::Programme(command.id), tenant);
    let trail = record::of(services, caller, "placement.update_programme", object, values);
    work.placement()
        .save_programme(&after, Some(before.version()), &trail)
        .await
        .map_err(taken)?;
    work.commit().await?;
    let policy_keys = before.policy().keys_changed(after.policy());
    Ok(Updated {
        programme: after,
        policy_keys,
        placements_on_earlier_policies,
    })
}
