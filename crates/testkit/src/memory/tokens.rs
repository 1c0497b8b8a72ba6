//! Access tokens in memory.

use std::sync::{Mutex, PoisonError};

use ipt_domain::Instant;
use ipt_ports::identity::{AccessClaims, AccessTokens, TokenError};
use secrecy::SecretString;
use serde_json::{Value, json};

/// Tokens whose claims are kept aside.
#[derive(Debug, Default)]
pub struct MemoryTokens(Mutex<Vec<AccessClaims>>);

impl AccessTokens for MemoryTokens {
    fn issue(&self, claims: &AccessClaims) -> Result<SecretString, TokenError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(claims.clone());
        Ok(SecretString::from(format!("access-{}", kept.len() - 1)))
    }

    fn verify(&self, token: &str, now: Instant) -> Result<AccessClaims, TokenError> {
        let number: usize = token
            .strip_prefix("access-")
            .and_then(|number| number.parse().ok())
            .ok_or(TokenError::Invalid)?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let claims = kept.get(number).ok_or(TokenError::Invalid)?;
        if now < claims.expires_at {
            Ok(claims.clone())
        } else {
            Err(TokenError::Expired)
        }
    }

    /// None: nobody else can verify these.
    fn key_set(&self) -> Value {
        json!({ "keys": [] })
    }
}

#[cfg(test)]
mod tests {
    use ipt_domain::id::{SessionId, UserId};
    use secrecy::ExposeSecret as _;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_token_holds_until_it_runs_out_and_a_made_up_one_never() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let claims = AccessClaims {
            user_id: UserId::new(Uuid::from_u128(1)),
            session_id: SessionId::new(Uuid::from_u128(2)),
            tenant_id: None,
            issued_at: at("2026-07-06T08:00:00Z"),
            expires_at: at("2026-07-06T08:15:00Z"),
        };
        let tokens = MemoryTokens::default();
        let token = tokens.issue(&claims).unwrap();
        assert_eq!(
            tokens.verify(token.expose_secret(), at("2026-07-06T08:14:59Z")),
            Ok(claims)
        );
        assert_eq!(
            tokens.verify(token.expose_secret(), at("2026-07-06T08:15:00Z")),
            Err(TokenError::Expired)
        );
        assert_eq!(
            tokens.verify("access-7", at("2026-07-06T08:00:00Z")),
            Err(TokenError::Invalid)
        );
    }
}
