//! Changing a placement's details and supervisors.

use chrono::NaiveDate;
use ipt_domain::{
    id::{OrganisationId, PlacementId, SiteId, UserId},
    placement::{amendment::Amendment, delegation::Part, mode::Mode, period::Period, placement::Placement},
    text::Remark,
    version::Version,
};
use ipt_ports::UnitOfWork;

use super::{
    Changes, ShownPlacement,
    case::{self, Loaded, caps},
    create::site_of,
    scope,
    step::subject_of,
    surroundings::{Subject, Surroundings},
};
use crate::{
    Caller, Services,
    concurrency::settle,
    placement::{PlacementError, RequestViolation},
    rules::BrokenRules,
};

/// What to change; what is left out stays. In those that can be absent, `Some(None)` takes the value away.
#[derive(Clone, Debug)]
pub struct Command {
    /// The placement.
    pub id: PlacementId,
    /// The version that was seen.
    pub seen: Option<Version>,
    /// The workplace's supervisor; none until the approval only.
    pub industrial_supervisor_id: Option<Option<UserId>>,
    /// The institution's supervisor; none until the approval only.
    pub university_supervisor_id: Option<Option<UserId>>,
    /// Why a supervisor is replaced, or a part left open again.
    pub reason: Option<String>,
    /// The first day.
    pub start_date: Option<NaiveDate>,
    /// The last day.
    pub end_date: Option<NaiveDate>,
    /// The workplace.
    pub site_id: Option<Option<SiteId>>,
    /// Where the work is done.
    pub mode: Option<Mode>,
    /// Family or ownership between the student and the host.
    pub relationship_declared: Option<Option<String>>,
    /// Who hosts; until the approval only.
    pub organisation_id: Option<OrganisationId>,
    /// The earlier placement that it continues; until the approval only.
    pub continues: Option<Option<PlacementId>>,
}

impl Command {
    /// A command that changes nothing.
    pub const fn of(id: PlacementId) -> Self {
        Self {
            id,
            seen: None,
            industrial_supervisor_id: None,
            university_supervisor_id: None,
            reason: None,
            start_date: None,
            end_date: None,
            site_id: None,
            mode: None,
            relationship_declared: None,
            organisation_id: None,
            continues: None,
        }
    }
}

/// The texts of a command, parsed.
struct Texts {
    reason: Option<Remark>,
    declared: Option<Remark>,
}

/// Changes a placement. It may begin at once, when a supervisor was all that it waited for.
///
/// # Errors
/// [`PlacementError::NotFound`], then what the domain tells, in its order; broken guards of all changes together.
#[tracing::instrument(name = "usecase.placement.placements.update", skip_all, fields(placement.id = %command.id))]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    command: &Command,
) -> Result<ShownPlacement, PlacementError> {
    let texts = texts(command)?;
    settle(|| attempt(services, caller, command, &texts)).await
}

fn texts(command: &Command) -> Result<Texts, BrokenRules> {
    let mut broken = BrokenRules::default();
    let mut parse = |pointer, text: Option<&str>| {
        broken.keep(Remark::parse(text).map_err(|error| RequestViolation::Text { pointer, error }))
    };
    let reason = parse("/reason", command.reason.as_deref());
    let declared = command
        .relationship_declared
        .as_ref()
        .and_then(|declared| parse("/relationship_declared", declared.as_deref()).flatten());
    broken.into_result()?;
    Ok(Texts {
        reason: reason.flatten(),
        declared,
    })
}

async fn attempt(
    services: &Services,
    caller: &Caller,
    command: &Command,
    texts: &Texts,
) -> Result<ShownPlacement, PlacementError> {
    let mut work = services.database.begin(scope(caller)).await?;
    let loaded = case::load(work.placement(), services, caller, command.id).await?;
    let mut changes = Changes::of(loaded.placement().clone());
    let wanted = Supervisors::of(loaded.placement(), command);
    let asked = (command, texts, &wanted);
    amend(services, caller, work.as_mut(), &loaded, asked, &mut changes).await?;
    assign(services, caller, work.as_mut(), &loaded, asked, &mut changes).await?;
    changes.begin_when_due(services, loaded.today, loaded.now);
    changes
        .save(services, Some(caller), work.placement(), caps(&loaded.terms()))
        .await?;
    let view = work.placement().placement(command.id).await?;
    let view = view.ok_or(PlacementError::NotFound("placement"))?;
    work.commit().await?;
    Ok(ShownPlacement::of(view, caller))
}

/// What is to become of the supervisors, as far as it differs from what is.
struct Supervisors {
    /// Those who change with the details: a part that is left open, and the workplace's supervisor along with who hosts.
    amended: Vec<(Part, Option<UserId>)>,
    /// Those to whom a part is given.
    assigned: Vec<(Part, UserId)>,
}

impl Supervisors {
    fn of(placement: &Placement, command: &Command) -> Self {
        let moves = command
            .organisation_id
            .is_some_and(|organisation| organisation != placement.organisation_id());
        let named = [
            (Part::Industrial, command.industrial_supervisor_id),
            (Part::Academic, command.university_supervisor_id),
        ];
        let mut wanted = Self {
            amended: Vec::new(),
            assigned: Vec::new(),
        };
        for (part, person) in named {
            match person {
                Some(person) if person == placement.supervisor(part) => {}
                Some(Some(person)) if !(moves && part == Part::Industrial) => {
                    wanted.assigned.push((part, person));
                }
                Some(person) => wanted.amended.push((part, person)),
                None => {}
            }
        }
        wanted
    }

