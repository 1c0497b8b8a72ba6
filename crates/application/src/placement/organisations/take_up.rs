//! Beginning to deal with an organisation that exists already.

use ipt_domain::{
    id::OrganisationId, identity::permission::Permission, placement::organisation::OrganisationRelation,
    version::Version,
};
use ipt_ports::placement::OrganisationView;

use super::relation_values;
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    placement::{
        PlacementError,
        record::{self, Object},
    },
};

/// An organisation that the institution deals with.
#[derive(Clone, Debug)]
pub struct TakenUp {
    /// The organisation.
    pub view: OrganisationView,
    /// Whether the institution has only now begun to deal with it.
    pub begun: bool,
}

/// Begins a relation of the caller's institution to an organisation of the directory, unverified. Where there is one
/// already, it stays as it is.
///
/// # Errors
/// [`PlacementError::NotFound`] for one that is not in the directory; [`PlacementError::Denied`]; [`PlacementError::Stale`].
#[tracing::instrument(name = "usecase.placement.organisations.take_up", skip_all, fields(organisation.id = %id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
    seen: Option<Version>,
) -> Result<TakenUp, PlacementError> {
    settle(|| attempt(services, caller, id, seen)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    id: OrganisationId,
    seen: Option<Version>,
) -> Result<TakenUp, PlacementError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let found = work.placement().organisation(id, caller.tenant_id()).await?;
    let view = found.ok_or(PlacementError::NotFound("organisation"))?;
    let tenant = caller.tenant_with(Permission::OrganisationVerify)?;
    check_seen(seen, view.organisation.version())?;
    if view.relation.is_some() {
        return Ok(TakenUp { view, begun: false });
    }
    let relation = OrganisationRelation::begin(tenant, id, services.clock.now());
    let object = (Object::Organisation(id), tenant);
    let values = relation_values(&relation);
    let trail = record::of(services, caller, "placement.begin_relation", object, values);
    work.placement().save_relation(&relation, None, &trail).await?;
    work.commit().await?;
    let view = OrganisationView {
        relation: Some(relation),
        ..view
    };
    Ok(TakenUp { view, begun: true })
}
