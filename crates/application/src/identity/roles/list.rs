//! The roles that the institution defines.

use ipt_domain::identity::{permission::Permission, tenant_role::TenantRole};
use ipt_ports::{
    identity::RoleSort,
    page::{Page, PageRequest},
};

use crate::{Caller, Services, identity::IdentityError};

/// Which roles are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// Whose name or key contains this.
    pub text: Option<String>,
    /// The page.
    pub page: PageRequest<RoleSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of roles, for those who look after people, and how many there are if that was asked.
///
/// # Errors
/// [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.roles.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<(Page<TenantRole>, Option<u64>), IdentityError> {
    caller.tenant_with(Permission::UserRead)?;
    let mut reader = services.database.read(caller.scope()).await?;
    let text = command.text.as_deref();
    let page = reader.roles().tenant_role_page(text, &command.page).await?;
    let total = if command.count {
        Some(reader.roles().tenant_role_count(text).await?)
    } else {
        None
    };
    Ok((page, total))
}
