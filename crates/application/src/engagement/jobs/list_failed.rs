//! Reading what was given up.

use ipt_ports::{
    engagement::{FailedMessage, FailureSort},
    page::{Page, PageRequest},
};

use super::whose;
use crate::{Caller, Services, engagement::EngagementError};

/// A page of the work that was given up, and how much there is if that was asked.
///
/// # Errors
/// [`EngagementError::Denied`].
#[tracing::instrument(name = "usecase.engagement.jobs.list_failed", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    page: &PageRequest<FailureSort>,
    count: bool,
) -> Result<(Page<FailedMessage>, Option<u64>), EngagementError> {
    let (tenant, scope) = whose(caller)?;
    let mut reader = services.database.read(scope).await?;
    let failed = reader.notifications().failed_messages(tenant, page).await?;
    let total = if count {
        Some(reader.notifications().failed_count(tenant).await?)
    } else {
        None
    };
    Ok((failed, total))
}
