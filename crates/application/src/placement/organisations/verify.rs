//! Verifying an organisation for an institution.

use ipt_domain::{id::OrganisationId, identity::permission::Permission, version::Version};
use ipt_ports::placement::OrganisationView;

use super::{Standing, find, relation_values};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    placement::{
        PlacementError,
        record::{self, Object},
    },
};

/// Verifies an organisation, for the caller's institution only. One that is verified already stays so, by whom it was.
///
/// # Errors
/// [`PlacementError::NotFound`] without a relation of the institution to it; [`PlacementError::Denied`];
/// [`PlacementError::Stale`].
#[tracing::instrument(name = "usecase.placement.organisations.verify", skip_all, fields(organisation.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
    seen: Option<Version>,
) -> Result<OrganisationView, PlacementError> {
    settle(|| attempt(services, caller, id, seen)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
    seen: Option<Version>,
) -> Result<OrganisationView, PlacementError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let standing = Standing::of(work.people(), caller).await?;
    let view = find(work.placement(), &standing, id).await?;
    let tenant = caller.tenant_with(Permission::OrganisationVerify)?;
    check_seen(seen, view.organisation.version())?;
    let relation = view.relation.ok_or(PlacementError::NotFound("organisation"))?;
    if relation.is_verified() {
        return Ok(OrganisationView {
            relation: Some(relation),
            ..view
        });
    }
    let replaces = relation.version();
    let relation = relation.verify(caller.user_id(), services.clock.now());
    let object = (Object::Organisation(id), tenant);
    let trail = record::of(
        services,
        caller,
        "placement.verify_organisation",
        object,
        relation_values(&relation),
    );
    work.placement()
        .save_relation(&relation, Some(replaces), &trail)
        .await?;
    work.commit().await?;
    Ok(OrganisationView {
        relation: Some(relation),
        ..view
    })
}
