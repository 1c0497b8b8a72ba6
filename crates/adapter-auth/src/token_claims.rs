//! What a token says, on the wire.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use ipt_ports::identity::{AccessClaims, TokenError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{access_tokens::TokenSettings, secrets::random};

/// The application for which tokens are issued (RFC 9068 asks for it); there is one.
const CLIENT: &str = "ipt";

/// The claims of RFC 9068, with the session (`sid`) and the institution (`tid`). Times are whole seconds since 1970.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TokenClaims {
    iss: String,
    aud: String,
    sub: Uuid,
    exp: i64,
    iat: i64,
    jti: String,
    client_id: String,
    sid: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tid: Option<Uuid>,
}

impl TokenClaims {
    pub(crate) fn new(claims: &AccessClaims, settings: &TokenSettings) -> Self {
        Self {
            iss: settings.issuer.clone(),
            aud: settings.audience.clone(),
            sub: claims.user_id.uuid(),
            exp: claims.expires_at.timestamp(),
            iat: claims.issued_at.timestamp(),
            jti: URL_SAFE_NO_PAD.encode(random::<16>()),
            client_id: CLIENT.to_owned(),
            sid: claims.session_id.uuid(),
            tid: claims.tenant_id.map(ipt_domain::id::TenantId::uuid),
        }
    }

    /// The claims, when the token was issued here and for this service. Whether it has run out is not asked here.
    pub(crate) fn accept(self, settings: &TokenSettings) -> Result<AccessClaims, TokenError> {
        let ours = self.iss == settings.issuer && self.aud == settings.audience && self.client_id == CLIENT;
        if !ours || self.jti.is_empty() || self.exp < self.iat {
            return Err(TokenError::Invalid);
        }
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Invalid);
        Ok(AccessClaims {
            user_id: self.sub.into(),
            session_id: self.sid.into(),
            tenant_id: self.tid.map(Into::into),
            issued_at: instant(self.iat)?,
            expires_at: instant(self.exp)?,
        })
    }
}
