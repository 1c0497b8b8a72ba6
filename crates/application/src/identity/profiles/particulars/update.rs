//! Changing a person's sensitive particulars.

use std::collections::BTreeMap;

use ipt_domain::{
    id::UserId,
    identity::{permission::Permission, personal::PersonalField},
    version::Version,
};
use ipt_ports::identity::{Place, Sealed};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::{Particulars, open};
use crate::{
    Caller, Services,
    concurrency::{check_seen, settle},
    identity::{
        IdentityError,
        profiles::ParticularViolation,
        users::{changed, load_own_or_within_reach, record},
    },
    rules::BrokenRules,
};

/// What to change; what is left out stays.
#[derive(Debug)]
pub struct Command {
    /// Whose.
    pub user: UserId,
    /// The version that was seen: the person's.
    pub seen: Option<Version>,
    /// The new values; none takes one away.
    pub changes: BTreeMap<PersonalField, Option<SecretString>>,
}

/// Changes the own particulars, or those of somebody whom the caller may change and whose particulars the caller may read.
/// The record names the fields, never their values: these are sealed, and the record is not.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::Denied`], [`IdentityError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.identity.particulars.update", skip_all, fields(user.id = %command.user))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Particulars, IdentityError> {
    settle(|| attempt(services, caller, command)).await
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<Particulars, IdentityError> {
    let user = command.user;
    let (subject, _, tenant) = load_own_or_within_reach(services, caller, user).await?;
    if user != caller.user_id() {
        caller.tenant_with(Permission::UserReadPersonal)?;
    }
    check_seen(command.seen, subject.account.version)?;
    let mut work = services.database.begin(caller.scope()).await?;
    let now = services.clock.now();
    let institution = work.tenancy().institution(tenant).await?;
    let institution = institution.ok_or(IdentityError::TenantNotFound)?;
    let today = institution.calendar().local_date(now);
    let mut broken = BrokenRules::default();
    let mut changes: BTreeMap<PersonalField, Option<Sealed>> = BTreeMap::new();
    for (field, value) in &command.changes {
        let parsed = value
            .as_ref()
            .map(|value| field.parse(value.expose_secret(), today));
        let kept = broken.keep(
            parsed
                .transpose()
                .map_err(|error| ParticularViolation { field: *field, error }),
        );
        let Some(kept) = kept else { continue };
        let place = Place {
            tenant_id: tenant,
            user_id: user,
            field: *field,
        };
        let sealed = kept
            .flatten()
            .map(|value| services.sealer.seal(place, &SecretString::from(value)))
            .transpose()?;
        changes.insert(*field, sealed);
    }
    broken.into_result()?;
    let (account, replaces) = changed(subject.account);
    work.people().update_account(&account, replaces).await?;
    let fields: Vec<_> = changes.keys().map(|field| field.as_str()).collect();
    let deed = ("identity.update_particulars", tenant, user, now);
    let trail = record::of(services, caller, deed, json!({ "fields": fields }));
    work.profiles()
        .save_particulars((tenant, user), &changes, &trail)
        .await?;
    let sealed = work.profiles().particulars(tenant, user).await?;
    work.commit().await?;
    Ok(open(services, (tenant, user), &sealed, account.version))
}
