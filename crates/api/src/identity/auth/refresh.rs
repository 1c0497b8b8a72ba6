//! `POST /auth/refresh`

use actix_web::{HttpRequest, http::header::SET_COOKIE, post};
use ipt_application::identity::{IdentityError, refresh as use_case};

use super::{
    presented::{Presented, RefreshToken},
    signed_in::answer,
};
use crate::{
    answer::Answer,
    extract::{OptionalJson, OriginArg},
    identity::sign_in_dto::SignInDto,
    problem::{Problem, ProblemBody},
    state::State,
};

/// Get the next pair of tokens
///
/// A refresh token is good once. One that comes back later ends its session. In a browser it comes in its cookie, with
/// `X-CSRF-Token` and without a body, and the next pair goes into cookies too.
#[utoipa::path(
    tag = "auth",
    operation_id = "refresh",
    responses(
        (status = 200, description = "Signed in", body = SignInDto),
        (status = 401, description = "`invalid_token`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_token_invalid`, `cross_site_request`", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/refresh")]
#[tracing::instrument(name = "http.identity.refresh", skip_all)]
pub(super) async fn refresh(
    state: State,
    origin: OriginArg,
    request: HttpRequest,
    body: OptionalJson<RefreshToken>,
) -> Answer {
    let presented = Presented::read(&request, &state, body.0).await?;
    match use_case::execute(state.services(), &origin, &presented.token).await {
        Ok(signed_in) => answer(&state, presented.way, signed_in),
        Err(IdentityError::InvalidToken) => {
            let refusal = Problem::from(IdentityError::InvalidToken);
            let taken_back = presented.taken_back();
            Err(taken_back.fold(refusal, |refusal, cookie| refusal.with_header(SET_COOKIE, cookie)))
        }
        Err(error) => Err(error.into()),
    }
}
