//! The organisations that an institution deals with.

use ipt_ports::{
    page::{Page, PageRequest},
    placement::{NameSort, OrganisationFilter, OrganisationView},
};

use super::Standing;
use crate::{Caller, Services, placement::PlacementError};

/// Which organisations are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// Only (or only not) verified ones.
    pub verified: Option<bool>,
    /// In this sector.
    pub sector: Option<String>,
    /// In this city.
    pub city: Option<String>,
    /// Whose name contains this.
    pub text: Option<String>,
    /// The page.
    pub page: PageRequest<NameSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of the organisations to which the institution has a relation, and the caller's own; and how many there are if
/// that was asked.
///
/// # Errors
/// [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.organisations.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: Command,
) -> Result<(Page<OrganisationView>, Option<u64>), PlacementError> {
    let mut reader = services.database.read(caller.scope()).await?;
    let standing = Standing::of(reader.people(), caller).await?;
    let filter = OrganisationFilter {
        tenant: Some(standing.tenant),
        directory: false,
        own: standing.own.clone(),
        verified: command.verified,
        sector: command.sector,
        city: command.city,
        text: command.text,
    };
    let page = reader
        .placement()
        .organisation_page(&filter, &command.page)
        .await?;
    let total = if command.count {
        Some(reader.placement().organisation_count(&filter).await?)
    } else {
        None
    };
    Ok((page.map(|view| standing.shown(view)), total))
}
