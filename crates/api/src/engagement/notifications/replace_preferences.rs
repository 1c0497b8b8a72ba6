//! `PUT /notifications/preferences`

use actix_web::put;
use ipt_application::engagement::preferences::replace;
use ipt_ports::engagement::Preference;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::{PreferenceDto, PreferencesDto};
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json},
    state::State,
};

/// What one wants to be told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplacePreferences {
    items: Vec<PreferenceDto>,
}

/// Replace what one wants to be told
///
/// What is not named is as it is by default.
#[utoipa::path(
    tag = "notifications",
    operation_id = "replace_notification_preferences",
    responses((status = 200, description = "Replaced", body = PreferencesDto)),
)]
#[put("/notifications/preferences")]
#[tracing::instrument(name = "http.engagement.replace_notification_preferences", skip_all)]
pub(super) async fn replace_preferences(
    actor: ActorArg,
    state: State,
    seen: IfMatch,
    body: Json<ReplacePreferences>,
) -> Answer {
    let wishes: Vec<Preference> = body.0.items.into_iter().map(Preference::from).collect();
    let preferences = replace::execute(state.services(), &actor, &wishes, seen.0).await?;
    one(preferences.version(), &PreferencesDto::from(preferences))
}
