//! `POST /auth/login`

use actix_web::{HttpRequest, post};
use ipt_application::identity::sign_in;
use serde::Deserialize;
use utoipa::ToSchema;

use super::signed_in::answer;
use crate::{
    answer::Answer,
    browser::{Way, csrf},
    extract::{Json, OriginArg},
    identity::sign_in_dto::SignInDto,
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
    /// Where the tokens go: into the answer, or into cookies, for a browser.
    #[serde(default)]
    mode: Way,
}

/// Sign in
///
/// An unknown address, a wrong password and a locked account are told alike, after the same time. With `mode: "cookie"` a
/// browser keeps the tokens, in cookies that no script reads; requests that change something then carry `X-CSRF-Token`.
#[utoipa::path(
    tag = "auth",
    operation_id = "login",
    responses(
        (status = 200, description = "Signed in", body = SignInDto),
        (status = 401, description = "`invalid_credentials`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`email_not_verified`, only after the right password; `cross_site_request`, for cookies", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/login")]
#[tracing::instrument(name = "http.identity.login", skip_all)]
pub(super) async fn login(
    state: State,
    origin: OriginArg,
    request: HttpRequest,
    body: Json<Login>,
) -> Answer {
    let Login {
        email,
        password,
        tenant,
        mode,
    } = body.0;
    // Another site could otherwise sign a browser in to an account of its own choice.
    if mode == Way::Cookie {
        csrf::check_origin(request.headers(), &state)?;
    }
    let command = sign_in::Command {
        email,
        password: password.0,
        tenant,
    };
    let signed_in = sign_in::execute(state.services(), &origin, command).await?;
    answer(&state, mode, signed_in)
}
