//! `POST /notifications/read-all`

use actix_web::post;
use ipt_application::engagement::notifications::read_all;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, NoBody},
    state::State,
};

/// How many notifications were not read before.
#[derive(Serialize, ToSchema)]
struct MarkedAllRead {
    marked: u64,
}

/// Mark all notifications as read
#[utoipa::path(
    tag = "notifications",
    operation_id = "mark_all_notifications_read",
    responses((status = 200, description = "Marked", body = MarkedAllRead)),
)]
#[post("/notifications/read-all")]
#[tracing::instrument(name = "http.engagement.mark_all_notifications_read", skip_all)]
pub(super) async fn mark_all_read(actor: ActorArg, state: State, _: NoBody) -> Answer {
    let marked = read_all::execute(state.services(), &actor).await?;
    plain(&MarkedAllRead { marked })
}
