//! Setting the first password by an invitation.

use ipt_domain::{
    Instant,
    identity::{
        account::Account,
        mailed_secret::{MailedSecret, SecretPurpose},
    },
};
use ipt_ports::{
    Scope, SystemScope,
    identity::{Credentials, PasswordHash},
};
use secrecy::SecretString;
use serde_json::json;

use super::{IdentityError, IdentityViolation, mailing, password};
use crate::{Origin, Services, concurrency::settle, rules::BrokenRules};

/// What is told of a token that is no good.
const WRONG_TOKEN: IdentityViolation = IdentityViolation::InvalidCode { pointer: "/token" };

/// Sets the password of somebody who was invited and has none yet. Whoever has the token reads the mailbox, so that the
/// address counts as verified. A password that is refused leaves the invitation as it is.
///
/// # Errors
/// [`IdentityError::Rules`] with `invalid_code`, or with everything that is wrong with the password.
#[tracing::instrument(name = "usecase.identity.accept_invitation", skip_all)]
pub async fn execute(
    services: &Services,
    origin: &Origin,
    token: &SecretString,
    new_password: SecretString,
) -> Result<(), IdentityError> {
    let digest = services.mailed_secrets.digest(token);
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let secret = reader
        .mailed_secrets()
        .mailed_secret_by_digest(SecretPurpose::AcceptInvitation, &digest)
        .await?;
    let known = match &secret {
        Some(secret) => reader.people().credentials(secret.subject).await?,
        None => None,
    };
    drop(reader);
    let Some((account, _)) = invited(secret, known, services.clock.now()) else {
        return refuse(services, origin).await;
    };
    let mut broken = BrokenRules::default();
    let given = (&new_password, "/password");
    broken.extend(password::judge(
        services,
        given,
        &account.email,
        Some(&account.full_name),
    ));
    broken.into_result()?;
    let hash = services.passwords.hash(new_password).await?;
    if settle(|| attempt(services, origin, &digest, &hash)).await? {
        Ok(())
    } else {
        refuse(services, origin).await
    }
}

/// Somebody who was invited, has set no password yet, and may.
fn invited(
    secret: Option<MailedSecret>,
    known: Option<Credentials>,
    now: Instant,
) -> Option<(Account, MailedSecret)> {
    let secret = secret.filter(|secret| secret.is_open(now))?;
    let Credentials { account, password } = known?;
    (password.is_none() && !account.is_disabled()).then_some((account, secret))
}

/// Whether the token was good, as things are now: of two at once one is.
async fn attempt(
    services: &Services,
    origin: &Origin,
    digest: &[u8; 32],
    hash: &PasswordHash,
) -> Result<bool, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let secret = work
        .mailed_secrets()
        .mailed_secret_by_digest(SecretPurpose::AcceptInvitation, digest)
        .await?;
    let known = match &secret {
        Some(secret) => work.people().credentials(secret.subject).await?,
        None => None,
    };
    let Some((account, secret)) = invited(secret, known, now) else {
        return Ok(false);
    };
    if !work.mailed_secrets().use_mailed_secret(secret.id, now).await? {
        return Ok(false);
    }
    let (user, replaces) = (account.id, account.version);
    let account = Account {
        email_verified_at: account.email_verified_at.or(Some(now)),
        version: replaces.next(),
        ..account
    };
    work.people().update_account(&account, replaces).await?;
    work.people().set_password(user, hash).await?;
    work.mailed_secrets().remove_mailed_secrets(user).await?;
    let deed = ("identity.accept_invitation", Some(user), true);
    let trail = mailing::trail_of(services, origin, deed, json!({}), now, Vec::new());
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(true)
}

/// Writes down a token that is no good, and refuses it.
async fn refuse(services: &Services, origin: &Origin) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let values = json!({ "purpose": SecretPurpose::AcceptInvitation.as_str() });
    let deed = ("identity.code_refused", None, false);
    let trail = mailing::trail_of(services, origin, deed, values, services.clock.now(), Vec::new());
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Err(BrokenRules::one(WRONG_TOKEN).into())
}
