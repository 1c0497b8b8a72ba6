//! `POST /notifications/{id}/read`

use actix_web::post;
use ipt_application::engagement::notifications::read;
use ipt_domain::id::NotificationId;

use super::dto::NotificationDto;
use crate::{
    answer::{Answer, one},
    extract::{ActorArg, IfMatch, NoBody, PathId},
    state::State,
};

/// Mark a notification as read
#[utoipa::path(
    tag = "notifications",
    operation_id = "mark_notification_read",
    params(("id" = Uuid, Path, description = "The notification's id")),
    responses((status = 200, description = "Marked", body = NotificationDto)),
)]
#[post("/notifications/{id}/read")]
#[tracing::instrument(name = "http.engagement.mark_notification_read", skip_all)]
pub(super) async fn mark_read(
    actor: ActorArg,
    state: State,
    id: PathId<NotificationId>,
    seen: IfMatch,
    _: NoBody,
) -> Answer {
    let notification = read::execute(state.services(), &actor, id.required()?, seen.0).await?;
    one(notification.version(), &NotificationDto::from(notification))
}
