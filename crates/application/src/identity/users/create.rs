//! Adding a person to the institution.

mod plan;

use ipt_domain::{id::OrganisationId, identity::role::Role};
use ipt_ports::identity::{Credentials, UserView};
use secrecy::SecretString;
use serde_json::json;

use super::{record, subject::shown};
use crate::{
    Caller, Services,
    concurrency::settle,
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
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
    pub roles: Vec<Role>,
    /// The first password of a new person, who then counts as verified.
    pub password: Option<SecretString>,
    /// The organisation, for roles in one.
    pub organisation_id: Option<OrganisationId>,
}

/// Adds a person: a new one with a password, or an existing one by a membership, who keeps name and password.
///
/// # Errors
/// [`IdentityError::Denied`], [`IdentityError::Roles`], then every broken rule together.
#[tracing::instrument(name = "usecase.identity.users.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<UserView, IdentityError> {
    settle(|| attempt(services, caller, command)).await
}

/// The password is hashed between looking and saving: no transaction waits for it.
async fn attempt(services: &Services, caller: &Caller, command: &Command) -> Result<UserView, IdentityError> {
    let plan = plan(services, caller, command).await?;
    let password = match (&command.password, plan.replaces) {
        (Some(password), None) => Some(services.passwords.hash(password.clone()).await?),
        (None, None) => return Err(BrokenRules::one(IdentityViolation::PasswordRequired).into()),
        (_, Some(_)) => None,
    };
    let Plan {
        tenant,
        account,
        replaces,
        membership,
        membership_replaces,
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
    let trail = record::of(
        services,
        caller,
        ("identity.create_user", tenant, user, now),
        values,
    );
    work.people().leave_trail(&trail).await?;
    let view = shown(work.people(), user).await?;
    work.commit().await?;
    Ok(view)
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
