//! Verifying a mail address by the code that was sent to it.

use ipt_domain::identity::{account::Account, email::EmailAddress, mailed_secret::SecretPurpose};
use ipt_ports::{Scope, SystemScope};
use secrecy::SecretString;
use serde_json::json;

use super::{IdentityError, IdentityViolation, mailing};
use crate::{Origin, Services, concurrency::settle, rules::BrokenRules};

/// Takes the code from the mail. A wrong one is counted, and after five no other is taken; an address that nobody has is
/// answered alike.
///
/// # Errors
/// [`IdentityError::Rules`] with `invalid_code`.
#[tracing::instrument(name = "usecase.identity.verify_email", skip_all)]
pub async fn execute(
    services: &Services,
    origin: &Origin,
    email: &str,
    code: &SecretString,
) -> Result<(), IdentityError> {
    let mut broken = BrokenRules::default();
    let email = broken.keep(EmailAddress::parse(email).map_err(IdentityViolation::Email));
    let code = broken.keep(mailing::parse_code(code));
    broken.into_result()?;
    let (Some(email), Some(code)) = (email, code) else {
        return Err(wrong());
    };
    let right = settle(|| attempt(services, origin, &email, &code)).await?;
    if right { Ok(()) } else { Err(wrong()) }
}

fn wrong() -> IdentityError {
    BrokenRules::one(mailing::WRONG_CODE).into()
}

/// Whether the code was right. What was tried is stored in either case.
async fn attempt(
    services: &Services,
    origin: &Origin,
    email: &EmailAddress,
    code: &SecretString,
) -> Result<bool, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let known = work.people().credentials_by_email(email).await?;
    let subject = mailing::subject(services, email, known.as_ref());
    let whose = (subject, SecretPurpose::VerifyEmail);
    let right = mailing::try_code(services, work.as_mut(), whose, code, now).await?;
    let account = known.map(|known| known.account);
    let user = account.as_ref().map(|account| account.id);
    let owner = account.filter(|_| right);
    let verified = owner.is_some();
    let deed = match owner {
        Some(account) => {
            let replaces = account.version;
            let account = Account {
                email_verified_at: account.email_verified_at.or(Some(now)),
                version: replaces.next(),
                ..account
            };
            work.people().update_account(&account, replaces).await?;
            ("identity.verify_email", user, true)
        }
        None => ("identity.code_refused", user, false),
    };
    let values = json!({ "purpose": SecretPurpose::VerifyEmail.as_str() });
    let trail = mailing::trail_of(services, origin, deed, values, now, Vec::new());
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(verified)
}
