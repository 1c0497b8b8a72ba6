//! The sites of an organisation.

use ipt_domain::{id::OrganisationId, placement::site::Site};
use ipt_ports::{
    page::{Page, PageRequest},
    placement::NameSort,
};

use crate::{
    Caller, Services,
    placement::{
        PlacementError,
        organisations::{Standing, find},
    },
};

/// A page of an organisation's sites, the shared ones and the institution's own, and how many there are if that was asked.
///
/// # Errors
/// [`PlacementError::Denied`], [`PlacementError::NotFound`].
#[tracing::instrument(name = "usecase.placement.sites.list", skip_all, fields(organisation.id = %organisation))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    organisation: OrganisationId,
    page: &PageRequest<NameSort>,
    count: bool,
) -> Result<(Page<Site>, Option<u64>), PlacementError> {
    let mut reader = services.database.read(caller.scope()).await?;
    let standing = Standing::of(reader.people(), caller).await?;
    find(reader.placement(), &standing, organisation).await?;
    let sites = reader.placement().site_page(organisation, page).await?;
    let total = if count {
        Some(reader.placement().site_count(organisation).await?)
    } else {
        None
    };
    Ok((sites, total))
}
