//! `POST /auth/resend-verification`

use actix_web::post;
use ipt_application::identity::resend_verification as use_case;

use super::Address;
use crate::{
    answer::{Accepted, Answer, accepted},
    extract::{Json, OriginArg},
    state::State,
};

/// Ask for another code to verify a mail address
///
/// The code before it is no good any more. The answer is the same for every address.
#[utoipa::path(
    tag = "auth",
    operation_id = "resend_verification",
    responses((status = 202, description = "Taken; where there is something to verify, a mail goes out", body = Accepted)),
)]
#[post("/auth/resend-verification")]
#[tracing::instrument(name = "http.identity.resend_verification", skip_all)]
pub(super) async fn resend_verification(state: State, origin: OriginArg, body: Json<Address>) -> Answer {
    use_case::execute(state.services(), &origin, &body.0.email).await?;
    accepted()
}
