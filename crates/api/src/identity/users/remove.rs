//! `DELETE /users/{id}`

use actix_web::delete;
use ipt_application::identity::users::remove as use_case;
use ipt_domain::id::UserId;

use crate::{
    answer::{Answer, nothing},
    extract::{ActorArg, IfMatch, PathId},
    state::State,
};

/// End a person's membership
///
/// Everything that the person did stays. With the last membership anywhere the person is erased: name, address and password are
/// replaced, the address is free again, and the audit trail keeps an id without a name.
#[utoipa::path(
    tag = "users",
    operation_id = "remove_user",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 204, description = "The person is no member any more")),
)]
#[delete("/users/{id}")]
#[tracing::instrument(name = "http.identity.remove_user", skip_all)]
pub(super) async fn remove_user(actor: ActorArg, state: State, id: PathId<UserId>, seen: IfMatch) -> Answer {
    use_case::execute(state.services(), &actor, id.required()?, seen.0).await?;
    nothing()
}
