//! `POST /users/{id}/end-sessions`

use actix_web::post;
use ipt_application::identity::users::end_sessions as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    identity::dto::UserDto,
    state::State,
};

/// End a person's sessions
///
/// Those that act in this institution; all of them when no other institution has the person.
#[utoipa::path(
    tag = "users",
    operation_id = "end_user_sessions",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Ended", body = UserDto)),
)]
#[post("/users/{id}/end-sessions")]
#[tracing::instrument(name = "http.identity.end_user_sessions", skip_all)]
pub(super) async fn end_user_sessions(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let user = use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(user.account.version, &UserDto::from(user))
}
