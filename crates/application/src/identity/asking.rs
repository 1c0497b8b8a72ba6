//! Asking for a code by mail, without being signed in: every address is answered alike, whoever has it.

use ipt_domain::identity::{
    email::EmailAddress,
    mailed_secret::{MailPace, SecretPurpose},
};
use ipt_ports::{Scope, SystemScope, identity::Credentials};
use serde_json::json;

use super::{IdentityError, IdentityViolation, mailing};
use crate::{Origin, Services, concurrency::settle, rules::BrokenRules};

/// What is asked for.
pub(super) struct Asked {
    /// What the code is good for.
    pub(super) purpose: SecretPurpose,
    /// The mail that brings it.
    pub(super) template: &'static str,
    /// The name under which it stands in the audit trail.
    pub(super) action: &'static str,
    /// Whether an account gets one.
    pub(super) is_due: fn(&Credentials) -> bool,
}

/// Mails a code to whoever has an account at this address that gets one; one before it is no good any more. For any other
/// address the same is done, and nothing is sent.
///
/// # Errors
/// [`IdentityError::Rules`] for a text that is no mail address.
pub(super) async fn ask(
    services: &Services,
    origin: &Origin,
    email: &str,
    asked: &Asked,
) -> Result<(), IdentityError> {
    let email =
        EmailAddress::parse(email).map_err(|error| BrokenRules::one(IdentityViolation::Email(error)))?;
    mailing::answer(settle(|| attempt(services, origin, &email, asked)).await)
}

async fn attempt(
    services: &Services,
    origin: &Origin,
    email: &EmailAddress,
    asked: &Asked,
) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let known = work.people().credentials_by_email(email).await?;
    let known = known.filter(asked.is_due);
    let subject = mailing::subject(services, email, known.as_ref());
    let whose = (subject, asked.purpose);
    let issued = mailing::issue(services, work.as_mut(), whose, MailPace::Asked, now).await?;
    let mail = issued.map(|secret| mailing::mail(services, &secret, asked.template, None));
    let user = known.map(|known| known.account.id);
    let values = json!({ "mailed": mail.is_some() });
    let deed = (asked.action, user, false);
    let trail = mailing::trail_of(services, origin, deed, values, now, mail.into_iter().collect());
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}
