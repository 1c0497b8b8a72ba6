//! `POST /auth/register`

use actix_web::post;
use ipt_application::identity::register as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::{Accepted, Answer, accepted},
    extract::{Json, OriginArg},
    problem::ProblemBody,
    state::State,
    wire::Secret,
};

/// Who registers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Register {
    #[schema(example = "asha.mushi@udsm.example")]
    email: String,
    password: Secret,
    #[schema(example = "Asha Mushi")]
    full_name: String,
    /// The institution's code.
    #[schema(example = "udsm")]
    tenant: String,
}

/// Register as a student
///
/// The answer is the same whether or not the address is known. A code goes out by mail, with which the address is verified; whoever
/// has an account already is told that somebody tried.
#[utoipa::path(
    tag = "auth",
    operation_id = "register",
    responses(
        (status = 202, description = "Taken; what follows comes by mail", body = Accepted),
        (status = 422, description = "`registration_closed`, or the address, name or password is refused", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[post("/auth/register")]
#[tracing::instrument(name = "http.identity.register", skip_all)]
pub(super) async fn register(state: State, origin: OriginArg, body: Json<Register>) -> Answer {
    let Register {
        email,
        password,
        full_name,
        tenant,
    } = body.0;
    let command = use_case::Command {
        email,
        password: password.0,
        full_name,
        tenant,
    };
    use_case::execute(state.services(), &origin, command).await?;
    accepted()
}
