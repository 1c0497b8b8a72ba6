//! The case of a placement: itself, its policy, its places and its delegates.

use ipt_domain::placement::{
    delegation::Delegation,
    organisation::OrganisationRelation,
    placement::Placement,
    site::{Site, Workplace},
};
use ipt_ports::{logbook::LogCase, placement::PlacementCase};

use crate::memory::{state::State, unit_of_work::MemoryUnitOfWork};

impl State {
    /// The case of a placement; none where something that it refers to is missing.
    pub(crate) fn case(&self, placement: &Placement) -> Option<LogCase> {
        let policy = self
            .policies
            .get(&(placement.programme_id(), placement.policy_version()))?;
        let institution = self.institutions.get(&placement.tenant_id())?.thing.calendar();
        let workplace = Workplace::of(self.site_of(placement), institution, placement.mode(), policy);
        Some(LogCase {
            placement: placement.clone(),
            policy: policy.clone(),
            workplace,
            institution: institution.clone(),
            delegations: self.delegations_of(placement),
            student_name: self.name_of(placement.student_id()),
        })
    }

    /// The workplace: shared, or of the placement's own institution.
    fn site_of(&self, placement: &Placement) -> Option<&Site> {
        let site = &self.sites.get(&placement.site_id()?)?.thing;
        site.is_seen_in(placement.tenant_id()).then_some(site)
    }

    fn delegations_of(&self, placement: &Placement) -> Vec<Delegation> {
        let own = self
            .delegations
            .values()
            .filter(|delegation| delegation.placement_id() == placement.id());
        let mut own: Vec<Delegation> = own.cloned().collect();
        own.sort_by_key(|delegation| (delegation.from(), delegation.id()));
        own
    }
}

impl MemoryUnitOfWork {
    /// The placements in scope.
    pub(crate) fn placements_in_scope(&self) -> impl Iterator<Item = &Placement> {
        self.state()
            .placements
            .values()
            .filter(|placement| self.sees(placement.tenant_id()))
    }

    /// The case of a placement, with what only decisions about placements need.
    pub(super) fn full_case(&self, placement: &Placement) -> Option<PlacementCase> {
        let state = self.state();
        let relation = state
            .relations
            .get(&(placement.tenant_id(), placement.organisation_id()));
        Some(PlacementCase {
            case: state.case(placement)?,
            programme: state.programmes.get(&placement.programme_id())?.thing.clone(),
            organisation_verified: relation.is_some_and(OrganisationRelation::is_verified),
        })
    }
}
