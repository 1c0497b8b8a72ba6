//! `POST /auth/sessions/end-others`

use actix_web::post;
use ipt_application::identity::sessions::end_others as use_case;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, NoBody},
    identity::session_dto::SessionsDto,
    state::State,
};

/// End all of one's own sessions but the current one
#[utoipa::path(
    tag = "auth",
    operation_id = "end_other_sessions",
    responses((status = 200, description = "The session that is left", body = SessionsDto)),
)]
#[post("/auth/sessions/end-others")]
#[tracing::instrument(name = "http.identity.end_other_sessions", skip_all)]
pub(super) async fn end_other_sessions(actor: ActorArg, state: State, _: NoBody) -> Answer {
    let left = use_case::execute(state.services(), &actor).await?;
    plain(&SessionsDto::new(left, actor.session_id))
}
