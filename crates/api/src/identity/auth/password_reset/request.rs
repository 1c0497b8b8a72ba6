//! `POST /auth/password-reset/request`

use actix_web::post;
use ipt_application::identity::password_reset::request as use_case;

use crate::{
    answer::{Accepted, Answer, accepted},
    extract::{Json, OriginArg},
    identity::auth::Address,
    state::State,
};

/// Ask for a code to set a new password
///
/// The code before it is no good any more. The answer is the same for every address.
#[utoipa::path(
    tag = "auth",
    operation_id = "request_password_reset",
    responses((status = 202, description = "Taken; where there is an account, a mail goes out", body = Accepted)),
)]
#[post("/auth/password-reset/request")]
#[tracing::instrument(name = "http.identity.request_password_reset", skip_all)]
pub(in crate::identity::auth) async fn request_password_reset(
    state: State,
    origin: OriginArg,
    body: Json<Address>,
) -> Answer {
    use_case::execute(state.services(), &origin, &body.0.email).await?;
    accepted()
}
