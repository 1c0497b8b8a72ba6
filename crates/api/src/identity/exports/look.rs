//! `GET /auth/me/export`, `GET /users/{id}/export`

use actix_web::get;
use ipt_application::identity::exports::{About, look as use_case};
use ipt_domain::id::UserId;

use super::dto::ExportDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    problem::ProblemBody,
    state::State,
};

/// How the copy stands that one asked for last
#[utoipa::path(
    tag = "auth",
    operation_id = "own_export",
    responses(
        (status = 200, description = "The copy", body = ExportDto),
        (status = 404, description = "None was asked for, or it is gone", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
#[get("/auth/me/export")]
#[tracing::instrument(name = "http.identity.own_export", skip_all)]
pub(super) async fn own_export(actor: ActorArg, state: State) -> Answer {
    let export = use_case::execute(state.services(), &actor, About::Oneself).await?;
    let body = ExportDto::new(&export, state.seals(), state.services().clock.now());
    one(export.version, &body)
}

/// How the copy of a person's data stands that one asked for last
#[utoipa::path(
    tag = "users",
    operation_id = "user_export",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The copy", body = ExportDto)),
)]
#[get("/users/{id}/export")]
#[tracing::instrument(name = "http.identity.user_export", skip_all)]
pub(super) async fn user_export(actor: ActorArg, state: State, id: PathId<UserId>) -> Answer {
    let about = About::Person(id.required()?);
    let export = use_case::execute(state.services(), &actor, about).await?;
    let body = ExportDto::new(&export, state.seals(), state.services().clock.now());
    one(export.version, &body)
}
