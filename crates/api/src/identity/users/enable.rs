//! `POST /users/{id}/enable`

use actix_web::post;
use ipt_application::identity::users::enable as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    identity::dto::UserDto,
    state::State,
};

/// Enable a person again
///
/// The memberships here give their rights again.
#[utoipa::path(
    tag = "users",
    operation_id = "enable_user",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "Enabled", body = UserDto)),
)]
#[post("/users/{id}/enable")]
#[tracing::instrument(name = "http.identity.enable_user", skip_all)]
pub(super) async fn enable_user(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let user = use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(user.account.version, &UserDto::from(user))
}
