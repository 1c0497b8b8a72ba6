//! The refresh token of a request: in its body, or in a cookie.

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderValue},
};
use ipt_application::identity::sessions::of_token;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    browser::{Way, cookies, csrf},
    codes::protocol::MISSING_FIELD,
    problem::Problem,
    state::State,
    wire::Secret,
};

/// A refresh token; left out where a cookie holds it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshToken {
    #[serde(default)]
    refresh_token: Option<Secret>,
}

/// A refresh token, and by which way it came.
pub(super) struct Presented {
    pub(super) token: SecretString,
    pub(super) way: Way,
}

impl Presented {
    /// The token of the body, else that of the cookie, if a page of ours sent it. A bearer token says that no cookie is
    /// meant.
    ///
    /// # Errors
    /// 422 without a token; 403 for another site's request; the database's.
    pub(super) async fn read(
        request: &HttpRequest,
        state: &State,
        body: RefreshToken,
    ) -> Result<Self, Problem> {
        if let Some(token) = body.refresh_token {
            return Ok(Self {
                token: token.0,
                way: Way::Bearer,
            });
        }
        let kept = cookies::refresh(request.headers());
        let token = kept
            .filter(|_| !request.headers().contains_key(header::AUTHORIZATION))
            .ok_or_else(|| Problem::field("/refresh_token", MISSING_FIELD, "this field is needed"))?;
        // Without a session there is nothing that another site could do.
        if let Some(session) = of_token::execute(state.services(), &token).await? {
            csrf::check(request, state, session)?;
        }
        Ok(Self {
            token,
            way: Way::Cookie,
        })
    }

    /// What takes back from the browser a token that is of no use any more; nothing, where it is in no cookie.
    pub(super) fn taken_back(&self) -> impl Iterator<Item = HeaderValue> {
        (self.way == Way::Cookie)
            .then(cookies::taken_back)
            .into_iter()
            .flatten()
    }
}
