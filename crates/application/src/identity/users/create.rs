//! Adding a person to the institution.

mod plan;

use ipt_domain::{id::OrganisationId, identity::tenant_role::RoleName};
use ipt_ports::{
    engagement::Trail,
    identity::{Credentials, UserView},
};
use secrecy::SecretString;
use serde_json::json;

use super::{invite::invite, record, subject::shown};
use crate::{
    Caller, Services,
    concurrency::settle,
    engagement::{About, account_mail},
    identity::{
        IdentityError,
        profiles::{Body, ProfileChange, number_taken},
    },
};
use plan::{Plan, plan};

/// Whom to add.
#[derive(Clone, Debug)]
pub struct Command {
    /// The mail address.
    pub email: String,
    /// The full name; an existing person keeps the own one.
    pub full_name: String,
    /// The roles to give.
    pub roles: Vec<RoleName>,
    /// The first password of a new person, who then counts as verified; without one the person is invited to set it.
    pub password: Option<SecretString>,
    /// The organisation, for roles in one.
    pub organisation_id: Option<OrganisationId>,
    /// What is to stand in the profile.
    pub profile: ProfileChange,
}

/// Adds a person: a new one with a password or an invitation to set one, or an existing one by a membership, who keeps name
/// and password and is told by mail.
///
/// # Errors
/// [`IdentityError::Denied`], [`IdentityError::Roles`], then every broken rule together.
#[tracing::instrument(name = "usecase.identity.users.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<UserView, IdentityError> {
    add(services, caller, command, true).await.map(|(view, _)| view)
}

/// What somebody became by being added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Added {
    /// An account, and a member.
    Person,
    /// A member, with an account from elsewhere.
    Member,
    /// A member with further roles.
    Roles,
}

/// As [`execute`]; unless it is to be kept, everything is done and undone.
pub(super) async fn add(
    services: &Services,
    caller: &Caller,
    command: &Command,
    keep: bool,
) -> Result<(UserView, Added), IdentityError> {
    settle(|| attempt(services, caller, command, keep))
        .await
        .map_err(|error| number_taken(error, Body::Person))
}

/// The password is hashed between looking and saving: no transaction waits for it.
async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
    keep: bool,
) -> Result<(UserView, Added), IdentityError> {
    let plan = plan(services, caller, command).await?;
    let password = match (&command.password, plan.replaces) {
        (Some(password), None) => Some(services.passwords.hash(password.clone()).await?),
        (None, None) | (_, Some(_)) => None,
    };
    let Plan {
        tenant,
        account,
        replaces,
        waits,
        newcomer,
        membership,
        membership_replaces,
        profile,
    } = plan;
    let mut work = services.database.begin(caller.scope()).await?;
    let user = account.id;
    let (now, values) = (
        services.clock.now(),
        values(&account, &membership, replaces.is_none()),
    );
    match replaces {
        None => {
            work.people()
                .insert_account(&Credentials { account, password })
                .await?;
        }
        Some(replaces) => work.people().update_account(&account, replaces).await?,
    }
    work.people()
        .save_membership(&membership, membership_replaces)
        .await?;
    if let Some(profile) = &profile {
        work.profiles().save_profile(profile, None).await?;
    }
    let told = if waits {
        invite(services, work.as_mut(), user, tenant, now).await?
    } else {
        let about = About::Institution { tenant_id: tenant };
        (newcomer && replaces.is_some()).then(|| account_mail(services, user, "membership_added", about, now))
    };
    let trail = record::of(
        services,
        caller,
        ("identity.create_user", tenant, user, now),
        values,
    );
    let trail = Trail {
        messages: told.into_iter().collect(),
        ..trail
    };
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    if keep {
        work.commit().await?;
    }
    let added = match (replaces, newcomer) {
        (None, _) => Added::Person,
        (Some(_), true) => Added::Member,
        (Some(_), false) => Added::Roles,
    };
    Ok((view, added))
}

/// What stands in the trail.
fn values(
    account: &ipt_domain::identity::account::Account,
    membership: &ipt_domain::identity::membership::Membership,
    new: bool,
) -> serde_json::Value {
    json!({
        "new_account": new,
        "email": account.email.as_str(),
        "full_name": account.full_name.as_str(),
        "membership": record::membership(membership),
    })
}
