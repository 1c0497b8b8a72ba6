//! Asking for a code.

use ipt_domain::identity::{
    email::EmailAddress,
    mailed_secret::{MailPace, SecretPurpose},
};
use ipt_ports::{Scope, SystemScope};
use serde_json::json;

use crate::{
    Origin, Services,
    concurrency::settle,
    identity::{IdentityError, IdentityViolation, mailing},
    rules::BrokenRules,
};

/// Mails a code with which a new password is set, to whoever has an account that is not disabled; one before it is no good
/// any more. For any other address the same is done, and nothing is sent.
///
/// # Errors
/// [`IdentityError::Rules`] for a text that is no mail address.
#[tracing::instrument(name = "usecase.identity.password_reset.request", skip_all)]
pub async fn execute(services: &Services, origin: &Origin, email: &str) -> Result<(), IdentityError> {
    let email =
        EmailAddress::parse(email).map_err(|error| BrokenRules::one(IdentityViolation::Email(error)))?;
    mailing::answer(settle(|| attempt(services, origin, &email)).await)
}

async fn attempt(services: &Services, origin: &Origin, email: &EmailAddress) -> Result<(), IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let known = work.people().credentials_by_email(email).await?;
    let known = known.filter(|known| !known.account.is_disabled());
    let subject = mailing::subject(services, email, known.as_ref());
    let whose = (subject, SecretPurpose::ResetPassword);
    let issued = mailing::issue(services, work.as_mut(), whose, MailPace::Asked, now).await?;
    let mail = issued.map(|secret| mailing::mail(services, &secret, "password_reset", None));
    let user = known.map(|known| known.account.id);
    let values = json!({ "mailed": mail.is_some() });
    let deed = ("identity.request_password_reset", user, false);
    let trail = mailing::trail_of(services, origin, deed, values, now, mail.into_iter().collect());
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(())
}
