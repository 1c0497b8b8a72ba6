//! `POST /users/{id}/unlock`

use actix_web::post;
use ipt_application::identity::users::unlock as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    identity::dto::UserDto,
    state::State,
};

/// Take a lock off
///
/// Forgets the failures to sign in. Of somebody whom another institution has too, the lock ends by itself after fifteen minutes.
#[utoipa::path(
    tag = "users",
    operation_id = "unlock_user",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Unlocked", body = UserDto)),
)]
#[post("/users/{id}/unlock")]
#[tracing::instrument(name = "http.identity.unlock_user", skip_all)]
pub(super) async fn unlock_user(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let user = use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(user.account.version, &UserDto::from(user))
}
