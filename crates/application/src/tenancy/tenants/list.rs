//! The institutions of the deployment.

use ipt_domain::tenancy::institution::Institution;
use ipt_ports::{
    Scope, SystemScope,
    page::{Page, PageRequest},
    tenancy::InstitutionSort,
};

use super::check_keeper;
use crate::{Caller, Services, tenancy::TenancyError};

/// Which institutions are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// Whose name or code contains this.
    pub text: Option<String>,
    /// The page.
    pub page: PageRequest<InstitutionSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of institutions, and how many there are if that was asked.
///
/// # Errors
/// [`TenancyError::Denied`].
#[tracing::instrument(name = "usecase.tenancy.tenants.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<(Page<Institution>, Option<u64>), TenancyError> {
    check_keeper(caller)?;
    let mut reader = services
        .database
        .read(Scope::System(SystemScope::Operator))
        .await?;
    let text = command.text.as_deref();
    let page = reader.tenancy().institution_page(text, &command.page).await?;
    let total = if command.count {
        Some(reader.tenancy().institution_count(text).await?)
    } else {
        None
    };
    Ok((page, total))
}
