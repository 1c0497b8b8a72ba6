//! The people of the institution.

use ipt_domain::{
    id::OrganisationId,
    identity::{membership::MembershipStatus, permission::Permission, tenant_role::RoleName},
};
use ipt_ports::{
    identity::{UserFilter, UserSort, UserView},
    page::{Page, PageRequest},
};

use super::reach::Reach;
use crate::{
    Caller, Services,
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
};

/// Which people are wanted.
#[derive(Clone, Debug)]
pub struct Command {
    /// With this role.
    pub role: Option<RoleName>,
    /// With a membership in this status.
    pub status: Option<MembershipStatus>,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Whose name or address contains this.
    pub text: Option<String>,
    /// The page.
    pub page: PageRequest<UserSort>,
    /// Whether their number is wanted.
    pub count: bool,
}

/// A page of people, and how many there are if that was asked.
///
/// # Errors
/// [`IdentityError::Denied`].
#[tracing::instrument(name = "usecase.identity.users.list", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: Command,
) -> Result<(Page<UserView>, Option<u64>), IdentityError> {
    caller.tenant_with(Permission::UserRead).or_else(|denied| {
        caller
            .tenant_with(Permission::UserManageInOrganisation)
            .map_err(|_| denied)
    })?;
    let mut reader = services.database.read(caller.scope()).await?;
    let reach = Reach::of(reader.people(), caller, Permission::UserRead).await?;
    let filter = UserFilter {
        tenant: Some(reach.tenant),
        role: command.role,
        status: command.status,
        organisation_id: organisation(&reach, command.organisation_id)?,
        text: command.text,
    };
    let page = reader.people().user_page(&filter, &command.page).await?;
    let total = if command.count {
        Some(reader.people().user_count(&filter).await?)
    } else {
        None
    };
    let page = page.map(|view| UserView {
        memberships: reach.shown(view.memberships),
        ..view
    });
    Ok((page, total))
}

/// The organisation to look into: an organisation's administrator sees the own one's people only.
fn organisation(
    reach: &Reach,
    wanted: Option<OrganisationId>,
) -> Result<Option<OrganisationId>, IdentityError> {
    match (&reach.organisations, wanted) {
        (None, wanted) => Ok(wanted),
        (Some(own), Some(wanted)) if own.contains(&wanted) => Ok(Some(wanted)),
        (Some(own), None) => match own.as_slice() {
            [only] => Ok(Some(*only)),
            [] => Err(IdentityError::denied(Permission::UserRead)),
            _ => Err(BrokenRules::one(IdentityViolation::OrganisationAmbiguous).into()),
        },
        (Some(_), Some(_)) => Err(IdentityError::denied(Permission::UserRead)),
    }
}
