//! Access tokens as JWTs in the profile of RFC 9068, signed with Ed25519.

use ipt_domain::Instant;
use ipt_ports::identity::{AccessClaims, AccessTokens, TokenError};
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    signing_key::SigningKey, token_claims::TokenClaims, verification_key::VerificationKey,
    verified_tokens::VerifiedTokens,
};

/// The kind of token, in its header: no identity token or other JWT of the same key passes for an access token.
const KIND: &str = "at+jwt";

/// Ours have some 600 characters; a longer one is not looked at.
const LONGEST: usize = 2_048;

/// For whom and by whom tokens are issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSettings {
    /// The issuer (`iss`): the public address of the deployment.
    pub issuer: String,
    /// The audience (`aud`): the service that the tokens are for.
    pub audience: String,
    /// How many verified tokens are remembered, a few hundred bytes each.
    pub remembered: u64,
}

/// Issues and verifies access tokens.
#[derive(Debug)]
pub struct JwtAccessTokens {
    key: SigningKey,
    accepted: Vec<VerificationKey>,
    settings: TokenSettings,
    validation: Validation,
    verified: VerifiedTokens,
}

impl JwtAccessTokens {
    /// Signs with `key`. Tokens of the `previous` keys are accepted too, until they run out: a key is replaced by starting
    /// with the new one and the old one's public half here, for as long as a token lives.
    pub fn new(
        key: SigningKey,
        previous: impl IntoIterator<Item = VerificationKey>,
        settings: TokenSettings,
    ) -> Self {
        let mut accepted = vec![key.public().clone()];
        accepted.extend(
            previous
                .into_iter()
                .filter(|other| other.id() != key.public().id()),
        );
        let verified = VerifiedTokens::new(settings.remembered);
        Self {
            key,
            accepted,
            validation: validation(&settings),
            verified,
            settings,
        }
    }

    /// Checks everything but the time.
    fn check(&self, token: &str) -> Result<AccessClaims, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let kind = header.typ.is_some_and(|kind| kind.eq_ignore_ascii_case(KIND));
        if header.alg != Algorithm::EdDSA || !kind || header.crit.is_some() {
            return Err(TokenError::Invalid);
        }
        let key = self
            .accepted
            .iter()
            .find(|key| header.kid.as_deref() == Some(key.id()));
        let key = key.ok_or(TokenError::Invalid)?;
        let token = decode::<TokenClaims>(token, key.decoding(), &self.validation);
        token
            .map_err(|_| TokenError::Invalid)?
            .claims
            .accept(&self.settings)
    }
}

impl AccessTokens for JwtAccessTokens {
    /// Times are cut to whole seconds, so that a token never outlives what was asked for.
    fn issue(&self, claims: &AccessClaims) -> Result<SecretString, TokenError> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(KIND.to_owned());
        header.kid = Some(self.key.public().id().to_owned());
        let token = encode(
            &header,
            &TokenClaims::new(claims, &self.settings),
            self.key.encoding(),
        );
        token.map(SecretString::from).map_err(|_| TokenError::Signing)
    }

    fn verify(&self, token: &str, now: Instant) -> Result<AccessClaims, TokenError> {
        if token.len() > LONGEST {
            return Err(TokenError::Invalid);
        }
        let key = VerifiedTokens::key(token);
        if let Some(claims) = self.verified.get(&key, now) {
            return Ok(claims);
        }
        let claims = self.check(token)?;
        if now >= claims.expires_at {
            return Err(TokenError::Expired);
        }
        self.verified.insert(key, claims.clone());
        Ok(claims)
    }

    fn key_set(&self) -> Value {
        json!({ "keys": self.accepted.iter().map(VerificationKey::to_jwk).collect::<Vec<_>>() })
    }
}

/// What the library is to check: the algorithm, issuer and audience. It would judge the time by the machine's clock, so
/// that is done here, by the time that the caller says.
fn validation(settings: &TokenSettings) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.leeway = 0;
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.audience]);
    validation
}

#[cfg(test)]
mod tests;
