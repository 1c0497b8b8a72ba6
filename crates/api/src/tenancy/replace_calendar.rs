//! `PUT /tenant/calendar`

use actix_web::put;
use ipt_application::tenancy::replace_calendar as use_case;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::CalendarDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, Json},
    state::State,
    wire::{Date, WeekdayName},
};

/// The whole calendar.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplaceCalendar {
    /// The weekly days off.
    #[schema(example = json!(["saturday", "sunday"]))]
    weekend_days: Vec<WeekdayName>,
    /// The holidays.
    #[schema(example = json!(["2026-07-07", "2026-12-25"]))]
    holidays: Vec<Date>,
}

/// Replace the institution's weekend days and holidays
///
/// Due dates that are set stay.
#[utoipa::path(
    tag = "tenancy",
    operation_id = "replace_calendar",
    responses((status = 200, description = "Replaced", body = CalendarDto)),
)]
#[put("/tenant/calendar")]
#[tracing::instrument(name = "http.tenancy.replace_calendar", skip_all)]
pub(super) async fn replace_calendar(
    actor: ActorArg,
    state: State,
    seen: IfMatch,
    body: Json<ReplaceCalendar>,
) -> Answer {
    let ReplaceCalendar {
        weekend_days,
        holidays,
    } = body.0;
    let command = use_case::Command {
        seen: seen.0,
        weekend_days: weekend_days.into_iter().map(|day| day.0).collect(),
        holidays: holidays.into_iter().map(|date| date.0).collect(),
    };
    let institution = use_case::execute(state.services(), &actor, &command).await?;
    one(institution.version(), &CalendarDto::from(&institution))
}
