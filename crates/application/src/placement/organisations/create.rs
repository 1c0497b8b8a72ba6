//! A new organisation.

use ipt_domain::{
    id::OrganisationId,
    identity::permission::Permission,
    placement::organisation::{Organisation, OrganisationDraft, OrganisationRelation},
};
use ipt_ports::placement::OrganisationView;

use super::{relation_values, values};
use crate::{
    Caller, Services,
    placement::{
        PlacementError,
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// Makes an organisation, with a relation of the caller's institution to it, unverified.
///
/// # Errors
/// [`PlacementError::Denied`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.organisations.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    draft: &OrganisationDraft,
) -> Result<OrganisationView, PlacementError> {
    caller.tenant_with(Permission::OrganisationManage)?;
    // An organisation's own people keep theirs; new ones are the institution's to make.
    let tenant = caller.tenant_with(Permission::OrganisationVerify)?;
    let id = OrganisationId::new(services.ids.next());
    let organisation = Organisation::create(id, draft).map_err(|found| {
        let mut broken = BrokenRules::default();
        broken.extend(found);
        broken
    })?;
    let relation = OrganisationRelation::begin(tenant, id, services.clock.now());
    let object = (Object::Organisation(id), tenant);
    let mut work = services.database.begin(caller.scope()).await?;
    let made = record::of(
        services,
        caller,
        "placement.create_organisation",
        object,
        values(&organisation),
    );
    work.placement()
        .save_organisation(&organisation, None, &made)
        .await?;
    let begun = record::of(
        services,
        caller,
        "placement.begin_relation",
        object,
        relation_values(&relation),
    );
    work.placement().save_relation(&relation, &begun).await?;
    work.commit().await?;
    Ok(OrganisationView {
        organisation,
        relation: Some(relation),
    })
}
