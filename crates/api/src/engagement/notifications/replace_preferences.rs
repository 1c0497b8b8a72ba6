//! `PUT /notifications/preferences`

use actix_web::put;
use ipt_application::engagement::preferences::replace;
use ipt_ports::engagement::Preference;

use super::dto::Preferences;
use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, Json},
    state::State,
};

/// Replace what one wants to be told
///
/// What is not named is as it is by default.
#[utoipa::path(
    tag = "notifications",
    operation_id = "replace_notification_preferences",
    responses((status = 200, description = "Replaced", body = Preferences)),
)]
#[put("/notifications/preferences")]
#[tracing::instrument(name = "http.engagement.replace_notification_preferences", skip_all)]
pub(super) async fn replace_preferences(actor: ActorArg, state: State, body: Json<Preferences>) -> Answer {
    let wishes: Vec<Preference> = body.0.items.into_iter().map(Preference::from).collect();
    let preferences = replace::execute(state.services(), &actor, &wishes).await?;
    plain(&Preferences::from(preferences))
}
