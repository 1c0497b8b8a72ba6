//! Figures for dashboards.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ipt_domain::{Instant, id::TenantId, logbook::state::StateName, placement::state::PlacementStateName};

use crate::RepositoryError;

/// The figures of an institution at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoordinatorFigures {
    /// Students of the institution.
    pub students: u64,
    /// Students with a placement that is approved, active or suspended.
    pub placed: u64,
    /// Placements, by state.
    pub placements: Vec<(PlacementStateName, u64)>,
    /// Entries, by state; drafts that were never submitted are not counted.
    pub logs: Vec<(StateName, u64)>,
    /// Entries first submitted today.
    pub submitted_today: u64,
    /// Entries whose review is overdue.
    pub overdue: u64,
    /// The median time of industry's decisions, in minutes.
    pub industry_median_minutes: Option<u64>,
    /// The median time of academic decisions, in minutes.
    pub academic_median_minutes: Option<u64>,
    /// What needs a person.
    pub exceptions: Vec<ExceptionFound>,
    /// The last days.
    pub trend: Vec<DayOfTrend>,
}

/// An institution in numbers, as the keeper of the deployment sees it: nothing of any person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantStatistics {
    /// People with a membership that gives rights, whose account is not disabled.
    pub active_people: u64,
    /// The other people with a membership.
    pub disabled_people: u64,
    /// The active people, by the name of a role; those that nobody holds are left out.
    pub by_role: BTreeMap<String, u64>,
    /// Organisations that it has a relation to.
    pub organisations: u64,
    /// Programmes.
    pub programmes: u64,
    /// Placements, by state.
    pub placements: Vec<(PlacementStateName, u64)>,
    /// Entries, by state, drafts among them.
    pub logs: Vec<(StateName, u64)>,
    /// Files of entries.
    pub attachments: u64,
    /// Their size together, in bytes.
    pub attachment_bytes: u64,
    /// When anything was last done there that leaves an audit record.
    pub last_activity_at: Option<Instant>,
}

/// Something that needs a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionFound {
    /// Its kind.
    pub kind: ExceptionKind,
    /// Whom or what it concerns, in words.
    pub subject: String,
    /// The entry or placement concerned.
    pub object_id: uuid::Uuid,
    /// Since when.
    pub since: Instant,
}

/// The kinds of exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExceptionKind {
    /// An entry is flagged and waits for a coordinator.
    FlaggedEntry,
    /// A review is overdue.
    OverdueReview,
    /// A placement's end has passed, and it is still active.
    EndPassed,
    /// A placement that has begun lacks a supervisor.
    SupervisorMissing,
}

/// What happened on one local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfTrend {
    /// The day, in the institution's zone.
    pub date: NaiveDate,
    /// Entries handed in.
    pub submitted: u64,
    /// Entries verified, by industry or on evidence.
    pub verified: u64,
    /// Entries validated.
    pub validated: u64,
}

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From this moment.
    pub from: Instant,
    /// Before this moment.
    pub to: Instant,
}

/// What the figures are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresRequest {
    /// The institution.
    pub tenant: TenantId,
    /// Now.
    pub now: Instant,
    /// The institution's today, as a span.
    pub today: Span,
    /// The days of the trend, each with its span, the oldest first.
    pub days: Vec<(NaiveDate, Span)>,
    /// The institution's today, as a date.
    pub date: NaiveDate,
    /// How many exceptions at most.
    pub exceptions: u32,
}

/// Reads figures.
#[async_trait::async_trait]
pub trait InsightReader: Send {
    /// A coordinator's figures, in a fixed number of statements.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn coordinator_figures(
        &mut self,
        request: &FiguresRequest,
    ) -> Result<CoordinatorFigures, RepositoryError>;

    /// An institution in numbers, in a fixed number of statements.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn tenant_statistics(&mut self, tenant: TenantId) -> Result<TenantStatistics, RepositoryError>;
}
