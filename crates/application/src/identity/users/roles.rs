//! Giving and taking roles.

use ipt_domain::{
    id::{OrganisationId, UserId},
    identity::role::{Role, RoleChange, check_role_change},
};
use ipt_ports::Reader;

use super::reach::Reach;
use crate::{
    Caller,
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
};

/// Roles for one membership.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// Whose.
    pub(super) subject: UserId,
    /// The membership's organisation.
    pub(super) organisation: Option<OrganisationId>,
    /// The roles before.
    pub(super) before: &'a [Role],
    /// The roles afterwards.
    pub(super) after: &'a [Role],
}

/// Checks that the caller may change the roles so. What is no matter of rights is added to the broken rules.
///
/// # Errors
/// [`IdentityError::Roles`].
pub(super) fn check(
    caller: &Caller,
    reach: &Reach,
    wanted: Wanted<'_>,
    broken: &mut BrokenRules,
) -> Result<(), IdentityError> {
    let change = RoleChange {
        subject: wanted.subject,
        tenant: Some(reach.tenant),
        organisation: wanted.organisation,
        before: wanted.before,
        after: wanted.after,
    };
    if let Err(refusal) = check_role_change(caller.user_id(), reach.held(), change) {
        broken.push(IdentityViolation::of_roles(refusal).map_err(IdentityError::Roles)?);
    }
    if wanted.after.is_empty() {
        broken.push(IdentityViolation::RolesRequired);
    }
    Ok(())
}

/// Whether the institution has anything to do with an organisation; one's own always counts.
pub(super) async fn check_organisation(
    reader: &mut dyn Reader,
    reach: &Reach,
    organisation: Option<OrganisationId>,
    broken: &mut BrokenRules,
) -> Result<(), IdentityError> {
    let Some(organisation) = organisation else {
        return Ok(());
    };
    if reach
        .organisations
        .as_ref()
        .is_some_and(|own| own.contains(&organisation))
    {
        return Ok(());
    }
    let found = reader
        .placement()
        .organisation(organisation, Some(reach.tenant))
        .await?;
    if found.is_none_or(|view| view.relation.is_none()) {
        broken.push(IdentityViolation::OrganisationUnknown);
    }
    Ok(())
}

/// Each role once, in the order of the table.
pub(super) fn in_order(roles: impl IntoIterator<Item = Role>) -> Vec<Role> {
    let given: Vec<Role> = roles.into_iter().collect();
    Role::ALL
        .into_iter()
        .filter(|role| given.contains(role))
        .collect()
}
