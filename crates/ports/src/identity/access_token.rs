//! Signed access tokens.

use ipt_domain::{
    Instant,
    id::{SessionId, TenantId, UserId},
};
use secrecy::SecretString;

/// What an access token says. Roles and permissions are not in it: they are read anew for each request, so that a change
/// counts at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// The person.
    pub user_id: UserId,
    /// The session, which can be ended before the token runs out.
    pub session_id: SessionId,
    /// The institution in which the person acts (none: the deployment as a whole).
    pub tenant_id: Option<TenantId>,
    /// When it was issued.
    pub issued_at: Instant,
    /// When it runs out.
    pub expires_at: Instant,
}

/// Why a token is refused. The caller is told no more than that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token, another algorithm, another key, another issuer or audience, or tampered with.
    #[error("the token is not one of ours")]
    Invalid,
    /// It has run out.
    #[error("the token has expired")]
    Expired,
    /// It could not be made.
    #[error("the token could not be signed")]
    Signing,
}

/// Issues and verifies access tokens.
pub trait AccessTokens: Send + Sync {
    /// Signs a token.
    ///
    /// # Errors
    /// [`TokenError::Signing`].
    fn issue(&self, claims: &AccessClaims) -> Result<SecretString, TokenError>;

    /// Verifies a token's signature, kind, issuer, audience and time.
    ///
    /// # Errors
    /// [`TokenError::Invalid`], [`TokenError::Expired`].
    fn verify(&self, token: &str, now: Instant) -> Result<AccessClaims, TokenError>;

    /// The public keys as a JSON Web Key Set (RFC 7517).
    fn key_set(&self) -> serde_json::Value;
}
