//! `POST /notifications/{id}/read`

use actix_web::post;
use ipt_application::engagement::notifications::read;
use ipt_domain::id::NotificationId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, NoBody, PathId},
    state::State,
};

/// That a notification was read.
#[derive(Serialize, ToSchema)]
struct MarkedRead {
    id: Uuid,
    read: bool,
}

/// Mark a notification as read
#[utoipa::path(
    tag = "notifications",
    operation_id = "mark_notification_read",
    params(("id" = Uuid, Path, description = "The notification's id")),
    responses((status = 200, description = "Marked", body = MarkedRead)),
)]
#[post("/notifications/{id}/read")]
#[tracing::instrument(name = "http.engagement.mark_notification_read", skip_all)]
pub(super) async fn mark_read(
    actor: ActorArg,
    state: State,
    id: PathId<NotificationId>,
    _: NoBody,
) -> Answer {
    let id = id.required()?;
    read::execute(state.services(), &actor, id).await?;
    plain(&MarkedRead {
        id: id.uuid(),
        read: true,
    })
}
