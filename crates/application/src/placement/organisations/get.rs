//! One organisation.

use ipt_domain::id::OrganisationId;
use ipt_ports::placement::OrganisationView;

use super::{Standing, find};
use crate::{Caller, Services, placement::PlacementError};

/// Reads an organisation, as the caller's institution sees it.
///
/// # Errors
/// [`PlacementError::Denied`], [`PlacementError::NotFound`].
#[tracing::instrument(name = "usecase.placement.organisations.get", skip_all, fields(organisation.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
) -> Result<OrganisationView, PlacementError> {
    let mut reader = services.database.read(caller.scope()).await?;
    let standing = Standing::of(reader.people(), caller).await?;
    let view = find(reader.placement(), &standing, id).await?;
    Ok(standing.shown(view))
}
