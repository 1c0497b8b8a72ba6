//! `POST /users/{id}/disable`

use actix_web::post;
use ipt_application::identity::users::disable as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    identity::dto::UserDto,
    state::State,
};

/// Disable a person
///
/// The memberships here give no rights any more, and the sessions here end at once.
#[utoipa::path(
    tag = "users",
    operation_id = "disable_user",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Disabled", body = UserDto)),
)]
#[post("/users/{id}/disable")]
#[tracing::instrument(name = "http.identity.disable_user", skip_all)]
pub(super) async fn disable_user(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let user = use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(user.account.version, &UserDto::from(user))
}
