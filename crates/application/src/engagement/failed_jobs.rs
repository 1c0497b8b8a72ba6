//! Work that was given up, as an operator sees it.

use std::borrow::Cow;

use ipt_domain::{
    id::{JobId, TenantId},
    identity::permission::Permission,
};
use ipt_ports::{Scope, SystemScope, engagement::FailedMessage};
use serde_json::Value;

use super::EngagementError;
use crate::{
    Caller, Services,
    trail::{Deed, Doer, trail},
};

/// How many are listed.
const LIMIT: u32 = 100;

/// Lists work that was given up: the institution's, or the deployment's for somebody who acts in none.
///
/// # Errors
/// [`EngagementError`].
#[tracing::instrument(name = "usecase.engagement.failed_jobs", skip_all)]
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<FailedMessage>, EngagementError> {
    let (tenant, scope) = whose(caller)?;
    Ok(services.database.read(scope).await?.notifications().failed_messages(tenant, LIMIT).await?)
}

/// Tries a piece of work again.
///
/// # Errors
/// [`EngagementError`].
#[tracing::instrument(name = "usecase.engagement.retry_job", skip_all, fields(job_id = %id))]
pub async fn retry(services: &Services, caller: &Caller, id: JobId) -> Result<(), EngagementError> {
    let (tenant, scope) = whose(caller)?;
    let now = services.clock.now();
    let mut work = services.database.begin(scope).await?;
    if !work.outbox().retry(id, tenant, now).await? {
        return Err(EngagementError::NotFound("failed job"));
    }
    let deed = Deed {
        action: Cow::Borrowed("job.retry"),
        object_kind: "job",
        object_id: id.uuid(),
        tenant,
        on_behalf_of: None,
        at: now,
        values: Value::Null,
    };
    work.people().leave_trail(&trail(services, Doer::Caller(caller), deed, Vec::new())).await?;
    work.commit().await?;
    Ok(())
}

/// Whose work the caller looks after.
fn whose(caller: &Caller) -> Result<(Option<TenantId>, Scope), EngagementError> {
    if caller.tenant_id().is_none() && caller.actor.may_over_deployment(Permission::JobManage) {
        return Ok((None, Scope::System(SystemScope::Operator)));
    }
    let tenant = caller.tenant_with(Permission::JobManage)?;
    Ok((Some(tenant), caller.scope()))
}
