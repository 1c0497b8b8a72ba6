//! Looks at organisations and sites. Organisations belong to no institution; an institution's relation to one does.

use ipt_domain::{
    id::{OrganisationId, TenantId},
    placement::{
        organisation::{Organisation, OrganisationRelation},
        site::Site,
    },
};
use ipt_ports::placement::{NameSort, OrganisationFilter, OrganisationView};

use crate::memory::{
    fold::{contains, folded},
    keyset::{Key, Kind},
    state::Made,
    unit_of_work::MemoryUnitOfWork,
};

/// Of which kind the values of a field of named things are.
pub(super) const fn kind(sort: NameSort) -> Kind {
    match sort {
        NameSort::Name => Kind::Text,
        NameSort::CreatedAt => Kind::Instant,
    }
}

/// Where a named thing stands in a list.
pub(super) fn key<T>(sort: NameSort, name: &str, made: &Made<T>) -> Key {
    match sort {
        NameSort::Name => Key::Text(folded(name)),
        NameSort::CreatedAt => Key::Instant(made.created_at),
    }
}

impl MemoryUnitOfWork {
    /// An organisation with the relation of one institution, which must be in scope.
    pub(super) fn organisation_view(
        &self,
        organisation: &Organisation,
        tenant: Option<TenantId>,
    ) -> OrganisationView {
        let relation = tenant
            .filter(|tenant| self.sees(*tenant))
            .and_then(|tenant| self.state().relations.get(&(tenant, organisation.id())));
        OrganisationView {
            organisation: organisation.clone(),
            relation: relation.cloned(),
        }
    }

    /// The first one made of those that have the name and the city of this one, unless it is one of them.
    pub(super) fn first_of_same_name(&self, organisation: &Organisation) -> Option<OrganisationId> {
        let told = |organisation: &Organisation| {
            let city = organisation.city().map(folded).unwrap_or_default();
            (folded(organisation.name()), city)
        };
        let same = || {
            let all = self.state().organisations.values();
            all.filter(|made| told(&made.thing) == told(organisation))
        };
        if same().any(|made| made.thing.id() == organisation.id()) {
            return None;
        }
        let first = same().min_by_key(|made| (made.created_at, made.thing.id()));
        first.map(|made| made.thing.id())
    }

    pub(super) fn organisations_matching<'a>(
        &'a self,
        filter: &'a OrganisationFilter,
    ) -> impl Iterator<Item = (&'a Made<Organisation>, OrganisationView)> {
        let OrganisationFilter {
            tenant,
            directory,
            own,
            verified,
            sector,
            city,
            text,
        } = filter;
        let same = |wanted: &Option<String>, found: Option<&str>| {
            wanted
                .as_ref()
                .is_none_or(|wanted| found.is_some_and(|found| folded(found) == folded(wanted)))
        };
        let viewed = self
            .state()
            .organisations
            .values()
            .map(|made| (made, self.organisation_view(&made.thing, *tenant)));
        viewed.filter(move |(made, view)| {
            let organisation = &made.thing;
            let is_verified = view
                .relation
                .as_ref()
                .is_some_and(OrganisationRelation::is_verified);
            (*directory || view.relation.is_some() || own.contains(&organisation.id()))
                && verified.is_none_or(|verified| verified == is_verified)
                && same(sector, organisation.sector())
                && same(city, organisation.city())
                && text
                    .as_ref()
                    .is_none_or(|text| contains(organisation.name(), text))
        })
    }

    pub(super) fn sites_in_scope(&self) -> impl Iterator<Item = &Made<Site>> {
        self.state()
            .sites
            .values()
            .filter(|made| self.sees_or_shared(made.thing.owner()))
    }

    pub(super) fn sites_of(&self, organisation: OrganisationId) -> impl Iterator<Item = &Made<Site>> {
        self.sites_in_scope()
            .filter(move |made| made.thing.organisation_id() == organisation)
    }
}
