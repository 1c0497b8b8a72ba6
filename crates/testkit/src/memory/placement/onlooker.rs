//! What a person has to do with placements now, by the domain's own rule.

use std::collections::BTreeMap;

use ipt_domain::{
    id::{PlacementId, TenantId},
    placement::{placement::Placement, standing::Standing},
};
use ipt_ports::logbook::Onlooker;

use crate::memory::unit_of_work::MemoryUnitOfWork;

/// How a person looks at the placements in scope.
pub(crate) struct Outlook<'a> {
    onlooker: &'a Onlooker,
    standings: BTreeMap<PlacementId, Standing>,
}

impl Outlook<'_> {
    /// The parts that the person holds now on a placement.
    pub(crate) fn standing(&self, placement: PlacementId) -> Standing {
        self.standings.get(&placement).copied().unwrap_or_default()
    }

    /// Whether the person supervises a placement now, or acts for somebody who does.
    pub(crate) fn supervises(&self, placement: PlacementId) -> bool {
        let standing = self.standing(placement);
        standing.industrial.is_some() || standing.academic.is_some()
    }

    /// Whether the person coordinates an institution.
    pub(crate) fn coordinates(&self, tenant: TenantId) -> bool {
        self.onlooker.coordinates.contains(&tenant)
    }

    /// Whether the person sees a placement.
    pub(super) fn sees(&self, placement: &Placement) -> bool {
        self.standing(placement.id()).holds_any() || self.coordinates(placement.tenant_id())
    }
}

impl MemoryUnitOfWork {
    pub(crate) fn outlook<'a>(&self, onlooker: &'a Onlooker) -> Outlook<'a> {
        let standing = |placement: &Placement| {
            let case = self.state().case(placement)?;
            Some((
                placement.id(),
                case.at(onlooker.now).standing_of(onlooker.user_id),
            ))
        };
        Outlook {
            onlooker,
            standings: self.placements_in_scope().filter_map(standing).collect(),
        }
    }
}
