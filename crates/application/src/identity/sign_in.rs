//! Signing in with a password.

use ipt_domain::{
    Instant,
    id::TenantId,
    identity::{account::Account, email::EmailAddress, lockout::Lockout, membership::Membership},
};
use ipt_ports::{
    RepositoryError, Scope, SystemScope,
    identity::{Credentials, MembershipView, PasswordHash, PeopleRepository, Session},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::{
    IdentityError, Me, device,
    failure::{self, Attempt, Failure},
    session::{self, FreshToken, SignedIn},
};
use crate::{
    Origin, Services,
    concurrency::settle,
    trail::{Deed, Doer, trail},
};

/// Who signs in.
#[derive(Clone, Debug)]
pub struct Command {
    /// The mail address, as it was typed.
    pub email: String,
    /// The password.
    pub password: SecretString,
    /// The institution's code; none: the one used last, else the oldest membership's.
    pub tenant: Option<String>,
}

/// Opens a session.
///
/// An unknown address, a wrong password and a locked account are answered alike, after the same work: one hash, and one
/// short unit of work that counts and audits the failure. Hashing holds no connection.
///
/// # Errors
/// [`IdentityError::InvalidCredentials`]; [`IdentityError::EmailNotVerified`], only after the right password.
#[tracing::instrument(name = "usecase.identity.sign_in", skip_all)]
pub async fn execute(
    services: &Services,
    origin: &Origin,
    command: Command,
) -> Result<SignedIn, IdentityError> {
    let found = find(services, &command.email).await?;
    let hash = found
        .as_ref()
        .and_then(|credentials| credentials.password.clone());
    let right = services.passwords.verify(command.password, hash.clone()).await?;
    let wanted = command
        .tenant
        .as_deref()
        .map(str::trim)
        .filter(|code| !code.is_empty());
    let answer = match (found, hash) {
        (Some(Credentials { account, .. }), Some(hash)) if right => {
            settle(|| open(services, origin, &account, &hash, wanted)).await?
        }
        (Some(Credentials { account, .. }), _) => {
            failure::of(services, attempt(origin), account.id).await?;
            Err(Failure::WrongPassword)
        }
        (None, _) => {
            failure::of_nobody(services, attempt(origin)).await?;
            Err(Failure::UnknownAddress)
        }
    };
    let Opened {
        session,
        refresh_token,
        me,
        now,
    } = answer.map_err(IdentityError::from)?;
    session::signed_in(services, &session, refresh_token, me, now)
}

/// Somebody who wants to sign in.
const fn attempt(origin: &Origin) -> Attempt<'_> {
    Attempt {
        action: "identity.sign_in_refused",
        doer: Doer::system(origin),
    }
}

/// The account with this address, if it is one.
async fn find(services: &Services, email: &str) -> Result<Option<Credentials>, IdentityError> {
    let Ok(email) = EmailAddress::parse(email) else {
        return Ok(None);
    };
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    Ok(reader.people().credentials_by_email(&email).await?)
}

/// A session just opened.
struct Opened {
    session: Session,
    refresh_token: SecretString,
    me: Me,
    now: Instant,
}

/// Opens a session after the right password, judging the account as it is now: of many guesses at once, none is right
/// after the account was locked.
async fn open(
    services: &Services,
    origin: &Origin,
    account: &Account,
    verified: &PasswordHash,
    wanted: Option<&str>,
) -> Result<Result<Opened, Failure>, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let Some(credentials) = work.people().credentials(account.id).await? else {
        return Ok(Err(Failure::UnknownAddress));
    };
    let memberships = work.people().memberships(account.id).await?;
    let now = services.clock.now();
    let (account, tenant) = match admit(credentials, verified, &memberships, wanted, now) {
        Ok(admitted) => admitted,
        Err(failure) => {
            let trail = failure::trail_of(services, attempt(origin), account.id, failure, now);
            work.people().leave_trail(&trail).await?;
            work.commit().await?;
            return Ok(Err(failure));
        }
    };
    let account = remember(work.people(), account, tenant).await?;
    let session = session::fresh(services, account.id, tenant, origin, now);
    let token = FreshToken::of(services, &session, now);
    work.people().open_session(&session, &token.stored).await?;
    let messages = device::notice(services, work.people(), &session).await?;
    let deed = Deed {
        action: "identity.sign_in".into(),
        object_kind: "session",
        object_id: session.id.uuid(),
        tenant,
        on_behalf_of: None,
        at: now,
        values: json!({}),
    };
    let doer = Doer::Other {
        user: Some(session.user_id),
        session: Some(session.id),
        origin,
    };
    work.people()
        .leave_trail(&trail(services, doer, deed, messages))
        .await?;
    work.commit().await?;
    let me = Me::of(account, tenant, memberships, false).ok_or(IdentityError::InvalidCredentials)?;
    Ok(Ok(Opened {
        session,
        refresh_token: token.secret,
        me,
        now,
    }))
}

/// Whether the person may come in now, and into which institution.
fn admit(
    credentials: Credentials,
    verified: &PasswordHash,
    memberships: &[MembershipView],
    wanted: Option<&str>,
    now: Instant,
) -> Result<(Account, Option<TenantId>), Failure> {
    let Credentials { account, password } = credentials;
    let same = |stored: &PasswordHash| stored.secret().expose_secret() == verified.secret().expose_secret();
    if account.lockout.is_locked(now) {
        Err(Failure::Locked)
    } else if !password.as_ref().is_some_and(same) {
        Err(Failure::PasswordChanged)
    } else if account.is_disabled() {
        Err(Failure::AccountDisabled)
    } else if !account.is_verified() {
        Err(Failure::NotVerified)
    } else {
        let chosen = choose(memberships, wanted, account.last_tenant).ok_or(Failure::NoMembership)?;
        Ok((account, chosen.tenant_id))
    }
}

/// The active membership to act by: in the institution wanted; when none is named, in the one used last, else the oldest.
fn choose<'a>(
    memberships: &'a [MembershipView],
    wanted: Option<&str>,
    last: Option<TenantId>,
) -> Option<&'a Membership> {
    let active = || memberships.iter().filter(|view| view.membership.is_active());
    let chosen = match wanted {
        Some(code) => active().find(|view| {
            view.tenant_code
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(code))
        }),
        None => active()
            .find(|view| last.is_some() && view.membership.tenant_id == last)
            .or_else(|| active().min_by_key(|view| (view.membership.created_at, view.membership.id))),
    };
    chosen.map(|view| &view.membership)
}

/// Clears the failures, and remembers the institution. What others see of the account has not changed: its version stays.
async fn remember(
    people: &mut dyn PeopleRepository,
    mut account: Account,
    tenant: Option<TenantId>,
) -> Result<Account, RepositoryError> {
    if account.lockout != Lockout::default() {
        people
            .save_lockout(account.id, Lockout::default(), account.lockout)
            .await?;
        account.lockout = Lockout::default();
    }
    if let Some(tenant) = tenant.filter(|tenant| account.last_tenant != Some(*tenant)) {
        people.remember_tenant(account.id, tenant).await?;
        account.last_tenant = Some(tenant);
    }
    Ok(account)
}
