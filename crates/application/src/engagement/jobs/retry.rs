//! Trying again what was given up.

use ipt_domain::{Instant, id::JobId, version::Version};
use ipt_ports::engagement::FailedMessage;
use serde_json::json;

use super::whose;
use crate::{
    Caller, Services,
    concurrency::check_seen,
    engagement::EngagementError,
    trail::{Deed, Doer, audit},
};

/// Work that is due again.
#[derive(Clone, Debug, PartialEq)]
pub struct Retried {
    /// As it was when it had been given up.
    pub failed: FailedMessage,
    /// Since when it is due.
    pub due_at: Instant,
}

impl Retried {
    /// The version that it has by now.
    pub fn version(&self) -> Version {
        self.failed.message.version_at(self.due_at)
    }
}

/// Makes work that was given up due again.
///
/// # Errors
/// [`EngagementError::Denied`]; [`EngagementError::NotFound`] for work that was not given up, or is another institution's;
/// [`EngagementError::Stale`].
#[tracing::instrument(name = "usecase.engagement.jobs.retry", skip_all, fields(job.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: JobId,
    seen: Option<Version>,
) -> Result<Retried, EngagementError> {
    let (tenant, scope) = whose(caller)?;
    let mut work = services.database.begin(scope).await?;
    let missing = EngagementError::NotFound("job");
    let Some(failed) = work.notifications().failed_message(id, tenant).await? else {
        return Err(missing);
    };
    check_seen(seen, failed.version())?;
    let now = services.clock.now();
    // Somebody else may have been faster.
    if !work.outbox().retry(id, tenant, now).await? {
        return Err(missing);
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
    Ok(Retried { failed, due_at: now })
}
