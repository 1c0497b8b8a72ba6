//! `GET /auth/csrf`

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, plain},
    browser::csrf::token,
    extract::ActorArg,
    state::State,
};

/// A token for the pages of a session.
#[derive(Serialize, ToSchema)]
#[schema(as = CsrfToken)]
struct CsrfTokenDto {
    /// Goes with each request that changes something, as `X-CSRF-Token`; good as long as the session.
    csrf_token: String,
}

/// Get a token for the pages of this session
///
/// For a page that was loaded anew: the sign-in gave it one that it has forgotten.
#[utoipa::path(
    tag = "auth",
    operation_id = "csrf_token",
    responses((status = 200, description = "A token", body = CsrfTokenDto)),
)]
#[get("/auth/csrf")]
#[tracing::instrument(name = "http.identity.csrf_token", skip_all)]
pub(super) async fn csrf_token(actor: ActorArg, state: State) -> Answer {
    plain(&CsrfTokenDto {
        csrf_token: token(&state, actor.session_id),
    })
}
