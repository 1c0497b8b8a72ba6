//! `POST /auth/refresh`

use actix_web::post;
use ipt_application::identity::refresh as use_case;

use super::RefreshToken;
use crate::{
    answer::{Answer, plain},
    extract::{Json, OriginArg},
    identity::dto::SignedInDto,
    problem::ProblemBody,
    state::State,
};

/// Get the next pair of tokens
///
/// A refresh token is good once. One that comes back later ends its session.
#[utoipa::path(
    tag = "auth",
    operation_id = "refresh",
    responses(
        (status = 200, description = "Signed in", body = SignedInDto),
        (status = 401, description = "`invalid_token`", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/refresh")]
#[tracing::instrument(name = "http.identity.refresh", skip_all)]
pub(super) async fn refresh(state: State, origin: OriginArg, body: Json<RefreshToken>) -> Answer {
    let signed_in = use_case::execute(state.services(), &origin, &body.0.refresh_token.0).await?;
    plain(&SignedInDto::from(signed_in))
}
