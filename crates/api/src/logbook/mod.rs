//! The endpoints of the verification chain.

mod attach;
mod attachment;
mod delete;
mod detach;
mod dispute;
mod dto;
mod edit;
mod form;
mod get;
mod hand_in;
mod history;
mod list;
mod many;
mod path;
mod problem;
mod recall;
mod report;
mod resolve_flag;
mod retract;
mod submit;
mod verify_academic;
mod verify_academic_many;
mod verify_industry;
mod verify_industry_many;
mod verify_on_evidence;
mod void;

use ipt_application::logbook::{LogbookError, ShownLog, take_step};
use ipt_domain::{
    id::LogEntryId,
    logbook::{
        review::Way,
        transition::{Step, StepKind},
    },
    version::Version,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    answer::{self, Answer},
    extract::ActorArg,
    problem::Problem,
    state::State,
};

/// The endpoints. Fixed paths come before those with an id.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(submit::handle)
        .service(list::handle)
        .service(verify_industry_many::handle)
        .service(verify_academic_many::handle)
        .service(get::handle)
        .service(edit::handle)
        .service(delete::handle)
        .service(history::handle)
        .service(hand_in::handle)
        .service(recall::handle)
        .service(dispute::handle)
        .service(retract::handle)
        .service(verify_industry::handle)
        .service(verify_on_evidence::handle)
        .service(verify_academic::handle)
        .service(resolve_flag::handle)
        .service(void::handle)
        .service(attach::handle)
        .service(attachment::handle)
        .service(attachment::content)
        .service(detach::handle);
}

/// A body with nothing but comments, a reason or a note.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Comments {
    /// Comments, reason or note.
    #[schema(example = "Which machine was it?")]
    comments: Option<String>,
}

/// Takes one step on an entry, and answers with the entry.
async fn step(
    state: &State,
    caller: &ActorArg,
    id: LogEntryId,
    seen: Option<Version>,
    kind: StepKind,
    comments: Option<String>,
) -> Answer {
    let command = take_step::Command {
        id,
        step: Step { kind, comments },
        way: Way::Single,
        seen,
    };
    shown(take_step::execute(state.services(), caller, &command).await)
}

/// An entry as an answer.
fn shown(outcome: Result<ShownLog, LogbookError>) -> Answer {
    let log = outcome.map_err(Problem::from)?;
    answer::one(log.entry.version(), &dto::LogDto::from(&log))
}
