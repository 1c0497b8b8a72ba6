//! `DELETE /attachments/{id}`

use actix_web::delete;
use ipt_application::logbook::detach;
use ipt_domain::id::AttachmentId;

use crate::{
    answer::{self, Answer},
    extract::{ActorArg, IfMatch, PathId},
    problem::ProblemBody,
    state::State,
};

/// Take a file off a draft or a requested revision
///
/// A file of an earlier text stays readable with that text.
#[utoipa::path(
    operation_id = "delete_attachment",
    tag = "logbook",
    params(super::path::AttachmentId),
    responses(
        (status = 204, description = "Gone"),
        (status = 403, description = "Not the student of this placement", body = ProblemBody),
        (status = 404, description = "No such attachment", body = ProblemBody),
        (status = 409, description = "The state does not allow it", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
    ),
)]
#[delete("/attachments/{id}")]
#[tracing::instrument(name = "http.logbook.detach", skip_all)]
pub(super) async fn handle(
    caller: ActorArg,
    id: PathId<AttachmentId>,
    if_match: IfMatch,
    state: State,
) -> Answer {
    detach::execute(state.services(), &caller, id.required()?, if_match.0).await?;
    answer::nothing()
}
