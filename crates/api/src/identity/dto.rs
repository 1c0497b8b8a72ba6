//! People, as they go over the wire.

use std::collections::BTreeSet;

use ipt_application::identity::{Me, TenantSummary};
use ipt_domain::identity::{role::Role, tenant_role::RoleKey};
use ipt_ports::identity::{MembershipView, UserView};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{AnyRoleName, MembershipStatusName, Named, PermissionName, Timestamp};

/// An institution in a few words.
#[derive(Serialize, ToSchema)]
#[schema(as = TenantSummary)]
pub(super) struct TenantDto {
    id: Uuid,
    /// The code, as it is given at sign-in.
    #[schema(example = "udsm")]
    code: String,
    name: String,
    /// The time zone, as an IANA name.
    #[schema(example = "Africa/Dar_es_Salaam")]
    timezone: String,
}

impl From<TenantSummary> for TenantDto {
    fn from(tenant: TenantSummary) -> Self {
        let TenantSummary {
            id,
            code,
            name,
            timezone,
        } = tenant;
        Self {
            id: id.uuid(),
            code,
            name,
            timezone,
        }
    }
}

/// An organisation in a few words.
#[derive(Serialize, ToSchema)]
pub(super) struct OrganisationName {
    id: Uuid,
    name: String,
}

/// What gives a person rights: roles in an institution, or over the deployment.
#[derive(Serialize, ToSchema)]
#[schema(as = Membership)]
pub(super) struct MembershipDto {
    id: Uuid,
    /// The institution; null for the deployment.
    tenant: Option<TenantDto>,
    /// The organisation, for roles in one.
    organisation: Option<OrganisationName>,
    roles: Vec<AnyRoleName>,
    status: MembershipStatusName,
}

impl From<MembershipView> for MembershipDto {
    fn from(view: MembershipView) -> Self {
        let membership = view.membership;
        let tenant = membership.tenant_id.map(|id| TenantDto {
            id: id.uuid(),
            code: view.tenant_code.unwrap_or_default(),
            name: view.tenant_name.unwrap_or_default(),
            timezone: view.tenant_zone.unwrap_or_default(),
        });
        let organisation = membership.organisation_id.map(|id| OrganisationName {
            id: id.uuid(),
            name: view.organisation_name.unwrap_or_default(),
        });
        Self {
            id: membership.id.uuid(),
            tenant,
            organisation,
            roles: names(
                membership.roles,
                membership.further.into_iter().map(|role| role.key),
            ),
            status: Named(membership.status),
        }
    }
}

/// Roles by their names, the product's first.
fn names(
    standard: impl IntoIterator<Item = Role>,
    further: impl IntoIterator<Item = RoleKey>,
) -> Vec<AnyRoleName> {
    let standard = standard.into_iter().map(|role| AnyRoleName(role.into()));
    standard
        .chain(further.into_iter().map(AnyRoleName::from))
        .collect()
}

/// What a person is told about oneself.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub(super) struct MeDto {
    id: Uuid,
    email: String,
    full_name: String,
    email_verified: bool,
    /// The institution in which one acts; null for the deployment.
    tenant: Option<TenantDto>,
    /// The roles held there.
    roles: Vec<AnyRoleName>,
    /// What one may do there.
    permissions: Vec<PermissionName>,
    memberships: Vec<MembershipDto>,
}

impl From<Me> for MeDto {
    fn from(me: Me) -> Self {
        Self {
            id: me.account.id.uuid(),
            email: me.account.email.as_str().to_owned(),
            full_name: me.account.full_name.as_str().to_owned(),
            email_verified: me.account.is_verified(),
            tenant: me.tenant.map(TenantDto::from),
            roles: names(me.roles, me.further),
            permissions: me.permissions.iter().map(Named).collect(),
            memberships: me.memberships.into_iter().map(MembershipDto::from).collect(),
        }
    }
}

/// A person, as an institution sees them.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(super) struct UserDto {
    id: Uuid,
    email: String,
    full_name: String,
    email_verified: bool,
    /// `disabled` when no membership here gives rights.
    status: MembershipStatusName,
    /// The roles that are held here.
    roles: Vec<AnyRoleName>,
    /// The language for mails, as a BCP 47 tag.
    #[schema(example = "en")]
    language: String,
    /// Until when failures to sign in lock the account; a moment that has passed means nothing any more.
    locked_until: Option<Timestamp>,
    memberships: Vec<MembershipDto>,
    version: u32,
    created_at: Timestamp,
}

impl From<UserView> for UserDto {
    fn from(view: UserView) -> Self {
        use ipt_domain::identity::membership::MembershipStatus::{Active, Disabled};

        let UserView { account, memberships } = view;
        let active = || {
            memberships
                .iter()
                .map(|view| &view.membership)
                .filter(|membership| membership.is_active())
        };
        let enabled = !account.is_disabled() && active().next().is_some();
        let held = |role: &Role| active().any(|membership| membership.roles.contains(role));
        let further: BTreeSet<RoleKey> = active()
            .flat_map(|membership| membership.further.iter().map(|role| role.key.clone()))
            .collect();
        Self {
            id: account.id.uuid(),
            email: account.email.as_str().to_owned(),
            full_name: account.full_name.as_str().to_owned(),
            email_verified: account.is_verified(),
            status: Named(if enabled { Active } else { Disabled }),
            roles: names(Role::ALL.into_iter().filter(held), further),
            language: account.language.clone(),
            locked_until: account.lockout.locked_until().map(Timestamp),
            version: account.version.number(),
            created_at: Timestamp(account.created_at),
            memberships: memberships.into_iter().map(MembershipDto::from).collect(),
        }
    }
}
