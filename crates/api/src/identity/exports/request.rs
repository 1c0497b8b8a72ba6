//! `POST /auth/me/export`, `POST /users/{id}/export`

use actix_web::post;
use ipt_application::identity::exports::{About, request as use_case};
use ipt_domain::id::UserId;

use super::dto::ExportDto;
use crate::{
    answer::Answer,
    extract::{ActorArg, NoBody, PathId},
    state::State,
};

/// Ask for a copy of everything that is kept of oneself
///
/// A ZIP with JSON and files, of every institution. It is made in the background; a mail tells when it is ready. One that is being
/// made already, or waits to be fetched, is the one meant.
#[utoipa::path(
    tag = "auth",
    operation_id = "request_own_export",
    responses((status = 202, description = "It is being made", body = ExportDto)),
)]
#[post("/auth/me/export")]
#[tracing::instrument(name = "http.identity.request_own_export", skip_all)]
pub(super) async fn request_own_export(actor: ActorArg, state: State, _: NoBody) -> Answer {
    let export = use_case::execute(state.services(), &actor, About::Oneself).await?;
    let body = ExportDto::new(&export, state.seals(), state.services().clock.now());
    body.accepted(&export, "/api/v1/auth/me/export")
}

/// Ask for a copy of everything that the institution keeps of a person
///
/// For administrators, whom the person has asked. What other institutions keep is not in it.
#[utoipa::path(
    tag = "users",
    operation_id = "request_user_export",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 202, description = "It is being made", body = ExportDto)),
)]
#[post("/users/{id}/export")]
#[tracing::instrument(name = "http.identity.request_user_export", skip_all)]
pub(super) async fn request_user_export(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    _: NoBody,
) -> Answer {
    let user = id.required()?;
    let export = use_case::execute(state.services(), &actor, About::Person(user)).await?;
    let body = ExportDto::new(&export, state.seals(), state.services().clock.now());
    body.accepted(&export, &format!("/api/v1/users/{user}/export"))
}
