//! Trying again what was given up.

use ipt_domain::id::JobId;
use serde_json::json;

use super::whose;
use crate::{
    Caller, Services,
    engagement::EngagementError,
    trail::{Deed, Doer, audit},
};

/// Makes work that was given up due again.
///
/// # Errors
/// [`EngagementError::Denied`]; [`EngagementError::NotFound`] for work that was not given up, or is another institution's.
#[tracing::instrument(name = "usecase.engagement.jobs.retry", skip_all, fields(job.id = %id))]
pub async fn execute(services: &Services, caller: &Caller, id: JobId) -> Result<(), EngagementError> {
    let (tenant, scope) = whose(caller)?;
    let mut work = services.database.begin(scope).await?;
    let now = services.clock.now();
    if !work.outbox().retry(id, tenant, now).await? {
        return Err(EngagementError::NotFound("job"));
    }
    let deed = Deed {
        action: "engagement.retry_job".into(),
        object_kind: "job",
        object_id: id.uuid(),
        tenant,
        on_behalf_of: None,
        at: now,
        values: json!({}),
    };
    let entry = audit(services, Doer::Caller(caller), deed);
    work.chain().record(&entry).await?;
    work.commit().await?;
    Ok(())
}
