//! The actions that lead from one state of a placement to another.

mod activate;
mod approve;
mod cancel;
mod complete;
mod request_changes;
mod resubmit;
mod resume;
mod suspend;
mod terminate;
mod withdraw;

use ipt_application::placement::placements::step::{self, Command, Step};
use ipt_domain::id::PlacementId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::dto::PlacementDto;
use crate::{
    answer::{Answer, one},
    codes::protocol::INVALID_VALUE,
    extract::{ActorArg, IfMatch, OptionalJson, PathId},
    problem::Problem,
    state::State,
    wire::Date,
};

/// The endpoints.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(approve::approve_placement)
        .service(request_changes::request_placement_changes)
        .service(resubmit::resubmit_placement)
        .service(activate::activate_placement)
        .service(suspend::suspend_placement)
        .service(resume::resume_placement)
        .service(complete::complete_placement)
        .service(terminate::terminate_placement)
        .service(cancel::cancel_placement)
        .service(withdraw::withdraw_placement);
}

/// What goes with an action; the body may be left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepBody {
    /// Why; needed for some actions.
    reason: Option<String>,
    /// The last day that counts, of a termination; everything else takes effect at once.
    effective_date: Option<Date>,
}

/// What every action needs of its request.
struct Asked {
    actor: ActorArg,
    state: State,
    id: PathId<PlacementId>,
    seen: IfMatch,
    body: OptionalJson<StepBody>,
}

impl Asked {
    /// Takes a step that takes effect at once.
    async fn take(self, step: Step) -> Answer {
        if self.body.0.effective_date.is_some() {
            return Err(Problem::field(
                "/effective_date",
                INVALID_VALUE,
                "this takes effect at once; leave the date out",
            ));
        }
        self.take_on(step).await
    }

    /// Takes a step.
    async fn take_on(self, step: Step) -> Answer {
        let command = Command {
            id: self.id.required()?,
            seen: self.seen.0,
            step,
            reason: self.body.0.reason,
        };
        let shown = step::execute(self.state.services(), &self.actor, &command).await?;
        one(shown.view.placement.version(), &PlacementDto::from(shown))
    }
}
