//! Changing a site.

use ipt_domain::{
    id::SiteId,
    identity::permission::Permission,
    placement::site::{Site, SiteDraft},
    version::Version,
};
use serde_json::json;

use super::{SiteInput, values};
use crate::{
    Caller, Services,
    access::Denied,
    concurrency::{check_seen, settle},
    placement::{
        PlacementError,
        organisations::{Standing, find},
        record::{self, Object},
    },
    rules::BrokenRules,
};

/// What to change.
#[derive(Clone, Debug)]
pub struct Command {
    /// Which site.
    pub id: SiteId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The changes.
    pub input: SiteInput,
}

/// Changes a site: the institution's own by its people, a shared one by the organisation's administrators.
///
/// # Errors
/// [`PlacementError::NotFound`], [`PlacementError::Denied`], [`PlacementError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.sites.update", skip_all, fields(site.id = %command.id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Site, PlacementError> {
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(services: &Services, caller: &Caller, command: &Command) -> Result<Site, PlacementError> {
    let mut work = services.database.begin(caller.scope()).await?;
    let standing = Standing::of(work.people(), caller).await?;
    let found = work.placement().site(command.id).await?;
    let before = found.ok_or(PlacementError::NotFound("site"))?;
    let organisation = before.organisation_id();
    let seen = find(work.placement(), &standing, organisation).await;
    seen.map_err(|error| match error {
        PlacementError::NotFound(_) => PlacementError::NotFound("site"),
        other => other,
    })?;
    let tenant = caller.tenant_with(Permission::SiteManage)?;
    let keeps = match before.owner() {
        Some(owner) => standing.staff && owner == tenant,
        None => standing.administers(organisation),
    };
    if !keeps {
        return Err(Denied {
            permission: Permission::SiteManage,
        }
        .into());
    }
    check_seen(command.seen, before.version())?;
    let mut broken = BrokenRules::default();
    let draft = command.input.over(SiteDraft::from(&before), &mut broken);
    let after = match before.clone().amended(draft) {
        Ok(after) if broken.is_empty() => after,
        Ok(_) => return Err(broken.into()),
        Err(found) => {
            broken.extend(found);
            return Err(broken.into());
        }
    };
    let values = json!({ "before": values(&before), "after": values(&after) });
    let object = (Object::Site(command.id), tenant);
    let trail = record::of(services, caller, "placement.update_site", object, values);
    work.placement()
        .save_site(&after, Some(before.version()), &trail)
        .await?;
    work.commit().await?;
    Ok(after)
}
