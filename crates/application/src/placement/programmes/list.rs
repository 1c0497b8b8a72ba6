//! The programmes of the institution.

use ipt_domain::{identity::permission::Permission, placement::programme::Programme};
use ipt_ports::{
    page::{Page, PageRequest},
    placement::NameSort,
};

use crate::{Caller, Services, placement::PlacementError};

/// Which programmes are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// Whose name or code contains this.
    pub text: Option<String>,
    /// The page.
    pub page: PageRequest<NameSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of programmes, and how many there are if that was asked.
///
/// # Errors
/// [`PlacementError::Denied`].
#[tracing::instrument(name = "usecase.placement.programmes.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<(Page<Programme>, Option<u64>), PlacementError> {
    caller.tenant_with(Permission::ProgrammeRead)?;
    let mut reader = services.database.read(caller.scope()).await?;
    let text = command.text.as_deref();
    let page = reader.placement().programme_page(text, &command.page).await?;
    let total = if command.count {
        Some(reader.placement().programme_count(text).await?)
    } else {
        None
    };
    Ok((page, total))
}
