//! The membership whose roles change.

use ipt_domain::{
    id::MembershipId,
    identity::membership::{Membership, MembershipStatus},
    version::Version,
};

use super::Command;
use crate::{
    Caller, Services,
    identity::{
        IdentityError,
        users::{
            reach::Reach,
            roles::{self, GivenRoles, Wanted},
            subject::Subject,
        },
    },
    rules::BrokenRules,
};
use ipt_domain::identity::{permission::Permission, role::RoleChangeRefusal};

/// A membership with its new roles, and the version that it replaces; none for a new one.
pub(super) struct NewRoles {
    pub(super) membership: Membership,
    pub(super) replaces: Option<Version>,
}

/// The roles that the command asks for, if any: of the membership in the organisation named, else of the only one.
pub(super) async fn new_roles(
    services: &Services,
    caller: &Caller,
    command: &Command,
    subject: &Subject,
    reach: Option<&Reach>,
    broken: &mut BrokenRules,
) -> Result<Option<NewRoles>, IdentityError> {
    let Some(wanted) = &command.roles else {
        return Ok(None);
    };
    let tenant = caller
        .tenant_id()
        .ok_or(IdentityError::denied(Permission::UserManage))?;
    let held = target(command, subject);
    let before = held.map(GivenRoles::of).unwrap_or_default();
    let mut reader = services.database.read(caller.scope()).await?;
    let after = GivenRoles::named(reader.as_mut(), tenant, wanted, broken).await?;
    if held.is_some() && before == after {
        return Ok(None);
    }
    if command.user == caller.user_id() {
        return Err(IdentityError::Roles(RoleChangeRefusal::OwnRoles));
    }
    let reach = reach.ok_or(IdentityError::denied(Permission::UserManage))?;
    let organisation = held.map_or(command.organisation_id, |held| held.organisation_id);
    let change = Wanted {
        subject: command.user,
        organisation,
        before: &before,
        after: &after,
    };
    roles::check(caller, reach, change, broken)?;
    if held.is_none() {
        roles::check_organisation(reader.as_mut(), reach, organisation, broken).await?;
    }
    let membership = match held {
        Some(held) => Membership {
            roles: after.standard,
            further: after.further,
            version: held.version.next(),
            ..held.clone()
        },
        None => Membership {
            id: MembershipId::new(services.ids.next()),
            user_id: command.user,
            tenant_id: Some(reach.tenant),
            organisation_id: organisation,
            roles: after.standard,
            further: after.further,
            status: MembershipStatus::Active,
            created_at: services.clock.now(),
            version: Version::FIRST,
        },
    };
    Ok(Some(NewRoles {
        membership,
        replaces: held.map(|held| held.version),
    }))
}

/// The membership in the organisation named; when none is named, the one in no organisation, or the only one.
fn target<'a>(command: &Command, subject: &'a Subject) -> Option<&'a Membership> {
    let named = |membership: &&Membership| membership.organisation_id == command.organisation_id;
    match (
        subject.here.iter().find(named),
        command.organisation_id,
        subject.here.as_slice(),
    ) {
        (Some(found), _, _) => Some(found),
        (None, None, [only]) => Some(only),
        (None, _, _) => None,
    }
}
