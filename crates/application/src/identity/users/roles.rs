//! Giving and taking roles.

use ipt_domain::{
    id::{OrganisationId, TenantId, UserId},
    identity::{
        membership::Membership,
        role::{Role, RoleChange, Roles, check_role_change},
        tenant_role::{FurtherRole, RoleName},
    },
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
    pub(super) before: &'a GivenRoles,
    /// The roles afterwards.
    pub(super) after: &'a GivenRoles,
}

/// Roles of a membership: of the product, each once in the order of the table, and of the institution, each once by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::identity) struct GivenRoles {
    pub(in crate::identity) standard: Vec<Role>,
    pub(in crate::identity) further: Vec<FurtherRole>,
}

impl GivenRoles {
    /// Those of a membership.
    pub(super) fn of(membership: &Membership) -> Self {
        Self {
            standard: membership.roles.clone(),
            further: membership.further.clone(),
        }
    }

    /// Those named; a name that stands for no role of the institution is added to the broken rules.
    pub(super) async fn named(
        reader: &mut dyn Reader,
        tenant: TenantId,
        names: &[RoleName],
        broken: &mut BrokenRules,
    ) -> Result<Self, IdentityError> {
        let (mut standard, mut keys) = (Vec::new(), Vec::new());
        for name in names {
            match name {
                RoleName::Standard(role) => standard.push(*role),
                RoleName::Further(key) => keys.push(key.clone()),
            }
        }
        keys.sort_unstable();
        keys.dedup();
        let found = reader.roles().tenant_roles_by_key(tenant, &keys).await?;
        let further: Vec<FurtherRole> = found.into_iter().map(|found| found.role).collect();
        let unknown = keys
            .into_iter()
            .filter(|key| further.iter().all(|role| role.key != *key));
        broken.extend(unknown.map(IdentityViolation::RoleUnknown));
        Ok(Self {
            standard: in_order(standard),
            further,
        })
    }

    /// These and others.
    pub(super) fn and(&self, others: Self) -> Self {
        let mut further = self.further.clone();
        further.extend(
            others
                .further
                .into_iter()
                .filter(|role| self.further.iter().all(|own| own.id != role.id)),
        );
        further.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        Self {
            standard: in_order(self.standard.iter().copied().chain(others.standard)),
            further,
        }
    }

    fn is_empty(&self) -> bool {
        self.standard.is_empty() && self.further.is_empty()
    }

    fn as_roles(&self) -> Roles<'_> {
        Roles {
            standard: &self.standard,
            further: &self.further,
        }
    }
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
        before: wanted.before.as_roles(),
        after: wanted.after.as_roles(),
    };
    if let Err(refusal) = check_role_change(caller.user_id(), reach.held(), change) {
        broken.push(IdentityViolation::of_roles(refusal).map_err(IdentityError::Roles)?);
    }
    let unknown = broken.iter().any(|violation| violation.code() == "role_unknown");
    if wanted.after.is_empty() && !unknown {
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
fn in_order(roles: impl IntoIterator<Item = Role>) -> Vec<Role> {
    let given: Vec<Role> = roles.into_iter().collect();
    Role::ALL
        .into_iter()
        .filter(|role| given.contains(role))
        .collect()
}
