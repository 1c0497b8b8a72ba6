//! `GET /notifications/preferences`

use actix_web::get;
use ipt_application::engagement::preferences::get;

use super::dto::PreferencesDto;
use crate::{
    answer::{Answer, one},
    extract::ActorArg,
    state::State,
};

/// What one wants to be told, and by which way
///
/// Every kind by each channel, chosen or by default.
#[utoipa::path(
    tag = "notifications",
    operation_id = "get_notification_preferences",
    responses((status = 200, description = "The preferences", body = PreferencesDto)),
)]
#[get("/notifications/preferences")]
#[tracing::instrument(name = "http.engagement.get_notification_preferences", skip_all)]
pub(super) async fn get_preferences(actor: ActorArg, state: State) -> Answer {
    let preferences = get::execute(state.services(), &actor).await?;
    one(preferences.version(), &PreferencesDto::from(preferences))
}
