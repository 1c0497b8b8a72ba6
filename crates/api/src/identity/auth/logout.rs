//! `POST /auth/logout`

use actix_web::post;
use ipt_application::identity::sign_out;

use super::RefreshToken;
use crate::{
    answer::{Answer, nothing},
    extract::{Json, OriginArg},
    state::State,
};

/// Sign out
///
/// Ends the session, its access tokens too. A token that is not known any more is no error.
#[utoipa::path(
    tag = "auth",
    operation_id = "logout",
    responses((status = 204, description = "Signed out")),
)]
#[post("/auth/logout")]
#[tracing::instrument(name = "http.identity.logout", skip_all)]
pub(super) async fn logout(state: State, origin: OriginArg, body: Json<RefreshToken>) -> Answer {
    sign_out::execute(state.services(), &origin, &body.0.refresh_token.0).await?;
    nothing()
}
