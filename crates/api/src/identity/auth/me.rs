//! `GET /auth/me`

use actix_web::get;
use ipt_application::identity::me as use_case;

use crate::{
    answer::{Answer, plain},
    extract::ActorArg,
    identity::dto::MeDto,
    state::State,
};

/// Who one is, where one acts, and what one may do there
#[utoipa::path(
    tag = "auth",
    operation_id = "me",
    responses((status = 200, description = "Oneself", body = MeDto)),
)]
#[get("/auth/me")]
#[tracing::instrument(name = "http.identity.me", skip_all)]
pub(super) async fn me(actor: ActorArg, state: State) -> Answer {
    let me = use_case::execute(state.services(), &actor).await?;
    plain(&MeDto::from(me))
}
