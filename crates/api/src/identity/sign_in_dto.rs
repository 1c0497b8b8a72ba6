//! What one gets by signing in, as it goes over the wire.

use ipt_application::identity::SignedIn;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::dto::MeDto;

/// What one gets by signing in: tokens, or the news that the browser has them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = SignIn)]
pub(super) enum SignInDto {
    /// The tokens.
    Tokens(TokensDto),
    /// They are in cookies.
    InCookies(InCookiesDto),
}

/// The tokens of a session.
#[derive(Serialize, ToSchema)]
#[schema(as = SignedIn)]
pub(super) struct TokensDto {
    /// Goes with each request, as `Authorization: Bearer`.
    access_token: String,
    #[schema(value_type = String, example = "bearer")]
    token_type: &'static str,
    /// For how many seconds the access token lasts.
    #[schema(example = 900)]
    expires_in: i64,
    /// Gets the next pair of tokens, once.
    refresh_token: String,
    user: MeDto,
}

impl From<SignedIn> for TokensDto {
    fn from(signed_in: SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token.expose_secret().to_owned(),
            token_type: "bearer",
            expires_in: signed_in.expires_in,
            refresh_token: signed_in.refresh_token.expose_secret().to_owned(),
            user: signed_in.me.into(),
        }
    }
}

/// A session whose tokens the browser keeps.
#[derive(Serialize, ToSchema)]
#[schema(as = SignedInByCookies)]
pub(super) struct InCookiesDto {
    #[schema(value_type = String, example = "cookie")]
    token_type: &'static str,
    /// For how many seconds the access token lasts.
    #[schema(example = 900)]
    expires_in: i64,
    /// Goes with each request that changes something, as `X-CSRF-Token`; good as long as the session.
    csrf_token: String,
    user: MeDto,
}

impl InCookiesDto {
    /// A session, with a token for its pages.
    pub(super) fn new(signed_in: SignedIn, csrf_token: String) -> Self {
        Self {
            token_type: "cookie",
            expires_in: signed_in.expires_in,
            csrf_token,
            user: signed_in.me.into(),
        }
    }
}
