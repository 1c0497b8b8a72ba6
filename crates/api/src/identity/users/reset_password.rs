//! `POST /users/{id}/reset-password`

use actix_web::post;
use ipt_application::identity::users::reset_password as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    identity::dto::UserDto,
    state::State,
};

/// Have a person set a new password
///
/// A code goes out by mail, or the invitation again to somebody who never set a password. The sessions here end; while no other
/// institution has the person, the old password is void at once.
#[utoipa::path(
    tag = "users",
    operation_id = "reset_user_password",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "A code, or the invitation again, goes out by mail", body = UserDto)),
)]
#[post("/users/{id}/reset-password")]
#[tracing::instrument(name = "http.identity.reset_user_password", skip_all)]
pub(super) async fn reset_user_password(
    actor: ActorArg,
    state: State,
    id: PathId<UserId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let user = use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(user.account.version, &UserDto::from(user))
}
