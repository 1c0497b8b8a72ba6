//! The actions that lead from one state of a placement to another.

mod achieved;

use chrono::NaiveDate;
use ipt_domain::{
    id::PlacementId,
    placement::placement::Placement,
    text::{Remark, TextError},
    version::Version,
};
use ipt_ports::UnitOfWork;

use super::{
    Changes, ShownPlacement,
    case::{self, Loaded, caps},
    scope,
    surroundings::{Subject, Surroundings},
};
use crate::{
    Caller, Services,
    concurrency::settle,
    placement::{PlacementError, RequestViolation},
    rules::BrokenRules,
};

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A coordinator agrees; it may begin at once.
    Approve,
    /// A coordinator sends it back to be mended.
    RequestChanges,
    /// The student hands the mended placement in again.
    Resubmit,
    /// An operator in a hurry lets it begin.
    Activate,
    /// A coordinator interrupts it.
    Suspend,
    /// A coordinator lets it go on.
    Resume,
    /// A coordinator closes it with everything done.
    Complete,
    /// A coordinator ends it before its time.
    Terminate {
        /// The last day that counts; today when none is given.
        effective_date: Option<NaiveDate>,
    },
    /// A coordinator drops it before it began.
    Cancel,
    /// The student drops it before it began.
    Withdraw,
}

/// What to do with which placement.
#[derive(Clone, Debug)]
pub struct Command {
    /// The placement.
    pub id: PlacementId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// What to do.
    pub step: Step,
    /// Why; needed for some steps.
    pub reason: Option<String>,
}

/// Takes one step.
///
/// # Errors
/// [`PlacementError::NotFound`], then what the domain tells, in its order.
#[tracing::instrument(name = "usecase.placement.placements.step", skip_all, fields(placement.id = %command.id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<ShownPlacement, PlacementError> {
    let reason = Remark::parse(command.reason.as_deref()).map_err(too_much)?;
    settle(|| attempt(services, caller, command, reason.as_ref())).await
}

fn too_much(error: TextError) -> PlacementError {
    BrokenRules::one(RequestViolation::Text {
        pointer: "/reason",
        error,
    })
    .into()
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
    reason: Option<&Remark>,
) -> Result<ShownPlacement, PlacementError> {
    let mut work = services.database.begin(scope(caller)).await?;
    let loaded = case::load(work.placement(), services, caller, command.id).await?;
    let mut changes = Changes::of(loaded.placement().clone());
    let acting = loaded.acting(services, caller, command.seen);
    let reason = reason.cloned();
    match &command.step {
        Step::Approve | Step::Resubmit => {
            judge_anew(work.as_mut(), &loaded, &command.step, &acting, &mut changes).await?;
        }
        Step::RequestChanges => changes.try_make(|it| it.request_changes(reason, &acting))?,
        Step::Activate => changes.try_make(|it| it.activate(&acting))?,
        Step::Suspend => changes.try_make(|it| it.suspend(reason, &acting))?,
        Step::Resume => changes.try_make(|it| it.resume(reason, &acting))?,
        Step::Complete => {
            let required = loaded.found.programme.requirement();
            let placement = loaded.placement();
            let (tenant, student) = (placement.tenant_id(), placement.student_id());
            work.placement().hold_student(tenant, student).await?;
            work.placement().hold_placement(placement).await?;
            let days = work.placement().days_of_chain(command.id, loaded.now).await?;
            let achieved = achieved::by(&days, &loaded.found.case.policy);
            changes.try_make(|it| it.complete(&required, &achieved, &acting))?;
        }
        Step::Terminate { effective_date } => {
            changes.try_make(|it| it.terminate(reason, *effective_date, &acting))?;
        }
        Step::Cancel => changes.try_make(|it| it.cancel(reason, &acting))?,
        Step::Withdraw => changes.try_make(|it| it.withdraw(reason, &acting))?,
    }
    changes.begin_when_due(services, loaded.today, loaded.now);
    changes
        .save(services, Some(caller), work.placement(), caps(&loaded.terms()))
        .await?;
    let view = work.placement().placement(command.id).await?;
    let view = view.ok_or(PlacementError::NotFound("placement"))?;
    work.commit().await?;
    Ok(ShownPlacement::of(view, caller))
}

/// An approval, or a placement handed in again: judged as when it was first brought, by the programme as it is now.
async fn judge_anew(
    work: &mut dyn UnitOfWork,
    loaded: &Loaded,
    step: &Step,
    acting: &ipt_domain::placement::authority::Acting<'_>,
    changes: &mut Changes,
) -> Result<(), PlacementError> {
    let surroundings = Surroundings::of(work, subject_of(loaded.placement())).await?;
    let terms = loaded.found.programme.terms();
    let verified = loaded.found.organisation_verified;
    let setting = surroundings.setting(terms, verified, &loaded.found.case.delegations);
    if *step == Step::Approve {
        changes.try_make(|it| it.approve(acting, &setting))
    } else {
        changes.try_make(|it| it.resubmit(acting, &setting))
    }
}

/// The surroundings that a stored placement has.
pub(super) const fn subject_of(placement: &Placement) -> Subject {
    Subject {
        tenant: placement.tenant_id(),
        student: placement.student_id(),
        organisation: placement.organisation_id(),
        industrial: placement.industrial_supervisor(),
        university: placement.university_supervisor(),
    }
}
