//! A coordinator's figures.

use std::collections::{BTreeMap, BTreeSet};

use ipt_domain::{
    id::{LogEntryId, TenantId, UserId},
    identity::role::Role,
    logbook::{action::Action, entry::LogEntry, review::ReviewRecord, state::StateName},
    placement::{placement::Placement, state::PlacementStateName},
};
use ipt_ports::{
    RepositoryError,
    insight::{CoordinatorFigures, DayOfTrend, FiguresRequest, InsightReader, Span, TenantStatistics},
};

use crate::memory::{placement::is_overdue, state::State, unit_of_work::MemoryUnitOfWork};

/// One institution, as far as it is in scope.
pub(super) struct Institution<'a> {
    pub(super) state: &'a State,
    pub(super) request: &'a FiguresRequest,
    pub(super) placements: Vec<&'a Placement>,
    pub(super) entries: Vec<(&'a LogEntry, &'a Placement)>,
    pub(super) reviews: Vec<&'a ReviewRecord>,
}

#[async_trait::async_trait]
impl InsightReader for MemoryUnitOfWork {
    async fn coordinator_figures(
        &mut self,
        request: &FiguresRequest,
    ) -> Result<CoordinatorFigures, RepositoryError> {
        Ok(self.institution_for(request).figures())
    }

    async fn tenant_statistics(&mut self, tenant: TenantId) -> Result<TenantStatistics, RepositoryError> {
        Ok(self.statistics_of(tenant))
    }
}

impl MemoryUnitOfWork {
    fn institution_for<'a>(&'a self, request: &'a FiguresRequest) -> Institution<'a> {
        let state = self.state();
        let is_seen = self.sees(request.tenant);
        let of_tenant = state
            .placements
            .values()
            .filter(|placement| is_seen && placement.tenant_id() == request.tenant);
        let placements: Vec<&Placement> = of_tenant.collect();
        let with_placement = |entry: &'a LogEntry| {
            let placement = placements
                .iter()
                .find(|placement| placement.id() == entry.placement_id())?;
            Some((entry, *placement))
        };
        let entries: Vec<_> = state.entries.values().filter_map(with_placement).collect();
        let known: BTreeSet<LogEntryId> = entries.iter().map(|(entry, _)| entry.id()).collect();
        let reviews = state
            .reviews
            .values()
            .filter(|review| known.contains(&review.entry_id))
            .collect();
        Institution {
            state,
            request,
            placements,
            entries,
            reviews,
        }
    }
}

impl Institution<'_> {
    fn figures(&self) -> CoordinatorFigures {
        let submitted = || {
            self.entries
                .iter()
                .filter_map(|(entry, _)| Some((entry, entry.first_submission()?)))
        };
        let states = submitted().map(|(entry, _)| entry.state().name());
        let students = self.students();
        let times = self.review_times();
        CoordinatorFigures {
            students: students.len() as u64,
            placed: students
                .iter()
                .filter(|student| self.is_placed(**student))
                .count() as u64,
            placements: counted(
                self.placements.iter().map(|placement| placement.state().name()),
                &PlacementStateName::ALL,
            ),
            logs: counted(states, &StateName::ALL),
            submitted_today: submitted()
                .filter(|(_, first)| within(self.request.today, first.at))
                .count() as u64,
            overdue: self.overdue().count() as u64,
            industry_median_minutes: times.industry,
            academic_median_minutes: times.academic,
            exceptions: self.exceptions(),
            trend: self.trend(),
        }
    }

    /// Active members with the role of a student.
    fn students(&self) -> BTreeSet<UserId> {
        let held = self
            .state
            .memberships
            .values()
            .filter(|held| held.tenant_id == Some(self.request.tenant));
        held.filter(|held| held.roles.contains(&Role::Student) && self.is_member(held.user_id))
            .map(|held| held.user_id)
            .collect()
    }

    /// Whether a person is an active member of the institution.
    pub(super) fn is_member(&self, user: UserId) -> bool {
        let account = self.state.accounts.get(&user);
        account.is_some_and(|known| !known.account.is_disabled())
            && self.state.memberships.values().any(|held| {
                held.user_id == user && held.tenant_id == Some(self.request.tenant) && held.is_active()
            })
    }

    fn is_placed(&self, student: UserId) -> bool {
        let own = self
            .placements
            .iter()
            .filter(|placement| placement.student_id() == student);
        own.map(|placement| placement.state().name()).any(|state| {
            matches!(
                state,
                PlacementStateName::Approved | PlacementStateName::Active | PlacementStateName::Suspended
            )
        })
    }

    /// Entries whose review is overdue.
    pub(super) fn overdue(&self) -> impl Iterator<Item = &LogEntry> {
        let overdue =
            |(entry, placement): &&(&LogEntry, &Placement)| is_overdue(entry, placement, self.request.now);
        self.entries.iter().filter(overdue).map(|(entry, _)| *entry)
    }

    /// An entry counts once a day and kind.
    fn trend(&self) -> Vec<DayOfTrend> {
        let count = |span: Span, actions: &[Action]| {
            let taken = self
                .reviews
                .iter()
                .filter(|review| actions.contains(&review.action));
            let entries: BTreeSet<LogEntryId> = taken
                .filter(|review| within(span, review.at))
                .map(|review| review.entry_id)
                .collect();
            entries.len() as u64
        };
        let day = |(date, span): &(_, Span)| DayOfTrend {
            date: *date,
            submitted: count(*span, &[Action::Submit, Action::Revise]),
            verified: count(*span, &[Action::Approve, Action::VerifyOnEvidence]),
            validated: count(*span, &[Action::Validate]),
        };
        self.request.days.iter().map(day).collect()
    }
}

fn within(span: Span, at: ipt_domain::Instant) -> bool {
    span.from <= at && at < span.to
}

/// How often each name occurs, in the order of `all`; those that do not occur are left out.
fn counted<N: Ord + Copy>(found: impl Iterator<Item = N>, all: &[N]) -> Vec<(N, u64)> {
    let mut counts: BTreeMap<N, u64> = BTreeMap::new();
    for name in found {
        *counts.entry(name).or_default() += 1;
    }
    all.iter()
        .filter_map(|name| Some((*name, *counts.get(name)?)))
        .collect()
}
