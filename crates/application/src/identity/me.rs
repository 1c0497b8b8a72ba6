//! What a person is told about oneself.

use std::collections::BTreeSet;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{
        account::Account, membership::Membership, permission::PermissionSet, role::Role, tenant_role::RoleKey,
    },
    tenancy::institution::Institution,
};
use ipt_ports::{Scope, SystemScope, identity::MembershipView};

use super::{IdentityError, principal};
use crate::{Caller, Services};

/// An institution in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantSummary {
    /// Its id.
    pub id: TenantId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its time zone, as an IANA name.
    pub timezone: String,
}

/// What a person is told about oneself.
#[derive(Clone, Debug)]
pub struct Me {
    /// The account.
    pub account: Account,
    /// The institution in which the person acts; none: the deployment.
    pub tenant: Option<TenantSummary>,
    /// The roles held there, in the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// The roles of the institution held there, by their keys.
    pub further: Vec<RoleKey>,
    /// What the person may do there.
    pub permissions: PermissionSet,
    /// Every membership, disabled ones included.
    pub memberships: Vec<MembershipView>,
}

/// Tells the caller about oneself.
///
/// # Errors
/// [`IdentityError::InvalidToken`] when the rights are gone meanwhile; the database's.
#[tracing::instrument(name = "usecase.identity.me", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Me, IdentityError> {
    let entered = caller.entered_for.is_some();
    load(services, caller.user_id(), caller.tenant_id(), entered).await
}

/// Reads what a person acting in `tenant`, perhaps because it was entered, is told about oneself.
pub(super) async fn load(
    services: &Services,
    user: UserId,
    tenant: Option<TenantId>,
    entered: bool,
) -> Result<Me, IdentityError> {
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let credentials = reader
        .people()
        .credentials(user)
        .await?
        .ok_or(IdentityError::InvalidToken)?;
    let memberships = reader.people().memberships(user).await?;
    drop(reader);
    let mut me =
        Me::of(credentials.account, tenant, memberships, entered).ok_or(IdentityError::InvalidToken)?;
    if let (Some(entered), None) = (tenant, &me.tenant) {
        let mut reader = services
            .database
            .read(Scope::System(SystemScope::Operator))
            .await?;
        me.tenant = reader
            .tenancy()
            .institution(entered)
            .await?
            .as_ref()
            .map(TenantSummary::of);
    }
    Ok(me)
}

impl Me {
    /// A person acting in `tenant`; none without rights there. Of an institution entered without a membership the summary
    /// is missing.
    pub(super) fn of(
        account: Account,
        tenant: Option<TenantId>,
        memberships: Vec<MembershipView>,
        entered: bool,
    ) -> Option<Self> {
        let held: Vec<Membership> = memberships.iter().map(|view| view.membership.clone()).collect();
        let permissions = principal::actor_in(account.id, tenant, &held, entered)?.permissions_here();
        let place = if principal::is_member(&held, tenant) {
            tenant
        } else {
            None
        };
        let there: Vec<&Membership> = held
            .iter()
            .filter(|membership| membership.is_active() && membership.tenant_id == place)
            .collect();
        let roles_there: Vec<Role> = there.iter().flat_map(|held| held.roles.iter().copied()).collect();
        let further = there
            .iter()
            .flat_map(|held| held.further.iter().map(|role| role.key.clone()));
        let further: BTreeSet<RoleKey> = further.collect();
        let roles = Role::ALL
            .into_iter()
            .filter(|role| roles_there.contains(role))
            .collect();
        let tenant = tenant.and_then(|tenant| memberships.iter().find_map(|view| summary(view, tenant)));
        Some(Self {
            account,
            tenant,
            roles,
            further: further.into_iter().collect(),
            permissions,
            memberships,
        })
    }
}

impl TenantSummary {
    /// An institution in a few words.
    pub(super) fn of(institution: &Institution) -> Self {
        Self {
            id: institution.id(),
            code: institution.code().as_str().to_owned(),
            name: institution.name().to_owned(),
            timezone: institution.calendar().zone().name().to_owned(),
        }
    }
}

/// The institution of a membership, when it is this one.
fn summary(view: &MembershipView, tenant: TenantId) -> Option<TenantSummary> {
    if view.membership.tenant_id != Some(tenant) {
        return None;
    }
    Some(TenantSummary {
        id: tenant,
        code: view.tenant_code.clone()?,
        name: view.tenant_name.clone()?,
        timezone: view.tenant_zone.clone()?,
    })
}
