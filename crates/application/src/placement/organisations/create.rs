//! A new organisation.

use ipt_domain::{
    id::{OrganisationId, TenantId},
    identity::permission::Permission,
    placement::organisation::{Organisation, OrganisationDraft, OrganisationRelation},
};
use ipt_ports::placement::OrganisationView;

use super::{check_namesakes, relation_values, values};
use crate::{
    Caller, Services,
    concurrency::settle,
    placement::{
        PlacementError,
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// The organisation to make.
#[derive(Clone, Debug)]
pub struct Command {
    /// What it is.
    pub draft: OrganisationDraft,
    /// Whether it is made although one of its name in its city is known: it is another.
    pub confirm_distinct: bool,
}

/// Makes an organisation, with a relation of the caller's institution to it, unverified.
///
/// # Errors
/// [`PlacementError::Denied`], then every broken rule together, then [`PlacementError::OrganisationExists`].
#[tracing::instrument(name = "usecase.placement.organisations.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<OrganisationView, PlacementError> {
    caller.tenant_with(Permission::OrganisationManage)?;
    // An organisation's own people keep theirs; new ones are the institution's to make.
    let tenant = caller.tenant_with(Permission::OrganisationVerify)?;
    settle(|| attempt(services, caller, tenant, command)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    tenant: TenantId,
    command: &Command,
) -> Result<OrganisationView, PlacementError> {
    let id = OrganisationId::new(services.ids.next());
    let organisation = Organisation::create(id, &command.draft).map_err(|found| {
        let mut broken = BrokenRules::default();
        broken.extend(found);
        broken
    })?;
    let relation = OrganisationRelation::begin(tenant, id, services.clock.now());
    let object = (Object::Organisation(id), tenant);
    let mut work = services.database.begin(caller.scope()).await?;
    let namesakes = check_namesakes(work.placement(), &organisation, command.confirm_distinct).await?;
    let made = record::of(
        services,
        caller,
        "placement.create_organisation",
        object,
        values(&organisation),
    );
    work.placement()
        .save_organisation(&organisation, None, namesakes, &made)
        .await?;
    let begun = record::of(
        services,
        caller,
        "placement.begin_relation",
        object,
        relation_values(&relation),
    );
    work.placement().save_relation(&relation, None, &begun).await?;
    work.commit().await?;
    Ok(OrganisationView {
        organisation,
        relation: Some(relation),
    })
}
