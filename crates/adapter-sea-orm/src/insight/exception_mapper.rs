//! Between rows and exceptions.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use ipt_domain::{
    Instant,
    tenancy::calendar::{WeekendDays, WorkingCalendar},
};
use ipt_ports::{
    RepositoryError,
    insight::{ExceptionFound, ExceptionKind},
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use crate::error::{damaged, repository_error};

/// What the statement finds.
struct Found {
    tenant_id: Uuid,
    object_id: Uuid,
    kind: String,
    student: String,
    organisation: Option<String>,
    day: NaiveDate,
    since: Option<Instant>,
    time_zone: String,
}

impl Found {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            tenant_id: row.try_get("", "tenant_id")?,
            object_id: row.try_get("", "id")?,
            kind: row.try_get("", "kind")?,
            student: row.try_get("", "student")?,
            organisation: row.try_get("", "organisation")?,
            day: row.try_get("", "day")?,
            since: row.try_get("", "since")?,
            time_zone: row.try_get("", "time_zone")?,
        })
    }
}

/// An exception.
pub(super) fn read(row: &QueryResult) -> Result<ExceptionFound, RepositoryError> {
    let found = Found::read(row).map_err(repository_error)?;
    let zone: Tz = found
        .time_zone
        .parse()
        .map_err(|_| damaged("tenant", "time_zone", found.tenant_id, "there is no such zone"))?;
    let calendar = WorkingCalendar::new(zone, WeekendDays::SATURDAY_AND_SUNDAY, BTreeSet::new());
    let (kind, since) = match found.kind.as_str() {
        "flagged_entry" => (ExceptionKind::FlaggedEntry, found.since),
        "overdue_review" => (ExceptionKind::OverdueReview, found.since),
        "end_passed" => (ExceptionKind::EndPassed, Some(calendar.end_of_day(found.day))),
        _ => (
            ExceptionKind::SupervisorMissing,
            Some(calendar.start_of_day(found.day)),
        ),
    };
    let since = since.ok_or_else(|| {
        damaged(
            "log_entry",
            "decided_at",
            found.object_id,
            "it is flagged at no time",
        )
    })?;
    let subject = match found.organisation {
        Some(organisation) => format!("{}, {organisation}", found.student),
        None => format!("{}, {}", found.student, found.day),
    };
    Ok(ExceptionFound {
        kind,
        subject,
        object_id: found.object_id,
        since,
    })
}

/// At most `limit` exceptions, the oldest first. No kind crowds out the others: when there are too many, each kind in turn
/// has its oldest one taken.
pub(super) fn fairly(mut found: Vec<ExceptionFound>, limit: u32) -> Vec<ExceptionFound> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    found.sort_by_key(|exception| (exception.kind, exception.since, exception.object_id));
    let mut turn = 0_usize;
    let mut last = None;
    let mut ranked: Vec<(usize, ExceptionFound)> = Vec::with_capacity(found.len());
    for exception in found {
        turn = if last == Some(exception.kind) { turn + 1 } else { 0 };
        last = Some(exception.kind);
        ranked.push((turn, exception));
    }
    ranked.sort_by_key(|(turn, exception)| (*turn, exception.kind));
    ranked.truncate(limit);
    let mut chosen: Vec<ExceptionFound> = ranked.into_iter().map(|(_, exception)| exception).collect();
    chosen.sort_by_key(|exception| (exception.since, exception.object_id));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exception(kind: ExceptionKind, minute: i64) -> ExceptionFound {
        ExceptionFound {
            kind,
            subject: String::new(),
            object_id: Uuid::from_u128(minute.unsigned_abs().into()),
            since: Instant::UNIX_EPOCH + chrono::TimeDelta::minutes(minute),
        }
    }

    #[test]
    fn many_overdue_reviews_do_not_hide_a_flagged_entry() {
        let mut found: Vec<_> = (0..10)
            .map(|minute| exception(ExceptionKind::OverdueReview, minute))
            .collect();
        found.push(exception(ExceptionKind::FlaggedEntry, 99));
        let chosen = fairly(found, 3);
        let kinds: Vec<_> = chosen.iter().map(|exception| exception.kind).collect();
        assert_eq!(
            kinds,
            [
                ExceptionKind::OverdueReview,
                ExceptionKind::OverdueReview,
                ExceptionKind::FlaggedEntry
            ]
        );
        assert_eq!(chosen[1].object_id, Uuid::from_u128(1));
    }
}
