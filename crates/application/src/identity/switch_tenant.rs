//! Acting in another institution.

use ipt_domain::{
    Instant, id::TenantId, identity::permission::Permission, tenancy::institution::TenantCode, text::Remark,
};
use ipt_ports::{
    Scope, SystemScope, UnitOfWork,
    identity::{MembershipView, Session},
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    IdentityError, me,
    session::{self, FreshToken, SignedIn},
    visiting,
};
use crate::{
    Caller, Services,
    concurrency::settle,
    trail::{Deed, Doer, trail},
};

/// Where to.
#[derive(Clone, Debug)]
pub struct Command {
    /// The institution's code.
    pub tenant: String,
    /// Why; a superadmin enters an institution with a reason only.
    pub reason: Option<String>,
}

/// Opens a further session, in an institution where the person is a member. Somebody who keeps the deployment enters any
/// institution, with a reason that stands in that institution's audit trail.
///
/// # Errors
/// [`IdentityError::TenantNotFound`] for an institution that is not the person's.
#[tracing::instrument(name = "usecase.identity.switch_tenant", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<SignedIn, IdentityError> {
    let mut reader = services.database.read(Scope::System(SystemScope::SignIn)).await?;
    let memberships = reader.people().memberships(caller.user_id()).await?;
    drop(reader);
    let (tenant, opened) = match member_of(&memberships, command.tenant.trim()) {
        Some(tenant) => (tenant, settle(|| switch(services, caller, tenant)).await?),
        None if caller.actor.may_over_deployment(Permission::TenantManageAll) => {
            enter(services, caller, command).await?
        }
        None => return Err(IdentityError::TenantNotFound),
    };
    let entered = opened.session.entered_for.is_some();
    let me = me::load(services, caller.user_id(), Some(tenant), entered).await?;
    session::signed_in(services, &opened.session, opened.refresh_token, me, opened.now)
}

/// The institution with this code, where the person has an active membership.
fn member_of(memberships: &[MembershipView], code: &str) -> Option<TenantId> {
    memberships
        .iter()
        .filter(|view| view.membership.is_active())
        .find(|view| {
            view.tenant_code
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(code))
        })
        .and_then(|view| view.membership.tenant_id)
}

/// A session just opened.
struct Opened {
    session: Session,
    refresh_token: SecretString,
    now: Instant,
}

/// As a member; the institution is remembered for the next sign-in.
async fn switch(services: &Services, caller: &Caller, tenant: TenantId) -> Result<Opened, IdentityError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::SignIn))
        .await?;
    let credentials = work.people().credentials(caller.user_id()).await?;
    let account = credentials.ok_or(IdentityError::InvalidToken)?.account;
    if account.last_tenant != Some(tenant) {
        work.people().remember_tenant(account.id, tenant).await?;
    }
    open(services, caller, work, tenant, None).await
}

/// As somebody who keeps the deployment, with a recorded reason.
async fn enter(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<(TenantId, Opened), IdentityError> {
    let code = TenantCode::parse(command.tenant.trim()).map_err(|_| IdentityError::TenantNotFound)?;
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Operator))
        .await?;
    let institution = work.tenancy().institution_by_code(&code).await?;
    let tenant = institution.ok_or(IdentityError::TenantNotFound)?.id();
    let reason = visiting::reason(command.reason.as_deref())?;
    let opened = open(services, caller, work, tenant, Some(reason)).await?;
    Ok((tenant, opened))
}

/// Opens the session, as a member or for a reason, and commits.
async fn open(
    services: &Services,
    caller: &Caller,
    mut work: Box<dyn UnitOfWork>,
    tenant: TenantId,
    entered_for: Option<Remark>,
) -> Result<Opened, IdentityError> {
    let now = services.clock.now();
    let (action, values) = match &entered_for {
        None => ("identity.switch_tenant", json!({})),
        Some(reason) => ("identity.enter_tenant", json!({ "reason": reason.as_str() })),
    };
    let (user, origin) = (caller.user_id(), &caller.origin);
    let session = Session {
        signed_in_at: caller.signed_in_at,
        entered_for,
        ..session::fresh(services, user, Some(tenant), origin, now)
    };
    let token = FreshToken::of(services, &session, now);
    work.people().open_session(&session, &token.stored).await?;
    let deed = Deed {
        action: action.into(),
        object_kind: "session",
        object_id: session.id.uuid(),
        tenant: Some(tenant),
        on_behalf_of: None,
        at: now,
        values,
    };
    work.people()
        .leave_trail(&trail(services, Doer::Caller(caller), deed, Vec::new()))
        .await?;
    work.commit().await?;
    Ok(Opened {
        session,
        refresh_token: token.secret,
        now,
    })
}
