//! The directory: every organisation of the deployment, by what everybody may know of it.

use ipt_domain::{identity::permission::Permission, placement::organisation::Organisation};
use ipt_ports::{
    page::{Page, PageRequest},
    placement::{NameSort, OrganisationFilter, OrganisationView},
};

use crate::{Caller, Services, placement::PlacementError};

/// Which organisations are wanted.
#[derive(Clone, Debug)]
pub struct Command {
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

/// An organisation as it stands in the directory.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The organisation; of it, the name, the sector, the city and the country are for everybody.
    pub organisation: Organisation,
    /// Whether the caller's institution deals with it. What others do is not told.
    pub related: bool,
}

impl From<OrganisationView> for Entry {
    fn from(view: OrganisationView) -> Self {
        Self {
            organisation: view.organisation,
            related: view.relation.is_some(),
        }
    }
}

/// A page of the directory; and how many there are if that was asked.
///
/// # Errors
/// [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.organisations.directory", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: Command,
) -> Result<(Page<Entry>, Option<u64>), PlacementError> {
    let tenant = caller.tenant_with(Permission::OrganisationRead)?;
    let filter = OrganisationFilter {
        tenant: Some(tenant),
        directory: true,
        sector: command.sector,
        city: command.city,
        text: command.text,
        ..OrganisationFilter::default()
    };
    let mut reader = services.database.read(caller.scope()).await?;
    let page = reader
        .placement()
        .organisation_page(&filter, &command.page)
        .await?;
    let total = if command.count {
        Some(reader.placement().organisation_count(&filter).await?)
    } else {
        None
    };
    Ok((page.map(Entry::from), total))
}
