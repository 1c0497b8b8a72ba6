//! A new site.

use ipt_domain::{
    id::{OrganisationId, SiteId},
    identity::permission::Permission,
    placement::site::{Site, SiteDraft},
};

use super::{SiteInput, values};
use crate::{
    Caller, Services,
    access::Denied,
    placement::{
        PlacementError,
        organisations::{Standing, find},
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// Adds a site to an organisation: the institution's own when its people add it, shared when the organisation does.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.sites.create", skip_all, fields(organisation.id = %organisation))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    organisation: OrganisationId,
    input: &SiteInput,
) -> Result<Site, PlacementError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let standing = Standing::of(work.people(), caller).await?;
    find(work.placement(), &standing, organisation).await?;
    let tenant = caller.tenant_with(Permission::SiteManage)?;
    let owner = match (standing.staff, standing.administers(organisation)) {
        (true, _) => Some(tenant),
        (false, true) => None,
        (false, false) => {
            return Err(Denied {
                permission: Permission::SiteManage,
            }
            .into());
        }
    };
    let mut broken = BrokenRules::default();
    let draft = input.over(SiteDraft::default(), &mut broken);
    let id = SiteId::new(services.ids.next());
    let site = match Site::create(id, organisation, owner, draft) {
        Ok(site) if broken.is_empty() => site,
        Ok(_) => return Err(broken.into()),
        Err(found) => {
            broken.extend(found);
            return Err(broken.into());
        }
    };
    let object = (Object::Site(id), tenant);
    let trail = record::of(services, caller, "placement.create_site", object, values(&site));
    work.placement().save_site(&site, None, &trail).await?;
    work.commit().await?;
    Ok(site)
}
