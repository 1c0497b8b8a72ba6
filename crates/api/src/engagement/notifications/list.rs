//! `GET /notifications`

use actix_web::get;
use ipt_application::engagement::notifications::list::{self, Command};
use ipt_ports::{
    engagement::NotificationSort,
    page::{Direction, Sort},
};
use utoipa::IntoParams;

use super::dto::NotificationDto;
use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
};

/// Which notifications are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct NotificationFilter {
    /// Only those that were not read.
    unread: Option<bool>,
}

impl FromQuery for NotificationFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self {
            unread: query.flag("unread"),
        }
    }
}

impl Sortable for NotificationSort {
    const FIELDS: &'static [(&'static str, Self)] = &[("created_at", Self::CreatedAt)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::CreatedAt,
        direction: Direction::Descending,
    };
}

/// One's notifications
///
/// Of every institution, the newest first.
#[utoipa::path(
    tag = "notifications",
    operation_id = "list_notifications",
    params(NotificationFilter, PageParams<NotificationSort>),
    responses((status = 200, description = "A page of notifications", body = ListBody<NotificationDto>)),
)]
#[get("/notifications")]
#[tracing::instrument(name = "http.engagement.list_notifications", skip_all)]
pub(super) async fn list_notifications(
    actor: ActorArg,
    state: State,
    listing: Listing<NotificationFilter, NotificationSort>,
) -> Answer {
    let unread = listing.filter.unread.unwrap_or_default();
    let command = Command {
        unread,
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = list::execute(state.services(), &actor, &command).await?;
    listing.answer(page, total, NotificationDto::from)
}
