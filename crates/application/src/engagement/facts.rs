//! What notifications and mails are filled from.

use chrono::NaiveDate;
use chrono_tz::Tz;
use ipt_domain::{
    Instant,
    id::{LogEntryId, PlacementId, TenantId, UserId},
    logbook::{action::Action, due::Due, entry::LogEntry},
    text::Remark,
};
use ipt_ports::{
    Reader, RepositoryError, UnitOfWork,
    engagement::NotificationReader,
    identity::Session,
    logbook::{LogCase, LogbookReader, Reopening, ReviewView},
    placement::{PlacementReader, PlacementView},
    tenancy::TenancyReader,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Reviews that fall due within this time stand in a digest.
pub(super) const DIGEST_AHEAD: chrono::TimeDelta = chrono::TimeDelta::days(2);

/// How many reviews are listed in a digest.
const DIGEST_LISTS: u32 = 100;

/// What the facts about a log or a placement are read from: a unit of work, or a reader.
pub(super) trait Source: Send {
    fn logbook(&mut self) -> &mut dyn LogbookReader;
    fn placement(&mut self) -> &mut dyn PlacementReader;
}

impl Source for Box<dyn UnitOfWork> {
    fn logbook(&mut self) -> &mut dyn LogbookReader {
        self.as_mut().logbook()
    }
    fn placement(&mut self) -> &mut dyn PlacementReader {
        self.as_mut().placement()
    }
}

impl Source for Box<dyn Reader> {
    fn logbook(&mut self) -> &mut dyn LogbookReader {
        self.as_mut().logbook()
    }
    fn placement(&mut self) -> &mut dyn PlacementReader {
        self.as_mut().placement()
    }
}

/// A transition of an entry, with what surrounds it.
#[derive(Debug)]
pub(super) struct LogFacts {
    pub(super) case: LogCase,
    pub(super) values: Value,
}

/// Reads what is told of a transition; none when the entry is gone. It says what was so then, whatever became of the entry
/// since: the due date follows from the policy, the calendar and the moment.
pub(super) async fn of_log(
    source: &mut dyn Source,
    entry: LogEntryId,
    action: Action,
    at: Instant,
) -> Result<Option<LogFacts>, RepositoryError> {
    let Some((entry, case)) = source.logbook().log(entry).await? else {
        return Ok(None);
    };
    let Some(view) = source.placement().placement(entry.placement_id()).await? else {
        return Ok(None);
    };
    let reviews = source.logbook().reviews(&[entry.id()]).await?;
    let review = reviews
        .iter()
        .find(|view| view.record.action == action && view.record.at == at);
    let values = log_values(&entry, &case, &view, review, (action, at));
    Ok(Some(LogFacts { case, values }))
}

fn log_values(
    entry: &LogEntry,
    case: &LogCase,
    view: &PlacementView,
    review: Option<&ReviewView>,
    (action, at): (Action, Instant),
) -> Value {
    let by_name = review.map(|review| review.by_name.as_str());
    let approved_by = by_name.filter(|_| action == Action::Approve);
    let comments = review.and_then(|review| review.record.comments.as_ref());
    json!({
        "student_name": view.student_name,
        "organisation": view.organisation_name,
        "programme": view.programme_name,
        "industry_name": approved_by.or(view.industrial_supervisor_name.as_deref()),
        "by_name": by_name,
        "log_date": told(entry.log_date()),
        "due_date": due(entry, case, action, at).map(told),
        "on_evidence": action == Action::VerifyOnEvidence,
        "comments": comments.map(Remark::as_str),
        "revision": review.map_or_else(|| entry.revision(), |review| review.record.revision),
    })
}

/// When the review that an action asks for falls due: as the chain has it, from the moment of the action.
fn due(entry: &LogEntry, case: &LogCase, action: Action, at: Instant) -> Option<NaiveDate> {
    let policy = &case.policy;
    let (days, calendar) = match action {
        Action::Submit | Action::Revise | Action::ReturnToIndustry => {
            (policy.industry_review_days(), case.workplace.calendar())
        }
        Action::Approve | Action::VerifyOnEvidence | Action::ReturnToAcademic => {
            (policy.academic_review_days(), &case.institution)
        }
        Action::Draft
        | Action::Delete
        | Action::Recall
        | Action::Reject
        | Action::Retract
        | Action::Dispute
        | Action::Validate
        | Action::Flag
        | Action::ReturnToStudent
        | Action::Void => return None,
    };
    Some(Due::after(days, entry.log_date(), policy.review_cadence(), calendar, at).on)
}

/// What is told of a placement; none when it is gone.
pub(super) async fn of_placement(
    placements: &mut dyn PlacementReader,
    id: PlacementId,
) -> Result<Option<(PlacementView, Value)>, RepositoryError> {
    let Some(view) = placements.placement(id).await? else {
        return Ok(None);
    };
    let placement = &view.placement;
    let values = json!({
        "student_name": view.student_name,
        "organisation": view.organisation_name,
        "programme": view.programme_name,
        "industrial_supervisor_name": view.industrial_supervisor_name,
        "university_supervisor_name": view.university_supervisor_name,
        "start_date": told(placement.period().start()),
        "end_date": told(placement.effective_end()),
        "state": placement.state().name(),
    });
    Ok(Some((view, values)))
}

/// What is told of an institution; none when it is gone.
pub(super) async fn of_institution(
    institutions: &mut dyn TenancyReader,
    id: TenantId,
) -> Result<Option<Value>, RepositoryError> {
    let institution = institutions.institution(id).await?;
    Ok(institution.map(|institution| json!({ "tenant_name": institution.name() })))
}

/// What is told of a session: where and when it was opened, by the clock of the institution in which it acts.
pub(super) async fn of_session(
    institutions: &mut dyn TenancyReader,
    session: &Session,
) -> Result<Value, RepositoryError> {
    let institution = match session.tenant_id {
        Some(tenant) => institutions.institution(tenant).await?,
        None => None,
    };
    let zone = institution.map_or(Tz::UTC, |found| found.calendar().zone());
    let opened_at = session.created_at.with_timezone(&zone);
    Ok(json!({
        "device": Some(&session.device).filter(|device| !device.is_empty()),
        "address": session.address,
        "opened_at": format!("{} ({zone})", opened_at.format("%Y-%m-%d %H:%M")),
    }))
}

/// What is told of days that were opened again; none when their placement is gone.
pub(super) async fn of_reopening(
    placements: &mut dyn PlacementReader,
    reopening: &Reopening,
) -> Result<Option<(PlacementView, Value)>, RepositoryError> {
    let mut found = of_placement(placements, reopening.placement_id).await?;
    if let Some((_, Value::Object(values))) = &mut found {
        values.insert("from_date".to_owned(), told(reopening.from).into());
        values.insert("to_date".to_owned(), told(reopening.to).into());
        values.insert("reason".to_owned(), reopening.reason.as_str().into());
    }
    Ok(found)
}

/// What a digest tells a reviewer, as it is now: overdue reviews first. None when nothing waits any more.
pub(super) async fn of_reviews(
    notifications: &mut dyn NotificationReader,
    reviewer: UserId,
    now: Instant,
) -> Result<Option<Value>, RepositoryError> {
    let before_first = Some((reviewer, LogEntryId::new(Uuid::nil())));
    let due = notifications
        .reviews_due(now + DIGEST_AHEAD, before_first, DIGEST_LISTS)
        .await?;
    let mut own: Vec<_> = due
        .into_iter()
        .take_while(|review| review.reviewer == reviewer)
        .collect();
    if own.is_empty() {
        return Ok(None);
    }
    own.sort_by_key(|review| review.due_at);
    let items: Vec<Value> = own
        .iter()
        .map(|review| {
            let overdue_days = (now - review.due_at).num_days() + 1;
            json!({
                "student_name": review.student_name,
                "log_date": told(review.log_date),
                "due_date": told(review.due_on),
                "overdue_days": if now > review.due_at { overdue_days } else { 0 },
            })
        })
        .collect();
    let overdue = own.iter().filter(|review| now > review.due_at).count();
    Ok(Some(
        json!({ "items": items, "total": own.len(), "overdue": overdue }),
    ))
}

/// A date as it is told: the same in every language.
fn told(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
