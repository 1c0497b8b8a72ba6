//! The account, memberships, sessions and choices.

use ipt_domain::{
    id::{SessionId, TenantId},
    identity::account::Account,
};
use ipt_ports::{
    Scope, SystemScope,
    engagement::Preference,
    identity::{MembershipView, Session},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{super::build::BuildError, Contents};
use crate::identity::session::REFRESH_TOKEN_LASTS;

/// How many sessions are told.
const SESSIONS: u32 = 1_000;

/// Writes them; the institutions of the memberships.
pub(super) async fn write(contents: &mut Contents<'_>) -> Result<Vec<TenantId>, BuildError> {
    let user = contents.user();
    // Accounts and sessions belong to no institution.
    let database = &contents.services.database;
    let mut reader = database.read(Scope::System(SystemScope::Worker)).await?;
    let account = reader
        .people()
        .credentials(user)
        .await?
        .ok_or(BuildError::Gone)?
        .account;
    let mut memberships = reader.people().memberships(user).await?;
    memberships.retain(|view| contents.covers(view.membership.tenant_id));
    let used_after = contents.services.clock.now() - REFRESH_TOKEN_LASTS;
    let first = SessionId::new(Uuid::nil());
    let mut sessions = reader
        .people()
        .sessions_of(user, used_after, first, SESSIONS)
        .await?;
    sessions.retain(|session| contents.covers(session.tenant_id));
    let preferences = reader.notifications().preferences(&[user]).await?;
    drop(reader);
    let value = json!({
        "account": of_account(&account),
        "memberships": memberships.iter().map(of_membership).collect::<Vec<_>>(),
        "sessions": sessions.iter().map(of_session).collect::<Vec<_>>(),
        "notification_preferences": preferences.iter().map(|(_, wish)| of_preference(wish)).collect::<Vec<_>>(),
    });
    contents.json("account.json", &value).await?;
    Ok(memberships
        .iter()
        .filter_map(|view| view.membership.tenant_id)
        .collect())
}

fn of_account(account: &Account) -> Value {
    json!({
        "id": account.id,
        "email": account.email.as_str(),
        "full_name": account.full_name.as_str(),
        "email_verified_at": account.email_verified_at,
        "disabled_at": account.disabled_at,
        "language": account.language,
        "created_at": account.created_at,
    })
}

fn of_membership(view: &MembershipView) -> Value {
    let membership = &view.membership;
    json!({
        "tenant_code": view.tenant_code,
        "tenant_name": view.tenant_name,
        "organisation_id": membership.organisation_id,
        "organisation_name": view.organisation_name,
        "roles": membership.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "status": membership.status.as_str(),
        "created_at": membership.created_at,
    })
}

fn of_session(session: &Session) -> Value {
    json!({
        "device": session.device,
        "address": session.address,
        "created_at": session.created_at,
        "last_used_at": session.last_used_at,
    })
}

fn of_preference(wish: &Preference) -> Value {
    json!({ "kind": wish.kind, "channel": wish.channel.as_str(), "wanted": wish.wanted })
}
