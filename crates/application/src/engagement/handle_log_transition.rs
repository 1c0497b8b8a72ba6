//! A log entry went through a transition: the people concerned are told.

use chrono::NaiveDate;
use ipt_domain::{
    id::UserId,
    identity::role::Role,
    logbook::{action::Action, entry::LogEntry, event::LogEvent, state::StateName},
};
use ipt_ports::{
    RepositoryError, UnitOfWork,
    engagement::Message,
    logbook::{LogCase, ReviewView},
    placement::PlacementView,
};
use serde_json::{Value, json};

use super::{
    deliver::worker,
    failure::Failure,
    telling::{News, tell},
};
use crate::Services;

/// Tells the people concerned of a transition.
pub(super) async fn execute(services: &Services, message: &Message) -> Result<(), Failure> {
    let event: LogEvent = serde_json::from_value(message.payload.clone()).map_err(|error| Failure::unreadable(&error))?;
    let mut work = services.database.begin(worker()).await?;
    if let Some(kind) = kind(event.action) {
        // An entry that was deleted since concerns nobody.
        if let Some((entry, case)) = work.logbook().log(event.entry_id).await? {
            tell_of(services, &mut *work, &event, kind, &entry, &case).await?;
        }
    }
    work.outbox().complete(message.id, services.clock.now()).await?;
    work.commit().await?;
    Ok(())
}

/// The kind of notification that an action leads to, if any.
const fn kind(action: Action) -> Option<&'static str> {
    match action {
        Action::Submit | Action::Revise => Some("log_submitted"),
        Action::Approve | Action::VerifyOnEvidence => Some("log_approved"),
        Action::Reject => Some("log_rejected"),
        Action::Retract => Some("log_retracted"),
        Action::Dispute => Some("log_disputed"),
        Action::Validate => Some("log_validated"),
        Action::Flag => Some("log_flagged"),
        Action::ReturnToAcademic => Some("log_returned_academic"),
        Action::ReturnToIndustry => Some("log_returned_industry"),
        Action::ReturnToStudent => Some("log_returned_student"),
        Action::Void => Some("log_voided"),
        Action::Draft | Action::Delete | Action::Recall => None,
    }
}

async fn tell_of(
    services: &Services,
    work: &mut dyn UnitOfWork,
    event: &LogEvent,
    kind: &'static str,
    entry: &LogEntry,
    case: &LogCase,
) -> Result<(), RepositoryError> {
    let Some(placement) = work.placement().placement(event.placement_id).await? else { return Ok(()) };
    let reviews = work.logbook().reviews(&[event.entry_id]).await?;
    let review = reviews.iter().rfind(|review| review.record.action == event.action && review.record.at == event.at);
    let people = concerned(work, event, case).await?;
    let news = News {
        kind,
        cause: event.id.uuid(),
        tenant_id: event.tenant_id,
        object: ("log", event.entry_id.uuid()),
        values: values(services, event, entry, &placement, review),
        by_mail: true,
        at: event.at,
    };
    tell(services, work, &people, &news).await
}

/// Who is told: by the table of the chain. Nobody is told of one's own doing.
async fn concerned(
    work: &mut dyn UnitOfWork,
    event: &LogEvent,
    case: &LogCase,
) -> Result<Vec<UserId>, RepositoryError> {
    let student = Some(event.student_id);
    let industry = case.placement.industrial_supervisor();
    let academic = case.placement.university_supervisor();
    let mut people: Vec<UserId> = match event.action {
        Action::Submit | Action::Revise | Action::ReturnToIndustry => industry.into_iter().collect(),
        Action::Approve | Action::VerifyOnEvidence | Action::ReturnToAcademic => academic.into_iter().collect(),
        Action::Reject | Action::Validate | Action::ReturnToStudent => student.into_iter().collect(),
        Action::Retract if event.from == Some(StateName::IndustryVerified) => {
            student.into_iter().chain(academic).collect()
        }
        Action::Retract => student.into_iter().collect(),
        Action::Void => student.into_iter().chain(industry).chain(academic).collect(),
        Action::Dispute | Action::Flag => {
            let coordinators = work.people().members_with_role(event.tenant_id, Role::Coordinator).await?;
            coordinators.into_iter().map(|account| account.id).collect()
        }
        Action::Draft | Action::Delete | Action::Recall => Vec::new(),
    };
    people.retain(|person| *person != event.by.user);
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// What title and text of the notification, and the mail's template, are filled from.
fn values(
    services: &Services,
    event: &LogEvent,
    entry: &LogEntry,
    placement: &PlacementView,
    review: Option<&ReviewView>,
) -> Value {
    let link = services.settings.frontend_url.as_ref().map(|url| format!("{url}/logs/{}", event.entry_id));
    let comments = review.and_then(|review| review.record.comments.as_ref());
    json!({
        "student_name": placement.student_name,
        "industry_name": placement.industrial_supervisor_name,
        "by_name": review.map(|review| &review.by_name),
        "log_date": told_date(entry.log_date()),
        "programme": placement.programme_name,
        "organisation": placement.organisation_name,
        "due_date": entry.state().due().map(|due| told_date(due.on)),
        "comments": comments.map(|comments| comments.as_str()),
        "reason": comments.map(|comments| comments.as_str()),
        "on_evidence": event.action == Action::VerifyOnEvidence,
        "revision": event.revision,
        "link": link,
    })
}

/// A date as it is told: the same in every language.
pub(super) fn told_date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
