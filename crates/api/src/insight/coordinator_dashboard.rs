//! `GET /analytics/coordinator-dashboard`

use actix_web::get;
use ipt_application::insight::coordinator_dashboard as use_case;

use super::dto::CoordinatorDashboard;
use crate::{
    answer::{Answer, plain},
    extract::ActorArg,
    state::State,
};

/// The coordinators' view of the institution
///
/// How many students are placed, where the entries stand, how long reviews take, and what needs a person.
#[utoipa::path(
    tag = "insight",
    operation_id = "coordinator_dashboard",
    responses((status = 200, description = "The figures", body = CoordinatorDashboard)),
)]
#[get("/analytics/coordinator-dashboard")]
#[tracing::instrument(name = "http.insight.coordinator_dashboard", skip_all)]
pub(super) async fn coordinator_dashboard(actor: ActorArg, state: State) -> Answer {
    let dashboard = use_case::execute(state.services(), &actor).await?;
    plain(&CoordinatorDashboard::from(dashboard))
}
