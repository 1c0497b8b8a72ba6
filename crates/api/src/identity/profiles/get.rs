//! `GET /users/{id}/profile`

use actix_web::get;
use ipt_application::identity::profiles::get as use_case;
use ipt_domain::id::UserId;

use super::dto::ProfileDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    state::State,
};

/// A person's profile
///
/// The own one, or that of somebody whom one may look at. What is sensitive stands in the particulars.
#[utoipa::path(
    tag = "users",
    operation_id = "get_profile",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The profile", body = ProfileDto)),
)]
#[get("/users/{id}/profile")]
#[tracing::instrument(name = "http.identity.get_profile", skip_all)]
pub(super) async fn get_profile(actor: ActorArg, state: State, id: PathId<UserId>) -> Answer {
    let (profile, version) = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(version, &ProfileDto::of(profile, version.number()))
}
