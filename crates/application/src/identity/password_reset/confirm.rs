//! Setting a new password by the code.

use ipt_domain::{
    Instant,
    identity::{account::Account, email::EmailAddress, lockout::Lockout, mailed_secret::SecretPurpose},
};
use ipt_ports::{
    Scope, SystemScope, UnitOfWork,
    identity::{Credentials, PasswordHash},
};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    Origin, Services,
    concurrency::settle,
    engagement::{About, account_mail},
    identity::{IdentityError, IdentityViolation, mailing, password},
    rules::BrokenRules,
};

/// The field of the new password.
const NEW_PASSWORD: &str = "/new_password";

/// What somebody who reads the mailbox sends.
#[derive(Clone, Debug)]
pub struct Command {
    /// The mail address.
    pub email: String,
    /// The code from the mail.
    pub code: SecretString,
    /// The new password.
    pub new_password: SecretString,
}

/// Sets a new password: every session of the person ends, the failures to sign in are forgotten, the address counts as
/// verified, since its mailbox is read, and the person is told by mail.
///
/// A password that is refused spends neither the code nor a try. Before the code is known to be right, it is judged without
/// the person's name, and hashed: so that an address which nobody has is answered alike, after the same work.
///
/// # Errors
/// [`IdentityError::Rules`] with `invalid_code`, or with everything that is wrong with the password.
#[tracing::instrument(name = "usecase.identity.password_reset.confirm", skip_all)]
pub async fn execute(services: &Services, origin: &Origin, command: Command) -> Result<(), IdentityError> {
    let mut broken = BrokenRules::default();
    let email = broken.keep(EmailAddress::parse(&command.email).map_err(IdentityViolation::Email));
    let code = broken.keep(mailing::parse_code(&command.code));
    if let Some(email) = &email {
        let given = (&command.new_password, NEW_PASSWORD);
        broken.extend(password::judge(services, given, email, None));
    }
    broken.into_result()?;
    let (Some(email), Some(code)) = (email, code) else {
        return Err(wrong());
    };
    let hash = services.passwords.hash(command.new_password.clone()).await?;
    let reset = Reset {
        email,
        code,
        password: command.new_password,
        hash,
    };
    let right = settle(|| attempt(services, origin, &reset)).await?;
    if right { Ok(()) } else { Err(wrong()) }
}

/// What is to be done, as far as it can be told without looking.
struct Reset {
    email: EmailAddress,
    code: SecretString,
    password: SecretString,
    hash: PasswordHash,
}

fn wrong() -> IdentityError {
    BrokenRules::one(mailing::WRONG_CODE).into()
}

/// Whether the code was right. What was tried is stored in either case; when the password is refused nothing is.
async fn attempt(services: &Services, origin: &Origin, reset: &Reset) -> Result<bool, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let known = work.people().credentials_by_email(&reset.email).await?;
    let known = known.filter(|known| !known.account.is_disabled());
    let user = known.as_ref().map(|known| known.account.id);
    let subject = mailing::subject(services, &reset.email, known.as_ref());
    let whose = (subject, SecretPurpose::ResetPassword);
    let right = mailing::try_code(services, work.as_mut(), whose, &reset.code, now).await?;
    let owner = known.filter(|_| right);
    let set = owner.is_some();
    let trail = if let Some(Credentials { account, .. }) = owner {
        let given = (&reset.password, NEW_PASSWORD);
        let mut broken = BrokenRules::default();
        broken.extend(password::judge(
            services,
            given,
            &account.email,
            Some(&account.full_name),
        ));
        broken.into_result()?;
        let ended = store(work.as_mut(), account, &reset.hash, now).await?;
        let told = account_mail(services, subject, "password_changed", About::Account, now);
        let deed = ("identity.reset_password", user, true);
        let values = json!({ "sessions_ended": ended });
        mailing::trail_of(services, origin, deed, values, now, vec![told])
    } else {
        let deed = ("identity.code_refused", user, false);
        let values = json!({ "purpose": SecretPurpose::ResetPassword.as_str() });
        mailing::trail_of(services, origin, deed, values, now, Vec::new())
    };
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(set)
}

/// Stores the new password, and ends whatever the old one opened; how many sessions ended. Other codes and an invitation are
/// of no use any more.
async fn store(
    work: &mut dyn UnitOfWork,
    account: Account,
    hash: &PasswordHash,
    now: Instant,
) -> Result<u64, IdentityError> {
    let replaces = account.version;
    let changed = Account {
        email_verified_at: account.email_verified_at.or(Some(now)),
        version: replaces.next(),
        ..account.clone()
    };
    work.people().update_account(&changed, replaces).await?;
    work.people()
        .save_lockout(account.id, Lockout::default(), account.lockout)
        .await?;
    work.people().set_password(account.id, hash).await?;
    work.mailed_secrets().remove_mailed_secrets(account.id).await?;
    Ok(work.people().end_sessions(account.id, now).await?)
}
