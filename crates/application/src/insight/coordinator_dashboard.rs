//! A coordinator's view of the institution.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use ipt_domain::{
    Instant, identity::permission::Permission, logbook::state::StateName, tenancy::calendar::WorkingCalendar,
};
use ipt_ports::insight::{CoordinatorFigures, ExceptionFound, ExceptionKind, FiguresRequest, Span};

use super::InsightError;
use crate::{Caller, Services};

/// How many days the trend shows, today included.
const TREND_DAYS: u64 = 14;

/// How many exceptions are shown.
const EXCEPTIONS: u32 = 50;

/// How much an exception matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Soon.
    Medium,
    /// Now.
    High,
}

/// The figures at one moment.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The figures; exceptions with the gravest and oldest first.
    pub figures: CoordinatorFigures,
    /// When they were made.
    pub generated_at: Instant,
}

impl Dashboard {
    /// How many entries are in a state.
    pub fn logs_in(&self, state: StateName) -> u64 {
        self.figures
            .logs
            .iter()
            .find(|(name, _)| *name == state)
            .map_or(0, |(_, count)| *count)
    }
}

/// How much an exception of this kind matters.
pub const fn severity(kind: ExceptionKind) -> Severity {
    match kind {
        ExceptionKind::FlaggedEntry | ExceptionKind::SupervisorMissing => Severity::High,
        ExceptionKind::OverdueReview | ExceptionKind::EndPassed => Severity::Medium,
    }
}

/// Reads the figures of the institution in which the caller acts.
///
/// # Errors
/// [`InsightError`].
#[tracing::instrument(name = "usecase.insight.coordinator_dashboard", skip_all)]
pub async fn execute(services: &Services, caller: &Caller) -> Result<Dashboard, InsightError> {
    let tenant = caller.tenant_with(Permission::InsightCoordinator)?;
    let now = services.clock.now();
    let mut reader = services.database.read(caller.scope()).await?;
    let institution = reader
        .tenancy()
        .institution(tenant)
        .await?
        .ok_or(InsightError::NoInstitution)?;
    let calendar = institution.calendar();
    let date = calendar.local_date(now);
    let request = FiguresRequest {
        tenant,
        now,
        today: span(calendar, date),
        days: (0..TREND_DAYS)
            .rev()
            .map(|back| date - Days::new(back))
            .map(|day| (day, span(calendar, day)))
            .collect(),
        date,
        exceptions: EXCEPTIONS,
    };
    let mut figures = reader.insight().coordinator_figures(&request).await?;
    drop(reader);
    order(&mut figures.exceptions);
    Ok(Dashboard {
        figures,
        generated_at: now,
    })
}

/// Puts the gravest first, and of these the oldest.
pub(super) fn order(exceptions: &mut [ExceptionFound]) {
    exceptions.sort_by_key(|exception| (Reverse(severity(exception.kind)), exception.since));
}

/// A local day as a span of time.
fn span(calendar: &WorkingCalendar, day: NaiveDate) -> Span {
    Span {
        from: calendar.start_of_day(day),
        to: calendar.end_of_day(day),
    }
}
