//! What adding a person comes to, once everything is looked at.

use ipt_domain::{
    Instant,
    id::{MembershipId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        membership::{Membership, MembershipStatus},
        name::PersonName,
        permission::Permission,
        profile::Profile,
    },
    version::Version,
};
use ipt_ports::{Reader, identity::Credentials};

use super::Command;
use crate::{
    Caller, Services,
    identity::{
        IdentityError, IdentityViolation, password,
        profiles::{self, Body},
        users::{
            reach::Reach,
            roles::{self, GivenRoles, Wanted},
            subject::changed,
        },
    },
    rules::BrokenRules,
};

/// What is to be stored.
pub(super) struct Plan {
    /// The institution.
    pub(super) tenant: TenantId,
    /// The account.
    pub(super) account: Account,
    /// The version that it replaces; none for a new account.
    pub(super) replaces: Option<Version>,
    /// Whether the person still has to set a password.
    pub(super) waits: bool,
    /// Whether the person had no membership here before.
    pub(super) newcomer: bool,
    /// The membership.
    pub(super) membership: Membership,
    /// The version that it replaces; none for a new membership.
    pub(super) membership_replaces: Option<Version>,
    /// The profile, if anything is to stand there.
    pub(super) profile: Option<Profile>,
}

/// Looks at everything and decides.
pub(super) async fn plan(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Plan, IdentityError> {
    caller.tenant_with(Permission::UserManage).or_else(|denied| {
        caller
            .tenant_with(Permission::UserManageInOrganisation)
            .map_err(|_| denied)
    })?;
    let mut reader = services.database.read(caller.scope()).await?;
    let reach = Reach::of(reader.people(), caller, Permission::UserManage).await?;
    let mut broken = BrokenRules::default();
    let email = broken.keep(EmailAddress::parse(&command.email).map_err(IdentityViolation::Email));
    let known = known(reader.as_mut(), email.as_ref()).await?;
    let has_password = match &known {
        Some(known) => known.password.is_some(),
        None => command.password.is_some(),
    };
    let known = known.map(|known| known.account);
    let here = memberships(reader.as_mut(), known.as_ref(), &reach).await?;
    let newcomer = here.is_empty();
    let held = here
        .into_iter()
        .find(|held| held.organisation_id == command.organisation_id);
    let before = held.as_ref().map(GivenRoles::of).unwrap_or_default();
    let named = GivenRoles::named(reader.as_mut(), reach.tenant, &command.roles, &mut broken).await?;
    let after = before.and(named);
    let id = known
        .as_ref()
        .map_or_else(|| UserId::new(services.ids.next()), |account| account.id);
    let wanted = Wanted {
        subject: id,
        organisation: command.organisation_id,
        before: &before,
        after: &after,
    };
    roles::check(caller, &reach, wanted, &mut broken)?;
    roles::check_organisation(reader.as_mut(), &reach, command.organisation_id, &mut broken).await?;
    let profile = described(reader.as_mut(), (reach.tenant, id), command, &after, &mut broken).await?;
    drop(reader);
    if held
        .as_ref()
        .is_some_and(|held| !held.is_active() || before == after)
    {
        broken.push(IdentityViolation::MembershipExists);
    }
    let name = broken.keep(PersonName::parse(&command.full_name).map_err(IdentityViolation::FullName));
    check_password(
        services,
        command,
        known.is_some(),
        (email.as_ref(), name.as_ref()),
        &mut broken,
    );
    broken.into_result()?;
    let now = services.clock.now();
    let (account, replaces) = account(known, (id, email, name), has_password, now)?;
    let membership_replaces = held.as_ref().map(|held| held.version);
    let fresh = (MembershipId::new(services.ids.next()), id, now);
    let membership = grown(held, fresh, reach.tenant, command, after);
    Ok(Plan {
        tenant: reach.tenant,
        waits: !has_password && !account.is_verified(),
        newcomer,
        account,
        replaces,
        membership,
        membership_replaces,
        profile,
    })
}

/// The profile as it is to be stored, if the command says anything of it.
async fn described(
    reader: &mut dyn Reader,
    (tenant, user): (TenantId, UserId),
    command: &Command,
    roles: &GivenRoles,
    broken: &mut BrokenRules,
) -> Result<Option<Profile>, IdentityError> {
    if command.profile.is_empty() {
        return Ok(None);
    }
    let found = reader.profiles().profile(tenant, user).await?;
    let before = found.unwrap_or(Profile::empty(tenant, user));
    let place = (roles.standard.as_slice(), Body::Person);
    let after = profiles::apply(reader.placement(), &before, &command.profile, place, broken).await?;
    Ok(Some(after))
}

/// The account as it is to be stored, and the version that it replaces.
fn account(
    known: Option<Account>,
    (id, email, name): (UserId, Option<EmailAddress>, Option<PersonName>),
    has_password: bool,
    now: Instant,
) -> Result<(Account, Option<Version>), IdentityError> {
    match (known, email, name) {
        (Some(account), _, _) => {
            let (account, replaces) = changed(account);
            // An account is disabled as a whole only while every membership is.
            let enabled = Account {
                disabled_at: None,
                ..account
            };
            Ok((enabled, Some(replaces)))
        }
        (None, Some(email), Some(name)) => {
            let account = Account {
                email_verified_at: has_password.then_some(now),
                ..Account::new(id, email, name, now)
            };
            Ok((account, None))
        }
        (None, _, _) => Err(IdentityError::UserNotFound),
    }
}

/// The account with this address.
async fn known(
    reader: &mut dyn Reader,
    email: Option<&EmailAddress>,
) -> Result<Option<Credentials>, IdentityError> {
    match email {
        Some(email) => Ok(reader.people().credentials_by_email(email).await?),
        None => Ok(None),
    }
}

/// The memberships that a known person has here already.
async fn memberships(
    reader: &mut dyn Reader,
    known: Option<&Account>,
    reach: &Reach,
) -> Result<Vec<Membership>, IdentityError> {
    let Some(account) = known else {
        return Ok(Vec::new());
    };
    let memberships = reader.people().memberships(account.id).await?;
    Ok(memberships
        .into_iter()
        .map(|view| view.membership)
        .filter(|held| held.tenant_id == Some(reach.tenant))
        .collect())
}

/// The password of a new person is a good one, and a known one keeps the own.
fn check_password(
    services: &Services,
    command: &Command,
    known: bool,
    (email, name): (Option<&EmailAddress>, Option<&PersonName>),
    broken: &mut BrokenRules,
) {
    match (known, &command.password, email) {
        (true, Some(_), _) => broken.push(IdentityViolation::PasswordNotAllowed),
        (false, Some(password), Some(email)) => {
            broken.extend(password::judge(services, (password, "/password"), email, name));
        }
        (_, None, _) | (false, Some(_), None) => {}
    }
}

/// The membership with the roles that it has from now on.
fn grown(
    held: Option<Membership>,
    (id, user_id, created_at): (MembershipId, UserId, Instant),
    tenant: TenantId,
    command: &Command,
    roles: GivenRoles,
) -> Membership {
    match held {
        Some(held) => Membership {
            roles: roles.standard,
            further: roles.further,
            version: held.version.next(),
            ..held
        },
        None => Membership {
            id,
            user_id,
            tenant_id: Some(tenant),
            organisation_id: command.organisation_id,
            roles: roles.standard,
            further: roles.further,
            status: MembershipStatus::Active,
            created_at,
            version: Version::FIRST,
        },
    }
}
