//! `GET /jobs/failed`

use actix_web::get;
use ipt_application::engagement::jobs::list_failed;
use ipt_ports::engagement::FailedMessage;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Answer, plain},
    extract::ActorArg,
    state::State,
    wire::Timestamp,
};

/// A piece of work that was given up.
#[derive(Serialize, ToSchema)]
struct FailedJob {
    id: Uuid,
    /// What it asks for.
    #[schema(value_type = String, example = "mail")]
    topic: &'static str,
    /// How often it was tried.
    attempts: u32,
    /// The last error.
    error: String,
    created_at: Timestamp,
    /// When it was given up.
    failed_at: Timestamp,
}

impl From<FailedMessage> for FailedJob {
    fn from(failed: FailedMessage) -> Self {
        let FailedMessage {
            message,
            attempts,
            error,
            failed_at,
        } = failed;
        Self {
            id: message.id.uuid(),
            topic: message.topic.as_str(),
            attempts,
            error,
            created_at: Timestamp(message.created_at),
            failed_at: Timestamp(failed_at),
        }
    }
}

/// The newest hundred.
#[derive(Serialize, ToSchema)]
struct FailedJobs {
    items: Vec<FailedJob>,
    /// Always null: mend these, and the older ones come.
    next_cursor: Option<String>,
}

/// Background work that was given up
///
/// The institution's; the deployment's for those who keep it and act in no institution. The newest hundred.
#[utoipa::path(
    tag = "jobs",
    operation_id = "list_failed_jobs",
    responses((status = 200, description = "What was given up", body = FailedJobs)),
)]
#[get("/jobs/failed")]
#[tracing::instrument(name = "http.engagement.list_failed_jobs", skip_all)]
pub(super) async fn list_failed_jobs(actor: ActorArg, state: State) -> Answer {
    let failed = list_failed::execute(state.services(), &actor).await?;
    plain(&FailedJobs {
        items: failed.into_iter().map(FailedJob::from).collect(),
        next_cursor: None,
    })
}
