//! `POST /auth/login`

use actix_web::post;
use ipt_application::identity::sign_in;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, plain},
    extract::{Json, OriginArg},
    identity::dto::SignedInDto,
    problem::ProblemBody,
    state::State,
    wire::Secret,
};

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    #[schema(example = "student@university.edu")]
    email: String,
    #[schema(example = "password123")]
    password: Secret,
    /// The institution's code; without it the one used last, else that of the oldest membership.
    #[serde(default)]
    #[schema(example = "udsm")]
    tenant: Option<String>,
}

/// Sign in
///
/// An unknown address, a wrong password and a locked account are told alike, after the same time.
#[utoipa::path(
    tag = "auth",
    operation_id = "login",
    responses(
        (status = 200, description = "Signed in", body = SignedInDto),
        (status = 401, description = "`invalid_credentials`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`email_not_verified`, only after the right password", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/login")]
#[tracing::instrument(name = "http.identity.login", skip_all)]
pub(super) async fn login(state: State, origin: OriginArg, body: Json<Login>) -> Answer {
    let Login {
        email,
        password,
        tenant,
    } = body.0;
    let command = sign_in::Command {
        email,
        password: password.0,
        tenant,
    };
    let signed_in = sign_in::execute(state.services(), &origin, command).await?;
    plain(&SignedInDto::from(signed_in))
}
