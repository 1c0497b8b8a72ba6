//! Writes placements and what they are made of.

use ipt_domain::{
    id::{TenantId, UserId},
    placement::{
        organisation::{Organisation, OrganisationRelation, OrganisationRelationParts},
        placement::Placement,
        programme::Programme,
        site::Site,
    },
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    placement::{Namesakes, PlacementChange, PlacementRepository},
};

use crate::memory::{fold::folded, state::Made, unit_of_work::MemoryUnitOfWork};

#[async_trait::async_trait]
impl PlacementRepository for MemoryUnitOfWork {
    async fn save_programme(
        &mut self,
        programme: &Programme,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let (id, tenant) = (programme.id(), programme.tenant_id());
        self.demand(Some(tenant))?;
        let stored = self
            .state()
            .programmes
            .get(&id)
            .filter(|made| made.thing.tenant_id() == tenant);
        let stored = stored.map(|made| (made.thing.version(), made.created_at));
        let created_at = self.made_at(stored, replaces, trail)?;
        let mut others = self
            .state()
            .programmes
            .values()
            .map(|made| &made.thing)
            .filter(|known| known.id() != id);
        let free = !others
            .any(|known| known.tenant_id() == tenant && folded(known.code()) == folded(programme.code()));
        self.hold(free, Constraint::ProgrammeCode)?;
        self.refers(self.state().has_institution(tenant))?;
        let state = self.change();
        state.programmes.insert(
            id,
            Made {
                thing: programme.clone(),
                created_at,
            },
        );
        let version = (id, programme.policy_version());
        state
            .policies
            .entry(version)
            .or_insert_with(|| programme.policy().clone());
        self.leave(trail)
    }

    async fn save_organisation(
        &mut self,
        organisation: &Organisation,
        replaces: Option<Version>,
        namesakes: Namesakes,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let namesake = self.first_of_same_name(organisation);
        let fits = namesake.is_none() || namesakes == Namesakes::Allowed;
        self.hold(fits, Constraint::OrganisationName)?;
        let stored = self.state().organisations.get(&organisation.id());
        let stored = stored.map(|made| (made.thing.version(), made.created_at));
        let created_at = self.made_at(stored, replaces, trail)?;
        self.change().organisations.insert(
            organisation.id(),
            Made {
                thing: organisation.clone(),
                created_at,
            },
        );
        self.leave(trail)
    }

    /// One that is there already keeps when it began.
    async fn save_relation(
        &mut self,
        relation: &OrganisationRelation,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let (tenant, organisation) = (relation.tenant_id(), relation.organisation_id());
        self.demand(Some(tenant))?;
        let state = self.state();
        let verified_by = relation.verified().map(|verified| verified.by);
        let known = state.has_institution(tenant)
            && state.has_organisation(organisation)
            && verified_by.is_none_or(|user| state.has_person(user));
        self.refers(known)?;
        let stored = self.state().relations.get(&(tenant, organisation));
        let stored = stored.map(|stored| (stored.version(), stored.since()));
        let since = match (stored, replaces) {
            (None, None) if !self.loses_race() => relation.since(),
            (Some((version, since)), Some(expected)) => {
                self.check_version(Some(version), expected)?;
                since
            }
            (_, None) | (None, Some(_)) => return Err(RepositoryError::Stale),
        };
        let parts = OrganisationRelationParts {
            tenant_id: tenant,
            organisation_id: organisation,
            since,
            verified_at: relation.verified().map(|verified| verified.at),
            verified_by,
            contacts: relation.contacts().cloned(),
            notes: relation.notes().cloned(),
            version: relation.version(),
        };
        let relation = OrganisationRelation::from_parts(parts)?;
        self.change().relations.insert((tenant, organisation), relation);
        self.leave(trail)
    }

    async fn save_site(
        &mut self,
        site: &Site,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        self.demand(site.owner())?;
        let stored = self
            .state()
            .sites
            .get(&site.id())
            .filter(|made| self.sees_or_shared(made.thing.owner()));
        let stored = stored.map(|made| (made.thing.version(), made.created_at));
        let created_at = self.made_at(stored, replaces, trail)?;
        let state = self.state();
        let known = state.has_organisation(site.organisation_id())
            && site.owner().is_none_or(|owner| state.has_institution(owner));
        self.refers(known)?;
        self.change().sites.insert(
            site.id(),
            Made {
                thing: site.clone(),
                created_at,
            },
        );
        self.leave(trail)
    }

    /// Whoever writes is alone, and so nobody else places anybody.
    async fn hold_student(&mut self, tenant: TenantId, student: UserId) -> Result<(), RepositoryError> {
        self.demand(Some(tenant))?;
        self.refers(self.state().has_institution(tenant) && self.state().has_person(student))?;
        self.note_held(student);
        Ok(())
    }

    async fn hold_placement(&mut self, placement: &Placement) -> Result<(), RepositoryError> {
        self.demand(Some(placement.tenant_id()))?;
        let stored = self.state().placements.get(&placement.id());
        self.check_version(stored.map(Placement::version), placement.version())
    }

    async fn save_placement(
        &mut self,
        change: &PlacementChange,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let placement = &change.placement;
        self.demand(Some(placement.tenant_id()))?;
        let stored = self.state().placements.get(&placement.id()).cloned();
        let stored = stored.filter(|known| known.tenant_id() == placement.tenant_id());
        let version = stored.as_ref().map(|known| (known.version(), known.created_at()));
        self.made_at(version, change.replaces, trail)?;
        if let Some(count) = &change.count {
            self.check_load(stored.as_ref(), count, change.event.at.date_naive())?;
        }
        self.refers(self.knows_all_of(placement))?;
        let state = self.change();
        state.placements.insert(placement.id(), placement.clone());
        state.placement_events.push(change.event.clone());
        self.leave(trail)
    }
}

impl MemoryUnitOfWork {
    /// Whether everything that a placement refers to is there.
    fn knows_all_of(&self, placement: &Placement) -> bool {
        let (state, tenant) = (self.state(), placement.tenant_id());
        let programme = state.programmes.get(&placement.programme_id());
        let supervisors = [
            placement.industrial_supervisor(),
            placement.university_supervisor(),
        ];
        state.has_institution(tenant)
            && programme.is_some_and(|made| made.thing.tenant_id() == tenant)
            && state
                .policies
                .contains_key(&(placement.programme_id(), placement.policy_version()))
            && state.has_organisation(placement.organisation_id())
            && placement
                .site_id()
                .is_none_or(|site| state.sites.contains_key(&site))
            && placement
                .continues()
                .is_none_or(|earlier| state.has_placement(tenant, earlier))
            && state.has_person(placement.student_id())
            && supervisors
                .into_iter()
                .flatten()
                .all(|supervisor| state.has_person(supervisor))
    }
}
