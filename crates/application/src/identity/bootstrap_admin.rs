//! The first administrator, from the command line.

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{account::Account, email::EmailAddress, name::PersonName, role::Role},
    tenancy::institution::Institution,
    version::Version,
};
use ipt_ports::{
    Scope, SystemScope, UnitOfWork,
    identity::{Credentials, PasswordHash},
};
use secrecy::SecretString;
use serde_json::json;

use super::{IdentityError, IdentityViolation, password};
use crate::{
    Origin, Services,
    concurrency::settle,
    rules::BrokenRules,
    trail::{Deed, Doer, trail},
};

mod member;
mod tenant;

pub use tenant::TenantCommand;

/// Whom to make an administrator.
#[derive(Clone, Debug)]
pub struct Command {
    /// The mail address.
    pub email: String,
    /// The full name; an existing person keeps the own one.
    pub full_name: String,
    /// `superadmin`, `tenant_admin` or `coordinator`.
    pub role: Role,
    /// The institution; made when it is new. A superadmin needs none.
    pub tenant: Option<TenantCommand>,
    /// The password of a new person; an existing one keeps the own.
    pub password: SecretString,
}

/// Who is an administrator now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrapped {
    /// The person.
    pub user_id: UserId,
    /// The institution, if one was named.
    pub tenant_id: Option<TenantId>,
    /// Whether the account is new; else its name and password are as they were.
    pub new_account: bool,
    /// Whether the institution is new.
    pub new_tenant: bool,
}

/// Makes an administrator: a new person, or an existing one by a membership. The address counts as verified, and an account
/// or a membership that was disabled is enabled. Doing it twice changes nothing more.
///
/// # Errors
/// Every broken rule together.
#[tracing::instrument(name = "usecase.identity.bootstrap_admin", skip_all)]
pub async fn execute(services: &Services, command: &Command) -> Result<Bootstrapped, IdentityError> {
    settle(|| attempt(services, command)).await
}

async fn attempt(services: &Services, command: &Command) -> Result<Bootstrapped, IdentityError> {
    let mut broken = BrokenRules::default();
    let email = broken.keep(EmailAddress::parse(&command.email).map_err(IdentityViolation::Email));
    let name = broken.keep(PersonName::parse(&command.full_name).map_err(IdentityViolation::FullName));
    if !matches!(
        command.role,
        Role::Superadmin | Role::TenantAdmin | Role::Coordinator
    ) {
        broken.push(IdentityViolation::RoleMisplaced(command.role));
    }
    let wanted = tenant::check(command, &mut broken);
    let known = match &email {
        Some(email) => {
            let mut reader = services
                .database
                .read(Scope::System(SystemScope::Operator))
                .await?;
            reader
                .people()
                .credentials_by_email(email)
                .await?
                .map(|found| found.account)
        }
        None => None,
    };
    if let (None, Some(email)) = (&known, &email) {
        broken.extend(password::judge(
            services,
            (&command.password, "/password"),
            email,
            name.as_ref(),
        ));
    }
    broken.into_result()?;
    let person = match (known, email, name) {
        (Some(account), _, _) => Person::Known(account),
        (None, Some(email), Some(name)) => {
            let hash = services.passwords.hash(command.password.clone()).await?;
            Person::New(email, name, hash)
        }
        (None, _, _) => return Err(IdentityError::UserNotFound),
    };
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Operator))
        .await?;
    let institution = match &wanted {
        Some(wanted) => Some(tenant::ensure(services, work.as_mut(), wanted).await?),
        None => None,
    };
    let new_account = matches!(person, Person::New(..));
    let account = settle_account(services, work.as_mut(), person).await?;
    let place = institution.as_ref().map(|(institution, _)| institution.id());
    let held_in = if command.role.is_of_deployment() {
        None
    } else {
        place
    };
    member::ensure(services, work.as_mut(), account, held_in, command.role).await?;
    leave_trail(services, work.as_mut(), account, held_in, command.role).await?;
    work.commit().await?;
    Ok(Bootstrapped {
        user_id: account,
        tenant_id: place,
        new_account,
        new_tenant: institution.is_some_and(|(_, new): (Institution, bool)| new),
    })
}

/// Who is to be an administrator.
enum Person {
    Known(Account),
    New(EmailAddress, PersonName, PasswordHash),
}

/// Stores the account, verified and enabled.
async fn settle_account(
    services: &Services,
    work: &mut dyn UnitOfWork,
    person: Person,
) -> Result<UserId, IdentityError> {
    let now = services.clock.now();
    match person {
        Person::New(email, name, hash) => {
            let new = Account::new(UserId::new(services.ids.next()), email, name, now);
            let account = Account {
                email_verified_at: Some(now),
                ..new
            };
            let id = account.id;
            work.people()
                .insert_account(&Credentials {
                    account,
                    password: Some(hash),
                })
                .await?;
            Ok(id)
        }
        Person::Known(account) if account.is_verified() && !account.is_disabled() => Ok(account.id),
        Person::Known(account) => {
            let replaces: Version = account.version;
            let account = Account {
                email_verified_at: account.email_verified_at.or(Some(now)),
                disabled_at: None,
                version: replaces.next(),
                ..account
            };
            work.people().update_account(&account, replaces).await?;
            Ok(account.id)
        }
    }
}

async fn leave_trail(
    services: &Services,
    work: &mut dyn UnitOfWork,
    user: UserId,
    tenant: Option<TenantId>,
    role: Role,
) -> Result<(), IdentityError> {
    let deed = Deed {
        action: "identity.bootstrap_admin".into(),
        object_kind: "user",
        object_id: user.uuid(),
        tenant,
        on_behalf_of: None,
        at: services.clock.now(),
        values: json!({ "role": role.as_str() }),
    };
    let trail = trail(services, Doer::system(&Origin::default()), deed, Vec::new());
    Ok(work.people().leave_trail(&trail).await?)
}
