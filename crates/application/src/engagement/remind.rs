//! Reminders of reviews: the day before they fall due, on the day, and two working days after; one digest for each
//! reviewer and day at most.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use ipt_domain::{
    Instant,
    id::{JobId, TenantId, UserId},
    tenancy::calendar::WorkingCalendar,
};
use ipt_ports::{
    RepositoryError,
    engagement::{Channel, Message, ReviewDue, Topic},
};
use serde_json::json;

use super::{
    deliver::worker,
    handle_log_transition::told_date,
    telling::{MailOrder, wants, wishes},
};
use crate::Services;

/// How many due reviews are read at a time.
const BATCH: u32 = 500;

/// Reviews further ahead than this are not looked at: "the day before" is at most so far away, in any zone.
const AHEAD: TimeDelta = TimeDelta::days(3);

/// The kind of notification.
const KIND: &str = "review_digest";

/// The hour of the local day from which reminders go out, so that nobody is woken.
const FROM_HOUR: u32 = 7;

/// Sends today's digests that were not sent yet; how many went.
///
/// # Errors
/// [`RepositoryError`]; what was not sent goes another time.
#[tracing::instrument(name = "usecase.engagement.remind", skip_all)]
pub async fn execute(services: &Services) -> Result<u64, RepositoryError> {
    let now = services.clock.now();
    let mut sent = 0;
    let mut digest: Option<Digest> = None;
    let mut after = None;
    loop {
        let mut reader = services.database.read(worker()).await?;
        let due = reader.notifications().reviews_due(now + AHEAD, after, BATCH).await?;
        let calendars = calendars(&mut *reader, &due).await?;
        drop(reader);
        for review in &due {
            if digest.as_ref().is_some_and(|digest| digest.reviewer != review.reviewer) {
                sent += send(services, digest.take()).await?;
            }
            if let Some(today) = calendars.get(&review.tenant_id).and_then(|calendar| today_if_due(review, calendar, now)) {
                let (tenant, reviewer) = (review.tenant_id, review.reviewer);
                let open = digest.get_or_insert_with(|| Digest { reviewer, tenant, day: today, reviews: Vec::new() });
                open.reviews.push(review.clone());
            }
        }
        match due.last() {
            Some(last) => after = Some((last.reviewer, last.entry_id)),
            None => return Ok(sent + send(services, digest).await?),
        }
    }
}

/// The reminders of one reviewer for one day.
struct Digest {
    reviewer: UserId,
    tenant: TenantId,
    day: NaiveDate,
    reviews: Vec<ReviewDue>,
}

/// The calendars of the institutions concerned.
async fn calendars(
    reader: &mut dyn ipt_ports::Reader,
    due: &[ReviewDue],
) -> Result<BTreeMap<TenantId, WorkingCalendar>, RepositoryError> {
    let mut calendars = BTreeMap::new();
    for review in due {
        if !calendars.contains_key(&review.tenant_id)
            && let Some(institution) = reader.tenancy().institution(review.tenant_id).await?
        {
            calendars.insert(review.tenant_id, institution.calendar().clone());
        }
    }
    Ok(calendars)
}

/// Today in the reviewer's zone, if a reminder of this review goes out today: the day before it is due, on the day, and
/// two working days after.
fn today_if_due(review: &ReviewDue, calendar: &WorkingCalendar, now: Instant) -> Option<NaiveDate> {
    let today = calendar.local_date(now);
    let morning = calendar.start_of_day(today) + TimeDelta::hours(i64::from(FROM_HOUR));
    let second_day_after = calendar.add_working_days(review.due_on, 2);
    let reminded = [review.due_on.checked_sub_days(Days::new(1))?, review.due_on, second_day_after];
    (now >= morning && reminded.contains(&today)).then_some(today)
}

/// Sends a digest, unless one went to its reviewer today.
async fn send(services: &Services, digest: Option<Digest>) -> Result<u64, RepositoryError> {
    let Some(digest) = digest else { return Ok(0) };
    let now = services.clock.now();
    let id = JobId::new(services.ids.next());
    let mut work = services.database.begin(worker()).await?;
    if !work.notifications().note_reminder(digest.reviewer, KIND, digest.day, id).await? {
        return Ok(0);
    }
    let wanted = wishes(&mut *work, &[digest.reviewer], KIND).await?;
    if wants(&wanted, digest.reviewer, Channel::Mail) {
        work.outbox().enqueue(&[order(services, id, &digest, now)]).await?;
    }
    work.commit().await?;
    Ok(1)
}

/// The order of the digest's mail.
fn order(services: &Services, id: JobId, digest: &Digest, now: Instant) -> Message {
    let item = |review: &ReviewDue| {
        json!({
            "student_name": review.student_name,
            "log_date": told_date(review.log_date),
            "due_date": told_date(review.due_on),
            "overdue_days": (digest.day - review.due_on).num_days().max(0),
        })
    };
    let link = services.settings.frontend_url.as_ref().map(|url| format!("{url}/logs?awaiting=me"));
    let items: Vec<_> = digest.reviews.iter().map(item).collect();
    let order = MailOrder {
        to: digest.reviewer,
        template: KIND.to_owned(),
        values: json!({ "items": items, "link": link }),
    };
    Message {
        id,
        tenant_id: Some(digest.tenant),
        topic: Topic::Mail,
        payload: json!(order),
        created_at: now,
        available_at: now,
    }
}
