//! The same decision about many logs, and what became of each.

use actix_web::{HttpRequest, ResponseError as _};
use ipt_application::logbook::take_step_on_many::{self, Outcome};
use ipt_domain::{id::LogEntryId, logbook::transition::Step};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::LogDto;
use crate::{
    answer::{self, Answer},
    extract::ActorArg,
    problem::{Problem, ProblemBody},
    state::State,
};

/// What became of each log.
#[derive(Serialize, ToSchema)]
pub(super) struct ManyDto {
    /// One for each log that was named, in that order; one named twice stands there once.
    results: Vec<OneOfMany>,
}

/// What became of one log.
#[derive(Serialize, ToSchema)]
struct OneOfMany {
    id: Uuid,
    /// The HTTP status that this log alone would have had.
    #[schema(example = 200)]
    status: u16,
    /// The log, when it was acted on.
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<LogDto>,
    /// Why nothing happened to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ProblemBody>)]
    problem: Option<serde_json::Value>,
}

/// Takes one step on many logs; each stands or falls by itself.
pub(super) async fn step_on_many(
    request: &HttpRequest,
    state: &State,
    caller: &ActorArg,
    ids: &[Uuid],
    step: &Step,
) -> Answer {
    let ids: Vec<LogEntryId> = ids.iter().copied().map(LogEntryId::new).collect();
    let outcomes = take_step_on_many::execute(state.services(), caller, &ids, step).await?;
    answer::plain(&ManyDto {
        results: outcomes
            .into_iter()
            .map(|outcome| one(request, outcome))
            .collect(),
    })
}

fn one(request: &HttpRequest, outcome: Outcome) -> OneOfMany {
    let id = outcome.id.uuid();
    match outcome.result {
        Ok(log) => OneOfMany {
            id,
            status: 200,
            log: Some(LogDto::from(&log)),
            problem: None,
        },
        Err(error) => {
            let problem = Problem::from(error);
            let status = problem.status_code().as_u16();
            OneOfMany {
                id,
                status,
                log: None,
                problem: Some(problem.body_for(request)),
            }
        }
    }
}
