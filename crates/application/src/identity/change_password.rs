//! Changing the own password.

use ipt_domain::{
    Instant,
    identity::{account::Account, lockout::Lockout},
};
use ipt_ports::{
    Scope, SystemScope, UnitOfWork,
    engagement::Trail,
    identity::{Credentials, PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::{
    IdentityError,
    failure::{self, Attempt, Failure},
    password,
};
use crate::{
    Caller, Services,
    concurrency::settle,
    engagement::{About, account_mail},
    rules::BrokenRules,
    trail::{Deed, Doer, trail},
};

/// The old and the new password.
#[derive(Clone, Debug)]
pub struct Command {
    /// The password until now: a session that was left open is not enough.
    pub current_password: SecretString,
    /// The password from now on.
    pub new_password: SecretString,
}

/// Changes the caller's password. The other sessions end and this one stays; the person is told by mail. A wrong current
/// password counts as a failure to sign in, so that nobody guesses it here who may not guess it there.
///
/// # Errors
/// [`IdentityError::Rules`] with everything that is wrong with the new password, which is looked at first and spends
/// nothing; [`IdentityError::InvalidCredentials`] for a wrong current one, or while the account is locked.
#[tracing::instrument(name = "usecase.identity.change_password", skip_all)]
pub async fn execute(services: &Services, caller: &Caller, command: Command) -> Result<(), IdentityError> {
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let found = reader.people().credentials(caller.user_id()).await?;
    drop(reader);
    let Credentials {
        account,
        password: current,
    } = found.ok_or(IdentityError::InvalidToken)?;
    let mut broken = BrokenRules::default();
    let given = (&command.new_password, "/new_password");
    broken.extend(password::judge(
        services,
        given,
        &account.email,
        Some(&account.full_name),
    ));
    broken.into_result()?;
    let right = services
        .passwords
        .verify(command.current_password, current.clone())
        .await?;
    let attempt = Attempt {
        action: "identity.change_password_refused",
        doer: Doer::Caller(caller),
    };
    let (true, Some(current)) = (right, current) else {
        failure::of(services, attempt, account.id).await?;
        return Err(IdentityError::InvalidCredentials);
    };
    let hash = services.passwords.hash(command.new_password).await?;
    settle(|| change(services, caller, attempt, (&current, &hash)))
        .await?
        .map_err(IdentityError::from)
}

/// Changes the password, judging the account as it is now: of guesses at once, none is right after the account was locked.
async fn change(
    services: &Services,
    caller: &Caller,
    attempt: Attempt<'_>,
    (verified, new): (&PasswordHash, &PasswordHash),
) -> Result<Result<(), Failure>, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let now = services.clock.now();
    let user = caller.user_id();
    let found = work.people().credentials(user).await?;
    let Credentials { account, password } = found.ok_or(IdentityError::InvalidToken)?;
    let same = |stored: PasswordHash| stored.secret().expose_secret() == verified.secret().expose_secret();
    let refused = if account.lockout.is_locked(now) {
        Some(Failure::Locked)
    } else if password.is_some_and(same) {
        None
    } else {
        Some(Failure::PasswordChanged)
    };
    let trail = match refused {
        Some(failure) => failure::trail_of(services, attempt, user, failure, now),
        None => store(services, work.as_mut(), caller, account, new, now).await?,
    };
    work.people().leave_trail(&trail).await?;
    work.commit().await?;
    Ok(refused.map_or(Ok(()), Err))
}

/// Stores the new password and ends the other sessions; what is written down of it.
async fn store(
    services: &Services,
    work: &mut dyn UnitOfWork,
    caller: &Caller,
    account: Account,
    new: &PasswordHash,
    now: Instant,
) -> Result<Trail, IdentityError> {
    let user = account.id;
    let replaces = account.version;
    let changed = Account {
        version: replaces.next(),
        ..account.clone()
    };
    work.people().update_account(&changed, replaces).await?;
    work.people()
        .save_lockout(user, Lockout::default(), account.lockout)
        .await?;
    work.people().set_password(user, new).await?;
    work.mailed_secrets().remove_mailed_secrets(user).await?;
    let ended = work
        .people()
        .end_other_sessions(user, caller.session_id, now)
        .await?;
    let deed = Deed {
        action: "identity.change_password".into(),
        object_kind: "user",
        object_id: user.uuid(),
        tenant: caller.tenant_id(),
        on_behalf_of: None,
        at: now,
        values: json!({ "sessions_ended": ended }),
    };
    let told = account_mail(services, user, "password_changed", About::Account, now);
    Ok(trail(services, Doer::Caller(caller), deed, vec![told]))
}
