//! Changing a person's name, language and roles.

mod target;

use ipt_domain::{
    id::{OrganisationId, UserId},
    identity::{account::Account, name::PersonName, permission::Permission, tenant_role::RoleName},
    version::Version,
};
use ipt_ports::identity::UserView;
use serde_json::json;

use super::{
    reach::Reach,
    record,
    subject::{Subject, changed, load, shown},
};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    identity::{IdentityError, IdentityViolation},
    rules::BrokenRules,
};
use target::{NewRoles, new_roles};

/// What to change; what is left out stays.
#[derive(Clone, Debug)]
pub struct Command {
    /// Whom.
    pub user: UserId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The full name: one's own, or that of a person whom no other institution has.
    pub full_name: Option<String>,
    /// The language for mails, as a BCP 47 tag; as the name.
    pub language: Option<String>,
    /// The roles of one membership, which they replace.
    pub roles: Option<Vec<RoleName>>,
    /// The organisation of that membership.
    pub organisation_id: Option<OrganisationId>,
}

/// Changes a person. Nobody changes the own roles; anybody changes the own name.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Roles`], [`IdentityError::Stale`], then
/// every broken rule together.
#[tracing::instrument(name = "usecase.identity.users.update", skip_all, fields(user.id = %command.user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<UserView, IdentityError> {
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(services: &Services, caller: &Caller, command: &Command) -> Result<UserView, IdentityError> {
    let (subject, reach) = load(services, caller, command.user).await?;
    let tenant = caller
        .tenant_id()
        .ok_or(IdentityError::denied(Permission::UserManage))?;
    let reach = check_rights(caller, command, &subject, reach)?;
    let mut broken = BrokenRules::default();
    let roles = new_roles(services, caller, command, &subject, reach.as_ref(), &mut broken).await?;
    check_seen(command.seen, subject.account.version)?;
    let shared = subject.elsewhere && command.user != caller.user_id();
    let before = subject.account.clone();
    let account = described(subject.account, command, shared, &mut broken);
    broken.into_result()?;
    let mut work = services.database.begin(caller.scope()).await?;
    let now = services.clock.now();
    let (account, replaces) = changed(account);
    work.people().update_account(&account, replaces).await?;
    if let Some(NewRoles { membership, replaces }) = &roles {
        work.people().save_membership(membership, *replaces).await?;
    }
    let values = json!({
        "before": { "full_name": before.full_name.as_str(), "language": before.language },
        "after": { "full_name": account.full_name.as_str(), "language": account.language },
        "membership": roles.as_ref().map(|roles| record::membership(&roles.membership)),
    });
    let deed = ("identity.update_user", tenant, command.user, now);
    work.people()
        .leave_trail(&record::of(services, caller, deed, values))
        .await?;
    let view = shown(work.people(), command.user).await?;
    work.commit().await?;
    Ok(view)
}

/// Whether the caller may change this person at all; oneself, always.
fn check_rights(
    caller: &Caller,
    command: &Command,
    subject: &Subject,
    reach: Result<Reach, IdentityError>,
) -> Result<Option<Reach>, IdentityError> {
    if command.user == caller.user_id() {
        return Ok(reach.ok());
    }
    let reach = reach?;
    let within: Vec<_> = subject
        .here
        .iter()
        .filter(|membership| reach.covers(membership))
        .cloned()
        .collect();
    if within.is_empty() {
        return Err(IdentityError::denied(Permission::UserManage));
    }
    reach.check_over(&within)?;
    Ok(Some(reach))
}

/// The account with another name or language. These are the person's own while another institution has the person too.
fn described(account: Account, command: &Command, shared: bool, broken: &mut BrokenRules) -> Account {
    let mut described = account;
    if let Some(name) = &command.full_name {
        let name = broken.keep(PersonName::parse(name).map_err(IdentityViolation::FullName));
        match name {
            Some(name) if name != described.full_name && shared => {
                broken.push(IdentityViolation::AccountShared {
                    pointer: "/full_name",
                });
            }
            Some(name) => described.full_name = name,
            None => {}
        }
    }
    match command.language.as_deref().map(str::trim) {
        Some(language) if !is_language(language) => broken.push(IdentityViolation::Language),
        Some(language) if language != described.language && shared => {
            broken.push(IdentityViolation::AccountShared { pointer: "/language" });
        }
        Some(language) => language.clone_into(&mut described.language),
        None => {}
    }
    described
}

/// Whether a text has the form of a BCP 47 tag.
fn is_language(tag: &str) -> bool {
    let is_subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let primary = tag.split('-').next().unwrap_or_default();
    tag.len() <= 35
        && (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.split('-').all(is_subtag)
}

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn a_language_goes_by_its_tag() {
        for tag in ["en", "sw", "zh-Hant-TW", "ar-TZ"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["", "english language", "e", "en_GB", "en-", "../en"] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}
