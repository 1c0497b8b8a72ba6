//! Looks at programmes and their policies.

use std::collections::BTreeMap;

use ipt_domain::{
    id::ProgrammeId,
    placement::{
        policy::{Policy, PolicyVersion},
        programme::Programme,
    },
};

use crate::memory::{fold::contains, state::Made, unit_of_work::MemoryUnitOfWork};

impl MemoryUnitOfWork {
    /// The programmes in scope whose name or code contains a text.
    pub(super) fn programmes_matching<'a>(
        &'a self,
        text: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Made<Programme>> {
        let known = self
            .state()
            .programmes
            .values()
            .filter(|made| self.sees(made.thing.tenant_id()));
        known.filter(move |made| {
            text.is_none_or(|text| contains(made.thing.name(), text) || contains(made.thing.code(), text))
        })
    }

    pub(super) fn programme_by_id(&self, id: ProgrammeId) -> Option<&Made<Programme>> {
        self.programmes_matching(None).find(|made| made.thing.id() == id)
    }

    pub(super) fn policy_at(&self, programme: ProgrammeId, version: PolicyVersion) -> Option<&Policy> {
        self.programme_by_id(programme)?;
        self.state().policies.get(&(programme, version))
    }

    /// How many placements that are not ended keep each version.
    pub(super) fn count_by_policy(&self, programme: ProgrammeId) -> Vec<(PolicyVersion, u64)> {
        let mut versions: BTreeMap<PolicyVersion, u64> = BTreeMap::new();
        let own = self
            .placements_in_scope()
            .filter(|placement| placement.programme_id() == programme);
        for placement in own.filter(|placement| !placement.state().name().is_final()) {
            *versions.entry(placement.policy_version()).or_default() += 1;
        }
        versions.into_iter().collect()
    }
}
