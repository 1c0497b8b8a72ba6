//! `DELETE /auth/sessions/{id}`

use actix_web::delete;
use ipt_application::identity::sessions::end as use_case;
use ipt_domain::id::SessionId;

use crate::{
    answer::{Answer, nothing},
    extract::{ActorArg, PathId},
    state::State,
};

/// End one of one's own sessions
///
/// Its access tokens are refused from the next request on. Ending the current one is signing out.
#[utoipa::path(
    tag = "auth",
    operation_id = "end_session",
    params(("id" = Uuid, Path, description = "The session's id")),
    responses((status = 204, description = "Ended")),
)]
#[delete("/auth/sessions/{id}")]
#[tracing::instrument(name = "http.identity.end_session", skip_all)]
pub(super) async fn end_session(actor: ActorArg, state: State, id: PathId<SessionId>) -> Answer {
    use_case::execute(state.services(), &actor, id.required()?).await?;
    nothing()
}
