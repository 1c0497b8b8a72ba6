//! Between rows and people, memberships and sessions.

use ipt_domain::{
    id::{MembershipId, OrganisationId, SessionId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        lockout::Lockout,
        membership::{Membership, MembershipStatus},
        name::PersonName,
        role::Role,
        tenant_role::FurtherRole,
    },
};
use ipt_ports::{
    RepositoryError,
    identity::{Credentials, PasswordHash, RefreshToken, Session},
};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::{account_row, membership_row, role_row, session_row, token_row};
use crate::{cells::Cells, error::damaged, fold::folded, number};

const ACCOUNT: &str = "user_account";
const MEMBERSHIP: &str = "membership";

/// An account, without its password's hash.
pub(crate) fn account(row: account_row::Model) -> Result<Account, RepositoryError> {
    let id = row.id;
    let failures = number::count(row.failures, ACCOUNT, "failures", id)?;
    Ok(Account {
        id: UserId::new(id),
        email: EmailAddress::parse(&row.email)
            .map_err(|_| damaged(ACCOUNT, "email", id, "it is no address"))?,
        full_name: PersonName::parse(&row.full_name)
            .map_err(|_| damaged(ACCOUNT, "full_name", id, "it is no name"))?,
        email_verified_at: row.email_verified_at,
        disabled_at: row.disabled_at,
        lockout: Lockout::from_parts(failures, row.failing_since, row.locked_until),
        language: row.language,
        last_tenant: row.last_tenant_id.map(TenantId::new),
        created_at: row.created_at,
        version: number::version(row.version, ACCOUNT, id)?,
    })
}

/// An account with its password's hash.
pub(super) fn credentials(mut row: account_row::Model) -> Result<Credentials, RepositoryError> {
    let password = row.password_hash.take().map(PasswordHash::new);
    Ok(Credentials {
        account: account(row)?,
        password,
    })
}

/// The row of an account.
pub(super) fn account_row(account: &Account, password: Option<&PasswordHash>) -> account_row::Model {
    account_row::Model {
        id: account.id.uuid(),
        email: account.email.as_str().to_owned(),
        email_folded: account.email.normalised().to_owned(),
        full_name: account.full_name.as_str().to_owned(),
        name_folded: folded(account.full_name.as_str()),
        password_hash: password.map(stored_hash),
        email_verified_at: account.email_verified_at,
        disabled_at: account.disabled_at,
        failures: number::stored(account.lockout.failures()),
        failing_since: account.lockout.since(),
        locked_until: account.lockout.locked_until(),
        language: account.language.clone(),
        last_tenant_id: account.last_tenant.map(TenantId::uuid),
        created_at: account.created_at,
        version: number::stored_version(account.version),
    }
}

/// A password's hash as it is stored.
pub(super) fn stored_hash(password: &PasswordHash) -> String {
    password.secret().expose_secret().to_owned()
}

/// A membership with its roles, of the product and of the institution, in whatever order these came.
pub(super) fn membership(
    row: &membership_row::Model,
    roles: &[String],
    mut further: Vec<FurtherRole>,
) -> Result<Membership, RepositoryError> {
    let id = row.id;
    let status = MembershipStatus::from_name(&row.status)
        .ok_or_else(|| damaged(MEMBERSHIP, "status", id, "there is no such status"))?;
    further.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    Ok(Membership {
        id: MembershipId::new(id),
        user_id: UserId::new(row.user_id),
        tenant_id: row.tenant_id.map(TenantId::new),
        organisation_id: row.organisation_id.map(OrganisationId::new),
        roles: in_order(roles, id)?,
        further,
        status,
        created_at: row.created_at,
        version: number::version(row.version, MEMBERSHIP, id)?,
    })
}

/// The roles with these names, each once, in the order of [`Role::ALL`].
fn in_order(names: &[String], membership: Uuid) -> Result<Vec<Role>, RepositoryError> {
    let unknown = names.iter().find(|name| Role::from_name(name).is_none());
    if unknown.is_some() {
        return Err(damaged(
            "membership_role",
            "role",
            membership,
            "there is no such role",
        ));
    }
    Ok(Role::ALL
        .into_iter()
        .filter(|role| names.iter().any(|name| name == role.as_str()))
        .collect())
}

/// The row of a membership.
pub(super) fn membership_row(membership: &Membership) -> membership_row::Model {
    membership_row::Model {
        id: membership.id.uuid(),
        user_id: membership.user_id.uuid(),
        tenant_id: membership.tenant_id.map(TenantId::uuid),
        organisation_id: membership.organisation_id.map(OrganisationId::uuid),
        status: membership.status.as_str().to_owned(),
        created_at: membership.created_at,
        version: number::stored_version(membership.version),
    }
}

/// The rows of a membership's roles.
pub(super) fn role_rows(membership: &Membership) -> Vec<role_row::Model> {
    let row = |role: &str, tenant_role_id| role_row::Model {
        membership_id: membership.id.uuid(),
        role: role.to_owned(),
        tenant_id: membership.tenant_id.map(TenantId::uuid),
        tenant_role_id,
    };
    let standard = membership.roles.iter().map(|role| row(role.as_str(), None));
    let further = membership
        .further
        .iter()
        .map(|role| row(role.key.as_str(), Some(role.id.uuid())));
    standard.chain(further).collect()
}

/// A session.
pub(super) fn session(row: session_row::Model) -> Result<Session, RepositoryError> {
    let entered_for = Cells::of("session", row.id).remark("entered_for", row.entered_for)?;
    Ok(Session {
        id: SessionId::new(row.id),
        user_id: UserId::new(row.user_id),
        tenant_id: row.tenant_id.map(TenantId::new),
        device: row.device,
        address: row.address,
        signed_in_at: row.signed_in_at.unwrap_or(row.created_at),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        ended_at: row.ended_at,
        entered_for,
    })
}

/// The row of a session.
pub(super) fn session_row(session: &Session) -> session_row::Model {
    session_row::Model {
        id: session.id.uuid(),
        user_id: session.user_id.uuid(),
        tenant_id: session.tenant_id.map(TenantId::uuid),
        device: session.device.clone(),
        address: session.address.clone(),
        signed_in_at: Some(session.signed_in_at),
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        ended_at: session.ended_at,
        entered_for: session.entered_for.clone().map(String::from),
    }
}

/// A refresh token.
pub(super) fn token(row: &token_row::Model) -> Result<RefreshToken, RepositoryError> {
    let digest = <[u8; 32]>::try_from(row.digest.as_slice())
        .map_err(|_| damaged("refresh_token", "digest", row.session_id, "it has not 32 bytes"))?;
    Ok(RefreshToken {
        digest,
        session_id: SessionId::new(row.session_id),
        issued_at: row.issued_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
    })
}

/// The row of a refresh token.
pub(super) fn token_row(token: &RefreshToken) -> token_row::Model {
    token_row::Model {
        digest: token.digest.to_vec(),
        session_id: token.session_id.uuid(),
        issued_at: token.issued_at,
        expires_at: token.expires_at,
        used_at: token.used_at,
    }
}
