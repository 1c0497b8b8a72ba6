//! `POST /auth/logout`

use actix_web::{HttpRequest, http::header::SET_COOKIE, post};
use ipt_application::identity::sign_out;

use super::presented::{Presented, RefreshToken};
use crate::{
    answer::{Answer, nothing},
    extract::{OptionalJson, OriginArg},
    problem::ProblemBody,
    state::State,
};

/// Sign out
///
/// Ends the session, its access tokens too. A token that is not known any more is no error. In a browser the token comes in
/// its cookie, with `X-CSRF-Token` and without a body, and the cookies are taken back.
#[utoipa::path(
    tag = "auth",
    operation_id = "logout",
    responses(
        (status = 204, description = "Signed out"),
        (status = 403, description = "`csrf_token_invalid`, `cross_site_request`", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/logout")]
#[tracing::instrument(name = "http.identity.logout", skip_all)]
pub(super) async fn logout(
    state: State,
    origin: OriginArg,
    request: HttpRequest,
    body: OptionalJson<RefreshToken>,
) -> Answer {
    let presented = Presented::read(&request, &state, body.0).await?;
    sign_out::execute(state.services(), &origin, &presented.token).await?;
    let mut answer = nothing()?;
    for cookie in presented.taken_back() {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(answer)
}