    /// The change of the details with those who change along with them.
    fn added_to(&self, mut amendment: Amendment, reason: Option<&Remark>) -> Amendment {
        for (part, person) in &self.amended {
            match part {
                Part::Industrial => amendment.industrial_supervisor = Some(*person),
                Part::Academic => amendment.university_supervisor = Some(*person),
            }
            amendment.reason = reason.cloned();
        }
        amendment
    }
}

/// What is asked for, in its parts.
type Asked<'a> = (&'a Command, &'a Texts, &'a Supervisors);

/// Changes the details. When nothing at all would change, it is only checked that the person might.
async fn amend(
    services: &Services,
    caller: &Caller,
    work: &mut dyn UnitOfWork,
    loaded: &Loaded,
    (command, texts, supervisors): Asked<'_>,
    changes: &mut Changes,
) -> Result<(), PlacementError> {
    let placement = loaded.placement();
    let amendment = amendment(placement, (command, texts, supervisors), changes);
    let nothing = placement.changed_by(&amendment).is_empty();
    if nothing && !supervisors.assigned.is_empty() {
        return Ok(());
    }
    check_references(work, placement, command, changes).await?;
    let organisation = amendment
        .organisation_id
        .unwrap_or_else(|| placement.organisation_id());
    let held_before = subject_of(placement);
    let subject = Subject {
        organisation,
        industrial: amendment.industrial_supervisor.unwrap_or(held_before.industrial),
        university: amendment.university_supervisor.unwrap_or(held_before.university),
        ..held_before
    };
    let surroundings = Surroundings::of(work, subject).await?;
    let outside = match amendment.period {
        Some(period) => {
            work.placement().hold_placement(placement).await?;
            work.placement()
                .entry_days_outside(command.id, period.start(), period.end())
                .await?
        }
        None => Vec::new(),
    };
    let verified = loaded.found.organisation_verified;
    let setting = surroundings.setting(loaded.terms(), verified, &loaded.found.case.delegations);
    let acting = loaded.acting(services, caller, command.seen);
    if nothing {
        placement.clone().amend(amendment, &outside, &acting, &setting)?;
        return Ok(());
    }
    changes.try_make(|it| it.amend(amendment, &outside, &acting, &setting))
}

/// The details that the command names.
fn amendment(
    placement: &Placement,
    (command, texts, supervisors): Asked<'_>,
    changes: &mut Changes,
) -> Amendment {
    let start = command.start_date.unwrap_or_else(|| placement.period().start());
    let end = command.end_date.unwrap_or_else(|| placement.period().end());
    let named = command.start_date.is_some() || command.end_date.is_some();
    let period = Period::new(start, end).ok();
    if named && period.is_none() {
        changes.refuse(RequestViolation::PeriodReversed { pointer: "/end_date" });
    }
    let details = Amendment {
        period: period.filter(|period| *period != placement.period()),
        site_id: command.site_id,
        mode: command.mode,
        relationship_declared: command
            .relationship_declared
            .is_some()
            .then(|| texts.declared.clone()),
        organisation_id: command.organisation_id,
        continues: command.continues,
        ..Amendment::default()
    };
    supervisors.added_to(details, texts.reason.as_ref())
}

/// The site and the organisation that are named must be there.
async fn check_references(
    work: &mut dyn UnitOfWork,
    placement: &Placement,
    command: &Command,
    changes: &mut Changes,
) -> Result<(), PlacementError> {
    let organisation = command
        .organisation_id
        .unwrap_or_else(|| placement.organisation_id());
    if organisation != placement.organisation_id() {
        let found = work
            .placement()
            .organisation(organisation, Some(placement.tenant_id()))
            .await?;
        if found.is_none_or(|view| view.relation.is_none()) {
            changes.refuse(RequestViolation::OrganisationUnknown);
        }
    }
    let site = command.site_id.unwrap_or_else(|| placement.site_id());
    let named = command.site_id.is_some() || command.organisation_id.is_some();
    if let Some(site) = site.filter(|_| named)
        && site_of(work.placement(), organisation, site).await?.is_none()
    {
        changes.refuse(RequestViolation::SiteUnknown);
    }
    Ok(())
}

/// Gives the parts to the supervisors named.
async fn assign(
    services: &Services,
    caller: &Caller,
    work: &mut dyn UnitOfWork,
    loaded: &Loaded,
    (command, texts, supervisors): Asked<'_>,
    changes: &mut Changes,
) -> Result<(), PlacementError> {
    let supervisors = &supervisors.assigned;
    if supervisors.is_empty() {
        return Ok(());
    }
    let named = |part| {
        supervisors
            .iter()
            .find(|(of, _)| *of == part)
            .map(|(_, person)| *person)
    };
    let subject = Subject {
        industrial: named(Part::Industrial).or(changes.current().industrial_supervisor()),
        university: named(Part::Academic).or(changes.current().university_supervisor()),
        ..subject_of(changes.current())
    };
    let surroundings = Surroundings::of(work, subject).await?;
    let verified = loaded.found.organisation_verified;
    let setting = surroundings.setting(loaded.terms(), verified, &loaded.found.case.delegations);
    for (part, person) in supervisors {
        // The version that was seen is the one before the first change.
        let seen = command.seen.filter(|_| changes.is_empty());
        let acting = loaded.acting(services, caller, seen);
        let reason = texts.reason.clone();
        changes.try_make(|it| it.assign_supervisor(*part, *person, reason, &acting, &setting))?;
    }
    Ok(())
}
