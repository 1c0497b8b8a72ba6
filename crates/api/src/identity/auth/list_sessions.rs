//! `GET /auth/sessions`

use actix_web::get;
use ipt_application::identity::sessions::list as use_case;

use crate::{
    answer::{Answer, plain},
    extract::ActorArg,
    identity::session_dto::SessionsDto,
    state::State,
};

/// One's own sessions
///
/// Those that are alive, the current one first, then the one used last; at most a hundred.
#[utoipa::path(
    tag = "auth",
    operation_id = "list_sessions",
    responses((status = 200, description = "The sessions", body = SessionsDto)),
)]
#[get("/auth/sessions")]
#[tracing::instrument(name = "http.identity.list_sessions", skip_all)]
pub(super) async fn list_sessions(actor: ActorArg, state: State) -> Answer {
    let sessions = use_case::execute(state.services(), &actor).await?;
    plain(&SessionsDto::new(sessions, actor.session_id))
}
