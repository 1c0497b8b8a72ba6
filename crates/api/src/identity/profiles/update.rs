//! `PATCH /users/{id}/profile`

use actix_web::patch;
use ipt_application::identity::profiles::update as use_case;
use ipt_domain::id::UserId;

use super::dto::{ProfileBody, ProfileDto};
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json, PathId},
    state::State,
};

/// Change a profile
///
/// The own one, but for the section of a student, which the institution keeps; or that of somebody whom one may change.
#[utoipa::path(
    tag = "users",
    operation_id = "update_profile",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Changed", body = ProfileDto)),
)]
#[patch("/users/{id}/profile")]
#[tracing::instrument(name = "http.identity.update_profile", skip_all)]
pub(super) async fn update_profile(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    body: Json<ProfileBody>,
) -> Answer {
    let command = use_case::Command {
        user: id.required()?,
        seen: seen.0,
        change: body.0.into(),
    };
    let (profile, version) = use_case::execute(state.services(), &actor, &command).await?;
    one(version, &ProfileDto::of(profile, version.number()))
}
