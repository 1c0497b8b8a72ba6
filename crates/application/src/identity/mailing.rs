//! Codes and tokens by mail, as several use cases issue and check them.

use ipt_domain::{
    Instant,
    id::{MailedSecretId, TenantId, UserId},
    identity::{
        email::EmailAddress,
        mailed_secret::{MailPace, MailedSecret, SecretPurpose, code_digits},
    },
};
use ipt_ports::{
    RepositoryError, UnitOfWork,
    engagement::{Message, Trail},
    identity::Credentials,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use uuid::Uuid;

use super::{IdentityError, IdentityViolation};
use crate::{
    Origin, Services,
    concurrency::LostRace as _,
    engagement::{About, account_mail},
    trail::{Deed, Doer, trail},
};

/// Issues a secret in the place of the one before; none when there were enough mails.
pub(super) async fn issue(
    services: &Services,
    work: &mut dyn UnitOfWork,
    (subject, purpose): (UserId, SecretPurpose),
    pace: MailPace,
    now: Instant,
) -> Result<Option<MailedSecret>, RepositoryError> {
    let before = work.mailed_secrets().mailed_secret(subject, purpose).await?;
    let id = MailedSecretId::new(services.ids.next());
    let secret = match purpose {
        SecretPurpose::AcceptInvitation => services.mailed_secrets.token(id),
        SecretPurpose::VerifyEmail | SecretPurpose::ResetPassword | SecretPurpose::RegistrationNotice => {
            services.mailed_secrets.code(id)
        }
    };
    let new = (id, services.mailed_secrets.digest(&secret));
    let issued = MailedSecret::issue(before.as_ref(), (subject, purpose), new, pace, now);
    if let Some(issued) = &issued {
        let replaces = before.map(|before| before.version);
        work.mailed_secrets().save_mailed_secret(issued, replaces).await?;
    }
    Ok(issued)
}

/// The message that sends a secret. One of somebody who does not exist is left unsent by the worker.
pub(super) fn mail(
    services: &Services,
    secret: &MailedSecret,
    template: &'static str,
    tenant_id: Option<TenantId>,
) -> Message {
    let about = About::Secret {
        purpose: secret.purpose,
        id: secret.id,
        tenant_id,
    };
    account_mail(services, secret.subject, template, about, secret.issued_at)
}

/// The answer to somebody who asked for a mail. Whoever lost every race against others who asked for the same is answered
/// like them: a mail goes out.
pub(super) fn answer(settled: Result<(), IdentityError>) -> Result<(), IdentityError> {
    match settled {
        Err(error) if error.is_lost_race() => Ok(()),
        settled => settled,
    }
}

/// A code, as it can be one.
///
/// # Errors
/// When it has not the form of one: then nothing is tried.
pub(super) fn parse_code(typed: &SecretString) -> Result<SecretString, IdentityViolation> {
    code_digits(typed.expose_secret())
        .map(SecretString::from)
        .ok_or(WRONG_CODE)
}

/// What is told of a wrong code.
pub(super) const WRONG_CODE: IdentityViolation = IdentityViolation::InvalidCode { pointer: "/code" };

/// Counts a try of a person's code, and whether it was right: then it is used from now on.
pub(super) async fn try_code(
    services: &Services,
    work: &mut dyn UnitOfWork,
    (subject, purpose): (UserId, SecretPurpose),
    code: &SecretString,
    now: Instant,
) -> Result<bool, RepositoryError> {
    let digest = services.mailed_secrets.digest(code);
    let tried = work
        .mailed_secrets()
        .try_mailed_secret(subject, purpose, now)
        .await?;
    match tried.filter(|secret| secret.digest == digest) {
        Some(right) => work.mailed_secrets().use_mailed_secret(right.id, now).await,
        None => Ok(false),
    }
}

/// Under which id an address is dealt with: its account's, or what stands for one that nobody has, so that both take the
/// same steps.
pub(super) fn subject(services: &Services, address: &EmailAddress, account: Option<&Credentials>) -> UserId {
    account.map_or_else(
        || services.mailed_secrets.stand_in(address),
        |known| known.account.id,
    )
}

/// The trail of what somebody who is not signed in did about an account; none: an address that nobody has. Nobody is named
/// as the one who acted unless `proven`.
pub(super) fn trail_of(
    services: &Services,
    origin: &Origin,
    (action, user, proven): (&'static str, Option<UserId>, bool),
    values: Value,
    now: Instant,
    messages: Vec<Message>,
) -> Trail {
    let deed = Deed {
        action: action.into(),
        object_kind: "user",
        object_id: user.map_or_else(Uuid::nil, UserId::uuid),
        tenant: None,
        on_behalf_of: None,
        at: now,
        values,
    };
    let doer = Doer::Other {
        user: user.filter(|_| proven),
        session: None,
        origin,
    };
    trail(services, doer, deed, messages)
}
