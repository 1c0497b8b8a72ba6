//! Sessions and their tokens.

use chrono::TimeDelta;
use ipt_domain::{
    Instant,
    id::{SessionId, TenantId, UserId},
};
use ipt_ports::identity::{AccessClaims, RefreshToken, Session};
use secrecy::SecretString;

use super::{IdentityError, Me};
use crate::{Origin, Services};

/// How long an access token lasts.
pub const ACCESS_TOKEN_LASTS: TimeDelta = TimeDelta::minutes(15);

/// How long a refresh token lasts.
pub const REFRESH_TOKEN_LASTS: TimeDelta = TimeDelta::days(7);

/// For how long a used refresh token may come back: a client that refreshed twice at once, or lost the answer.
pub const REUSE_GRACE: TimeDelta = TimeDelta::seconds(10);

/// The longest name of a device that is kept, in characters.
const MAX_DEVICE: usize = 200;

/// What a person gets by signing in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The access token.
    pub access_token: SecretString,
    /// For how many seconds it lasts.
    pub expires_in: i64,
    /// The refresh token, to be used once.
    pub refresh_token: SecretString,
    /// The session of both.
    pub session_id: SessionId,
    /// The person.
    pub me: Me,
}

/// A refresh token just made: the secret for the client, its digest for the store.
pub(super) struct FreshToken {
    pub(super) secret: SecretString,
    pub(super) stored: RefreshToken,
}

impl FreshToken {
    /// A refresh token for a session. None outlives the sign-in.
    pub(super) fn of(services: &Services, session: &Session, now: Instant) -> Self {
        let secret = services.secrets.token();
        let stored = RefreshToken {
            digest: services.secrets.digest(&secret),
            session_id: session.id,
            issued_at: now,
            expires_at: (now + REFRESH_TOKEN_LASTS).min(sign_in_ends(services, session)),
            used_at: None,
        };
        Self { secret, stored }
    }
}

/// When a session ends, however often it is refreshed: it came from a sign-in that lasts so long and no longer.
pub(super) fn sign_in_ends(services: &Services, session: &Session) -> Instant {
    session.signed_in_at + services.settings.sign_in_lasts
}

/// A new session of a person acting in `tenant`, who signs in.
pub(super) fn fresh(
    services: &Services,
    user_id: UserId,
    tenant_id: Option<TenantId>,
    origin: &Origin,
    now: Instant,
) -> Session {
    let device = origin.device.as_deref().unwrap_or_default();
    Session {
        id: SessionId::new(services.ids.next()),
        user_id,
        tenant_id,
        device: device.chars().take(MAX_DEVICE).collect(),
        address: origin.address.clone().unwrap_or_default(),
        signed_in_at: now,
        created_at: now,
        last_used_at: now,
        ended_at: None,
        entered_for: None,
    }
}

/// What the person gets for a session and a refresh token of it.
pub(super) fn signed_in(
    services: &Services,
    session: &Session,
    refresh_token: SecretString,
    me: Me,
    now: Instant,
) -> Result<SignedIn, IdentityError> {
    let lasts = ACCESS_TOKEN_LASTS.min(sign_in_ends(services, session) - now);
    let claims = AccessClaims {
        user_id: session.user_id,
        session_id: session.id,
        tenant_id: session.tenant_id,
        issued_at: now,
        expires_at: now + lasts,
    };
    let access_token = services.tokens.issue(&claims).map_err(IdentityError::Signing)?;
    Ok(SignedIn {
        access_token,
        expires_in: lasts.num_seconds(),
        refresh_token,
        session_id: session.id,
        me,
    })
}
