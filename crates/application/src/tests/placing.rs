//! Changes of programmes, organisations, sites and placements in memory.

use async_trait::async_trait;
use ipt_domain::{
    id::{TenantId, UserId},
    placement::{
        delegation::Part,
        organisation::{Organisation, OrganisationRelation},
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

use super::work::MemoryWork;

#[async_trait]
impl PlacementRepository for MemoryWork {
    async fn save_programme(
        &mut self,
        programme: &Programme,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        assert!(
            self.covers(Some(programme.tenant_id())),
            "a programme outside of the scope"
        );
        let stored = self
            .state
            .programmes
            .iter()
            .find(|known| known.id() == programme.id())
            .cloned();
        self.guard(stored.as_ref().map(Programme::version), replaces)?;
        let same_code = |known: &Programme| known.id() != programme.id() && known.code() == programme.code();
        if self.state.programmes.iter().any(same_code) {
            return Err(RepositoryError::Conflict(Constraint::ProgrammeCode));
        }
        self.state.programmes.retain(|known| known.id() != programme.id());
        self.state.earlier_programmes.extend(stored);
        self.state.programmes.push(programme.clone());
        self.state.leave(trail);
        Ok(())
    }

    async fn save_organisation(
        &mut self,
        organisation: &Organisation,
        replaces: Option<Version>,
        namesakes: Namesakes,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        if namesakes == Namesakes::Refused && self.of_same_name(organisation).is_some() {
            return Err(RepositoryError::Conflict(Constraint::OrganisationName));
        }
        let stored = self
            .state
            .organisations
            .iter()
            .find(|known| known.id() == organisation.id());
        let stored = stored.map(Organisation::version);
        self.guard(stored, replaces)?;
        self.state
            .organisations
            .retain(|known| known.id() != organisation.id());
        self.state.organisations.push(organisation.clone());
        self.state.leave(trail);
        Ok(())
    }

    async fn save_relation(
        &mut self,
        relation: &OrganisationRelation,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let key = |known: &OrganisationRelation| (known.tenant_id(), known.organisation_id());
        let stored = self
            .state
            .relations
            .iter()
            .find(|known| key(known) == key(relation));
        self.guard(stored.map(OrganisationRelation::version), replaces)?;
        self.state.relations.retain(|known| key(known) != key(relation));
        self.state.relations.push(relation.clone());
        self.state.leave(trail);
        Ok(())
    }

    async fn save_site(
        &mut self,
        site: &Site,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let stored = self
            .state
            .sites
            .iter()
            .find(|known| known.id() == site.id())
            .map(Site::version);
        self.guard(stored, replaces)?;
        self.state.sites.retain(|known| known.id() != site.id());
        self.state.sites.push(site.clone());
        self.state.leave(trail);
        Ok(())
    }

    async fn hold_student(&mut self, _: TenantId, student: UserId) -> Result<(), RepositoryError> {
        self.state.held_students.push(student);
        Ok(())
    }

    async fn hold_placement(&mut self, placement: &Placement) -> Result<(), RepositoryError> {
        self.state.held_placements.push(placement.id());
        Ok(())
    }

    async fn save_placement(
        &mut self,
        change: &PlacementChange,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let placement = &change.placement;
        assert!(
            self.covers(Some(placement.tenant_id())),
            "a placement outside of the scope"
        );
        let stored = self
            .state
            .placements
            .iter()
            .find(|known| known.id() == placement.id());
        let stored = stored.map(Placement::version);
        self.guard(stored, change.replaces)?;
        let full = |part, cap: u32| self.load(placement, part) >= usize::try_from(cap).unwrap();
        let counted = !placement.state().name().is_final();
        if counted
            && (full(Part::Industrial, change.caps.industrial)
                || full(Part::Academic, change.caps.university))
        {
            return Err(RepositoryError::Conflict(Constraint::SupervisorCap));
        }
        self.state.placements.retain(|known| known.id() != placement.id());
        self.state.placements.push(placement.clone());
        self.state.placement_events.push(change.event.clone());
        self.state.caps.push(change.caps);
        self.state.leave(trail);
        Ok(())
    }
}
