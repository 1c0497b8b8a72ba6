//! `GET /users/{id}`

use actix_web::get;
use ipt_application::identity::users::get as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, one},
    extract::{ActorArg, PathId},
    identity::dto::UserDto,
    state::State,
};

/// One person of the institution
#[utoipa::path(
    tag = "users",
    operation_id = "get_user",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The person", body = UserDto)),
)]
#[get("/users/{id}")]
#[tracing::instrument(name = "http.identity.get_user", skip_all)]
pub(super) async fn get_user(actor: ActorArg, state: State, id: PathId<UserId>) -> Answer {
    let user = use_case::execute(state.services(), &actor, id.required()?).await?;
    one(user.account.version, &UserDto::from(user))
}
