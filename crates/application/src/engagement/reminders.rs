//! Reminding reviewers.

mod stage;

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use chrono::{DurationRound as _, NaiveDate, TimeDelta};
use ipt_domain::{
    Instant,
    id::{JobId, PlacementId, TenantId, UserId},
};
use ipt_ports::{Reader, Scope, SystemScope, engagement::ReviewDue, logbook::LogCase};
use serde_json::json;

use super::{
    EngagementError, Kind, facts,
    payload::About,
    tell::{Telling, tell},
};
use crate::Services;

/// The name of the lease under which reminders go out.
const LEASE: &str = "reminders";

/// The hour of the local day from which reminders go out, so that nobody is woken.
const FROM_HOUR: i64 = 7;

/// How many reviews are read at once.
const PAGE: u32 = 500;

/// A review is reminded of from the day before it is due until two working days after; a review overdue for longer than
/// any weekend and holidays are long is in the coordinators' hands.
const LOOKED_BACK: TimeDelta = TimeDelta::days(40);

/// Reminds reviewers of what falls due: the day before, on the day, and two working days after, in one digest for each
/// reviewer and day at most; how many were reminded. There is one round an hour, made by the worker that asks first; asked
/// again in the same hour, nothing happens.
///
/// # Errors
/// The database's.
#[tracing::instrument(name = "usecase.engagement.reminders", skip_all)]
pub async fn execute(services: &Services, holder: &str) -> Result<u32, EngagementError> {
    let now = services.clock.now();
    if !is_first_this_hour(services, holder, now).await? {
        return Ok(0);
    }
    let mut reminded = 0;
    for (reviewer, hit) in to_remind(services, now).await? {
        reminded += u32::from(remind(services, reviewer, hit, now).await?);
    }
    Ok(reminded)
}

/// Takes the lease of this hour. A holder could renew its own, so that each asking is a holder of its own.
async fn is_first_this_hour(
    services: &Services,
    holder: &str,
    now: Instant,
) -> Result<bool, EngagementError> {
    let next_hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now) + TimeDelta::hours(1);
    let holder = format!("{holder}/{}", services.ids.next());
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let first = work.outbox().take_lease(LEASE, &holder, now, next_hour).await?;
    work.commit().await?;
    Ok(first)
}

/// A day, in its own zone, on which somebody is to be reminded.
#[derive(Clone, Copy, Debug)]
struct Hit {
    tenant: TenantId,
    day: NaiveDate,
}

/// Who is to be reminded today.
async fn to_remind(services: &Services, now: Instant) -> Result<BTreeMap<UserId, Hit>, EngagementError> {
    let mut reader = services.database.read(Scope::System(SystemScope::Worker)).await?;
    let mut cases = HashMap::new();
    let mut hits = BTreeMap::new();
    let mut after = None;
    loop {
        let page = reader
            .notifications()
            .reviews_due(now + facts::DIGEST_AHEAD, after, PAGE)
            .await?;
        let complete = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        after = page.last().map(|last| (last.reviewer, last.entry_id));
        for review in page {
            if hits.contains_key(&review.reviewer) || review.due_at < now - LOOKED_BACK {
                continue;
            }
            let Some(case) = case_of(reader.as_mut(), &mut cases, review.placement_id).await? else {
                continue;
            };
            if let Some(day) = due_for_reminder(case, &review, now) {
                hits.insert(
                    review.reviewer,
                    Hit {
                        tenant: review.tenant_id,
                        day,
                    },
                );
            }
        }
        if complete {
            return Ok(hits);
        }
    }
}

/// A placement's case, read once.
async fn case_of<'a>(
    reader: &mut dyn Reader,
    cases: &'a mut HashMap<PlacementId, Option<LogCase>>,
    id: PlacementId,
) -> Result<Option<&'a LogCase>, EngagementError> {
    let case = match cases.entry(id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => {
            let found = reader.placement().placement_case(id).await?;
            place.insert(found.map(|found| found.case))
        }
    };
    Ok(case.as_ref())
}

/// The day, if the reviewer is to be reminded of this review today: industry's days are the workplace's, academic ones the
/// institution's. What industry may not review any more is the coordinators'.
fn due_for_reminder(case: &LogCase, review: &ReviewDue, now: Instant) -> Option<NaiveDate> {
    let calendar = if review.industry {
        case.workplace.calendar()
    } else {
        &case.institution
    };
    let today = calendar.local_date(now);
    let morning = calendar.start_of_day(today) + TimeDelta::hours(FROM_HOUR);
    let expired = review.industry && !case.placement.industry_still_reviews(today);
    let is_day = stage::of(today, review.due_on, calendar).is_some();
    (is_day && !expired && now >= morning).then_some(today)
}

/// Reminds one reviewer, unless that was done on this day already.
async fn remind(
    services: &Services,
    reviewer: UserId,
    hit: Hit,
    now: Instant,
) -> Result<bool, EngagementError> {
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let digest = JobId::new(services.ids.next());
    let kind = Kind::ReviewDigest;
    if !work
        .notifications()
        .note_reminder(reviewer, kind.as_str(), hit.day, digest)
        .await?
    {
        return Ok(false);
    }
    let Some(values) = facts::of_reviews(work.notifications(), reviewer, now).await? else {
        return Ok(false);
    };
    let telling = Telling {
        kind,
        cause: digest.uuid(),
        tenant: hit.tenant,
        object: ("reviews", reviewer.uuid()),
        values: json!({ "total": values["total"], "overdue": values["overdue"] }),
        about: About::Reviews,
        now,
    };
    tell(services, work.as_mut(), &telling, &[reviewer]).await?;
    work.commit().await?;
    Ok(true)
}
