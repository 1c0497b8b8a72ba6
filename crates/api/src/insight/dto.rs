//! Dashboards, as they go over the wire.

use std::collections::BTreeMap;

use ipt_application::insight::coordinator_dashboard::{Dashboard, Severity, severity};
use ipt_domain::{logbook::state::StateName, placement::state::PlacementStateName};
use ipt_ports::insight::{DayOfTrend, ExceptionFound, ExceptionKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::{Date, Timestamp};

/// The coordinators' view of an institution at one moment.
#[derive(Serialize, ToSchema)]
pub(super) struct CoordinatorDashboard {
    students: StudentFigures,
    placements: PlacementFigures,
    logs: LogFigures,
    review_times: ReviewTimes,
    /// What needs a person, the gravest and oldest first.
    exceptions: Vec<ExceptionDto>,
    /// The last days, the oldest first.
    trend: Vec<TrendDto>,
    generated_at: Timestamp,
}

/// The students of the institution.
#[derive(Serialize, ToSchema)]
struct StudentFigures {
    total: u64,
    /// With a placement that is approved, active or suspended.
    placed: u64,
    unplaced: u64,
}

/// The placements of the institution.
#[derive(Serialize, ToSchema)]
struct PlacementFigures {
    /// Every state with its number.
    by_state: BTreeMap<&'static str, u64>,
}

/// The log entries of the institution; drafts that were never submitted are not counted.
#[derive(Serialize, ToSchema)]
struct LogFigures {
    /// Every state with its number.
    by_state: BTreeMap<&'static str, u64>,
    /// First submitted today, in the institution's time zone.
    submitted_today: u64,
    awaiting_industry: u64,
    awaiting_academic: u64,
    flagged: u64,
    /// Whose review is overdue.
    overdue: u64,
}

/// How long reviews take, from the moment in which they could be made.
#[derive(Serialize, ToSchema)]
struct ReviewTimes {
    industry_median_hours: Option<f64>,
    academic_median_hours: Option<f64>,
}

/// Something that needs a person.
#[derive(Serialize, ToSchema)]
#[schema(as = Exception)]
struct ExceptionDto {
    /// `flagged_entry`, `overdue_review`, `end_passed` or `supervisor_missing`.
    #[schema(value_type = String, example = "overdue_review")]
    kind: &'static str,
    /// `high` or `medium`.
    #[schema(value_type = String, example = "high")]
    severity: &'static str,
    /// Whom or what it concerns.
    subject: String,
    since: Timestamp,
    /// The resource concerned.
    #[schema(example = "/api/v1/logs/01890a5d-ac96-774b-bcce-b302099a8057")]
    link: String,
}

/// What happened on one day.
#[derive(Serialize, ToSchema)]
#[schema(as = TrendDay)]
struct TrendDto {
    date: Date,
    submitted: u64,
    verified: u64,
    validated: u64,
}

impl From<Dashboard> for CoordinatorDashboard {
    fn from(dashboard: Dashboard) -> Self {
        let logs = LogFigures {
            by_state: StateName::ALL
                .into_iter()
                .map(|state| (state.as_str(), dashboard.logs_in(state)))
                .collect(),
            submitted_today: dashboard.figures.submitted_today,
            awaiting_industry: dashboard.logs_in(StateName::Submitted),
            awaiting_academic: dashboard.logs_in(StateName::IndustryVerified),
            flagged: dashboard.logs_in(StateName::Flagged),
            overdue: dashboard.figures.overdue,
        };
        let Dashboard {
            figures,
            generated_at,
        } = dashboard;
        let placements_in = |state: PlacementStateName| {
            let found = figures.placements.iter().find(|(name, _)| *name == state);
            (state.as_str(), found.map_or(0, |(_, count)| *count))
        };
        Self {
            students: StudentFigures {
                total: figures.students,
                placed: figures.placed,
                unplaced: figures.students.saturating_sub(figures.placed),
            },
            placements: PlacementFigures {
                by_state: PlacementStateName::ALL.into_iter().map(placements_in).collect(),
            },
            logs,
            review_times: ReviewTimes {
                industry_median_hours: figures.industry_median_minutes.map(hours),
                academic_median_hours: figures.academic_median_minutes.map(hours),
            },
            exceptions: figures.exceptions.into_iter().map(ExceptionDto::from).collect(),
            trend: figures.trend.into_iter().map(TrendDto::from).collect(),
            generated_at: Timestamp(generated_at),
        }
    }
}

impl From<ExceptionFound> for ExceptionDto {
    fn from(found: ExceptionFound) -> Self {
        let (kind, resource) = match found.kind {
            ExceptionKind::FlaggedEntry => ("flagged_entry", "logs"),
            ExceptionKind::OverdueReview => ("overdue_review", "logs"),
            ExceptionKind::EndPassed => ("end_passed", "placements"),
            ExceptionKind::SupervisorMissing => ("supervisor_missing", "placements"),
        };
        Self {
            kind,
            severity: match severity(found.kind) {
                Severity::Medium => "medium",
                Severity::High => "high",
            },
            subject: found.subject,
            since: Timestamp(found.since),
            link: format!("/api/v1/{resource}/{}", found.object_id),
        }
    }
}

impl From<DayOfTrend> for TrendDto {
    fn from(day: DayOfTrend) -> Self {
        let DayOfTrend {
            date,
            submitted,
            verified,
            validated,
        } = day;
        Self {
            date: Date(date),
            submitted,
            verified,
            validated,
        }
    }
}

/// Minutes as hours, to hundredths.
fn hours(minutes: u64) -> f64 {
    let hundredths = u32::try_from(minutes.saturating_mul(100) / 60).unwrap_or(u32::MAX);
    f64::from(hundredths) / 100.0
}
