//! Proposing a placement.

mod references;

use chrono::NaiveDate;
use ipt_domain::{
    id::{EventId, OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    identity::permission::Permission,
    placement::{
        action::PlacementAction, authority::Acting, mode::Mode, period::Period, placement::Placement,
        proposal::Proposal, refusal::PlacementRefusal, site::Workplace,
    },
    text::Remark,
};

use super::{
    Changes, ShownPlacement,
    case::caps,
    surroundings::{Subject, Surroundings},
};
use crate::{
    Caller, Services,
    access::Denied,
    placement::{PlacementError, RequestViolation},
    rules::BrokenRules,
};
use references::References;
pub(super) use references::site_of;

/// The placement to propose.
#[derive(Clone, Debug)]
pub struct Command {
    /// The student; none: the caller.
    pub student_id: Option<UserId>,
    /// Who hosts.
    pub organisation_id: OrganisationId,
    /// The workplace.
    pub site_id: Option<SiteId>,
    /// The programme.
    pub programme_id: ProgrammeId,
    /// Where the work is done.
    pub mode: Mode,
    /// An earlier placement that it continues.
    pub continues: Option<PlacementId>,
    /// The workplace's supervisor.
    pub industrial_supervisor_id: Option<UserId>,
    /// The institution's supervisor.
    pub university_supervisor_id: Option<UserId>,
    /// The first day.
    pub start_date: NaiveDate,
    /// The last day.
    pub end_date: NaiveDate,
    /// Family or ownership between the student and the host.
    pub relationship_declared: Option<String>,
}

/// Proposes a placement: a student one's own, a coordinator anybody's. Two at once for one student are judged one after
/// the other.
///
/// # Errors
/// [`PlacementError::Denied`], [`PlacementError::Refusal`], then every broken rule together.
#[tracing::instrument(name = "usecase.placement.placements.create", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<ShownPlacement, PlacementError> {
    let student = command.student_id.unwrap_or_else(|| caller.user_id());
    let tenant = may_propose(caller, student)?;
    let mut work = services.database.begin(caller.scope()).await?;
    let mut broken = BrokenRules::default();
    let references = References::read(work.as_mut(), tenant, student, command, &mut broken).await?;
    let period = Period::new(command.start_date, command.end_date);
    let period = broken.keep(period.map_err(|_| RequestViolation::PeriodReversed { pointer: "/end_date" }));
    let declared = Remark::parse(command.relationship_declared.as_deref());
    let declared = broken.keep(declared.map_err(|error| RequestViolation::Text {
        pointer: "/relationship_declared",
        error,
    }));
    broken.into_result()?;
    let (Some(references), Some(period), Some(declared)) = (references, period, declared) else {
        return Err(PlacementError::NotFound("placement"));
    };
    let id = PlacementId::new(services.ids.next());
    let proposal = proposal(id, tenant, student, command, (period, declared));
    let surroundings = Surroundings::of(work.as_mut(), subject_of(&proposal)).await?;
    let terms = references.programme.terms();
    let workplace = Workplace::of(
        references.site.as_ref(),
        &references.institution,
        command.mode,
        terms.policy,
    );
    let now = services.clock.now();
    let acting = Acting {
        actor: &caller.actor,
        seen: None,
        now,
        today: workplace.calendar().local_date(now),
        event_id: EventId::new(services.ids.next()),
    };
    let setting = surroundings.setting(terms, references.organisation_verified, &[]);
    let changes = Changes::new(Placement::propose(proposal, &acting, &setting)?);
    changes
        .save(services, Some(caller), work.placement(), caps(&terms))
        .await?;
    let view = work
        .placement()
        .placement(id)
        .await?
        .ok_or(PlacementError::NotFound("placement"))?;
    work.commit().await?;
    Ok(ShownPlacement::of(view, caller))
}

/// Whether the caller may propose a placement of this student at all; told before anything is looked up.
fn may_propose(caller: &Caller, student: UserId) -> Result<TenantId, PlacementError> {
    if let Ok(tenant) = caller.tenant_with(Permission::PlacementCoordinate) {
        return Ok(tenant);
    }
    let tenant = caller
        .tenant_with(Permission::PlacementPropose)
        .map_err(|_| Denied {
            permission: Permission::PlacementCoordinate,
        })?;
    if student == caller.user_id() {
        Ok(tenant)
    } else {
        Err(PlacementRefusal::NotYourPlacement {
            action: PlacementAction::Propose,
        }
        .into())
    }
}

fn proposal(
    id: PlacementId,
    tenant_id: TenantId,
    student_id: UserId,
    command: &Command,
    (period, relationship_declared): (Period, Option<Remark>),
) -> Proposal {
    Proposal {
        id,
        tenant_id,
        student_id,
        programme_id: command.programme_id,
        organisation_id: command.organisation_id,
        site_id: command.site_id,
        mode: command.mode,
        continues: command.continues,
        period,
        industrial_supervisor: command.industrial_supervisor_id,
        university_supervisor: command.university_supervisor_id,
        relationship_declared,
    }
}

const fn subject_of(proposal: &Proposal) -> Subject {
    Subject {
        tenant: proposal.tenant_id,
        student: proposal.student_id,
        organisation: proposal.organisation_id,
        industrial: proposal.industrial_supervisor,
        university: proposal.university_supervisor,
    }
}
