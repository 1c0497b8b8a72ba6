//! Looks at placements.

use chrono::NaiveDate;
use ipt_domain::{
    id::{PlacementId, TenantId, UserId},
    placement::{neighbour::Neighbour, placement::Placement, state::PlacementStateName},
};
use ipt_ports::placement::{PlacementFilter, PlacementView};

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    pub(super) fn placement_by_id(&self, id: PlacementId) -> Option<&Placement> {
        self.state()
            .placements
            .get(&id)
            .filter(|placement| self.sees(placement.tenant_id()))
    }

    /// A placement with its names; none where something that it refers to is missing.
    pub(super) fn placement_view(&self, placement: &Placement) -> Option<PlacementView> {
        let state = self.state();
        Some(PlacementView {
            placement: placement.clone(),
            student_name: state.name_of(placement.student_id()),
            organisation_name: state
                .organisations
                .get(&placement.organisation_id())?
                .thing
                .name()
                .to_owned(),
            programme_name: state
                .programmes
                .get(&placement.programme_id())?
                .thing
                .name()
                .to_owned(),
            industrial_supervisor_name: placement.industrial_supervisor().map(|user| state.name_of(user)),
            university_supervisor_name: placement.university_supervisor().map(|user| state.name_of(user)),
        })
    }

    /// The placements that the filter's onlooker sees and that match the rest of it.
    pub(super) fn placements_matching<'a>(
        &'a self,
        filter: &'a PlacementFilter,
    ) -> impl Iterator<Item = &'a Placement> {
        let outlook = self.outlook(&filter.onlooker);
        let supervised_by = |placement: &Placement, user: UserId| {
            [
                placement.industrial_supervisor(),
                placement.university_supervisor(),
            ]
            .contains(&Some(user))
        };
        self.placements_in_scope().filter(move |placement| {
            let PlacementFilter {
                onlooker: _,
                states,
                student_id,
                organisation_id,
                programme_id,
                supervisor_id,
            } = filter;
            outlook.sees(placement)
                && (states.is_empty() || states.contains(&placement.state().name()))
                && student_id.is_none_or(|student| placement.student_id() == student)
                && organisation_id.is_none_or(|organisation| placement.organisation_id() == organisation)
                && programme_id.is_none_or(|programme| placement.programme_id() == programme)
                && supervisor_id.is_none_or(|supervisor| supervised_by(placement, supervisor))
        })
    }

    pub(super) fn placements_beside(&self, tenant: TenantId, student: UserId) -> Vec<Neighbour> {
        let own = self
            .placements_in_scope()
            .filter(|placement| placement.tenant_id() == tenant);
        let mut own: Vec<&Placement> = own
            .filter(|placement| placement.student_id() == student)
            .collect();
        own.sort_by_key(|placement| (placement.period().start(), placement.id()));
        own.into_iter().filter_map(Neighbour::of).collect()
    }

    pub(super) fn waiting_to_begin(&self, latest: NaiveDate) -> Vec<PlacementId> {
        let waits = |placement: &&Placement| {
            placement.state().name() == PlacementStateName::Approved
                && placement.period().start() <= latest
                && placement.industrial_supervisor().is_some()
                && placement.university_supervisor().is_some()
        };
        let mut waiting: Vec<&Placement> = self.placements_in_scope().filter(waits).collect();
        waiting.sort_by_key(|placement| (placement.period().start(), placement.id()));
        waiting.into_iter().map(Placement::id).collect()
    }
}
