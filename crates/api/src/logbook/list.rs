//! `GET /logs`

use actix_web::get;
use ipt_application::logbook::list::{self, Filter};
use ipt_domain::logbook::state::StateName;
use ipt_ports::{
    logbook::LogSort,
    page::{Direction, Sort},
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::dto::LogDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    problem::{Problem, ProblemBody},
    state::State,
    wire::{Date, LogStateName},
};

/// Whose action a log waits for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "described here, and read by `LogQuery`")]
enum Awaiting {
    /// The caller's.
    Me,
}

/// The filters, for the description.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, and read by `LogQuery`")]
struct LogParams {
    /// In these states; repeated or between commas.
    #[param(inline, value_type = Option<Vec<LogStateName>>)]
    state: Vec<StateName>,
    /// Of this placement.
    placement_id: Option<Uuid>,
    /// Of this student.
    student_id: Option<Uuid>,
    /// Of this day or later.
    from: Option<Date>,
    /// Of this day or earlier.
    to: Option<Date>,
    /// Whose review is overdue, or not.
    overdue: Option<bool>,
    /// That were ever flagged, or never.
    flagged: Option<bool>,
    /// `me`: that wait for your own action.
    #[param(inline)]
    awaiting: Option<Awaiting>,
    /// Whose text contains this.
    q: Option<String>,
}

/// The filters.
pub(super) struct LogQuery(Filter);

impl FromQuery for LogQuery {
    fn read(query: &mut QueryReader) -> Self {
        Self(Filter {
            states: query.several("state"),
            placement_id: query.id("placement_id"),
            student_id: query.id("student_id"),
            from: query.date("from"),
            to: query.date("to"),
            overdue: query.flag("overdue"),
            flagged: query.flag("flagged"),
            awaiting_me: query
                .parsed("awaiting", |who| (who == "me").then_some(()).ok_or("expected me"))
                .is_some(),
            text: query.text("q"),
        })
    }
}

impl Sortable for LogSort {
    const FIELDS: &'static [(&'static str, Self)] = &[
        ("log_date", Self::LogDate),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
        ("due_at", Self::DueAt),
    ];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::LogDate,
        direction: Direction::Descending,
    };
}

/// Logs: each role sees its own
///
/// A student sees the own ones, a supervisor those of the students supervised now, a coordinator all of the institution
/// that were ever submitted. `reviews` are left out.
#[utoipa::path(
    operation_id = "list_logs",
    tag = "logbook",
    params(LogParams, PageParams<LogSort>),
    responses(
        (status = 200, description = "A page of logs", body = ListBody<LogDto>),
        (status = 400, description = "A cursor that is not valid", body = ProblemBody),
        (status = 422, description = "A parameter is wrong", body = ProblemBody),
    ),
)]
#[get("/logs")]
#[tracing::instrument(name = "http.logbook.list", skip_all)]
pub(super) async fn handle(caller: ActorArg, listing: Listing<LogQuery, LogSort>, state: State) -> Answer {
    let filter = listing.filter.0.clone();
    let listed = list::execute(state.services(), &caller, filter, &listing.page, listing.count).await;
    let listed = listed.map_err(Problem::from)?;
    listing.answer(listed.page, listed.total, |log| LogDto::from(&log))
}
