//! `POST /auth/verify-email`

use actix_web::post;
use ipt_application::identity::verify_email as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, nothing},
    extract::{Json, OriginArg},
    problem::ProblemBody,
    state::State,
    wire::Secret,
};

/// The address, and the code that was mailed to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerifyEmail {
    #[schema(example = "asha.mushi@udsm.example")]
    email: String,
    /// Eight digits.
    code: Secret,
}

/// Verify a mail address
///
/// A code is good for ten minutes, five tries and one use.
#[utoipa::path(
    tag = "auth",
    operation_id = "verify_email",
    responses(
        (status = 204, description = "Verified"),
        (status = 422, description = "`invalid_code`", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/verify-email")]
#[tracing::instrument(name = "http.identity.verify_email", skip_all)]
pub(super) async fn verify_email(state: State, origin: OriginArg, body: Json<VerifyEmail>) -> Answer {
    let VerifyEmail { email, code } = body.0;
    use_case::execute(state.services(), &origin, &email, &code.0).await?;
    nothing()
}
