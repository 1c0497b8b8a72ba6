//! `GET /tenant/calendar`

use actix_web::get;
use ipt_application::tenancy::get;

use super::dto::CalendarDto;
use crate::{
    answer::{Answer, one},
    extract::ActorArg,
    state::State,
};

/// The institution's weekend days and holidays
#[utoipa::path(
    tag = "tenancy",
    operation_id = "get_calendar",
    responses((status = 200, description = "The calendar", body = CalendarDto)),
)]
#[get("/tenant/calendar")]
#[tracing::instrument(name = "http.tenancy.get_calendar", skip_all)]
pub(super) async fn get_calendar(actor: ActorArg, state: State) -> Answer {
    let institution = get::execute(state.services(), &actor).await?;
    one(institution.version(), &CalendarDto::from(&institution))
}
