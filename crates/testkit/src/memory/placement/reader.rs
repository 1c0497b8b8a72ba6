//! Reads placements and what they are made of; each group of looks stands in a file of its own.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    placement::{
        neighbour::Neighbour,
        organisation::Organisation,
        placement::Placement,
        policy::{Policy, PolicyVersion},
        programme::Programme,
        site::Site,
    },
};
use ipt_ports::{
    RepositoryError,
    page::{Page, PageRequest},
    placement::{
        DayOfProgress, NameSort, OrganisationFilter, OrganisationView, PlacementCase, PlacementFilter,
        PlacementReader, PlacementSort, PlacementView,
    },
};

use super::organisations::{key, kind};
use crate::memory::{
    keyset::{self, Key, Kind},
    state::Made,
    unit_of_work::MemoryUnitOfWork,
};

/// An organisation, and how it is seen.
type Seen<'a> = (&'a Made<Organisation>, OrganisationView);

/// Somebody else could place the student meanwhile.
#[derive(Debug, thiserror::Error)]
#[error("a unit of work looks at the placements of a student whom it does not hold")]
struct NotHeld;

#[async_trait::async_trait]
impl PlacementReader for MemoryUnitOfWork {
    async fn programme(&mut self, id: ProgrammeId) -> Result<Option<Programme>, RepositoryError> {
        Ok(self.programme_by_id(id).map(|made| made.thing.clone()))
    }

    async fn programme_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Programme>, RepositoryError> {
        let key = |made: &&Made<Programme>, field| Some(key(field, made.thing.name(), made));
        let id = |made: &&Made<Programme>| made.thing.id().uuid();
        let found = keyset::page(self.programmes_matching(text), kind, key, id, page)?;
        Ok(found.map(|made| made.thing.clone()))
    }

    async fn programme_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        Ok(self.programmes_matching(text).count() as u64)
    }

    async fn policy(
        &mut self,
        programme: ProgrammeId,
        version: PolicyVersion,
    ) -> Result<Option<Policy>, RepositoryError> {
        Ok(self.policy_at(programme, version).cloned())
    }

    async fn policy_use(
        &mut self,
        programme: ProgrammeId,
    ) -> Result<Vec<(PolicyVersion, u64)>, RepositoryError> {
        Ok(self.count_by_policy(programme))
    }

    async fn organisation(
        &mut self,
        id: OrganisationId,
        tenant: Option<TenantId>,
    ) -> Result<Option<OrganisationView>, RepositoryError> {
        Ok(self
            .state()
            .organisations
            .get(&id)
            .map(|made| self.organisation_view(&made.thing, tenant)))
    }

    async fn organisation_of_same_name(
        &mut self,
        organisation: &Organisation,
    ) -> Result<Option<OrganisationId>, RepositoryError> {
        Ok(self.first_of_same_name(organisation))
    }

    async fn organisation_page(
        &mut self,
        filter: &OrganisationFilter,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<OrganisationView>, RepositoryError> {
        let key = |(made, view): &Seen<'_>, field| Some(key(field, view.organisation.name(), made));
        let id = |(_, view): &Seen<'_>| view.organisation.id().uuid();
        let found = keyset::page(self.organisations_matching(filter), kind, key, id, page)?;
        Ok(found.map(|(_, view)| view))
    }

    async fn organisation_count(&mut self, filter: &OrganisationFilter) -> Result<u64, RepositoryError> {
        Ok(self.organisations_matching(filter).count() as u64)
    }

    async fn site(&mut self, id: SiteId) -> Result<Option<Site>, RepositoryError> {
        Ok(self
            .sites_in_scope()
            .find(|made| made.thing.id() == id)
            .map(|made| made.thing.clone()))
    }

    async fn site_page(
        &mut self,
        organisation: OrganisationId,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Site>, RepositoryError> {
        let key = |made: &&Made<Site>, field| Some(key(field, made.thing.name(), made));
        let id = |made: &&Made<Site>| made.thing.id().uuid();
        let found = keyset::page(self.sites_of(organisation), kind, key, id, page)?;
        Ok(found.map(|made| made.thing.clone()))
    }

    async fn site_count(&mut self, organisation: OrganisationId) -> Result<u64, RepositoryError> {
        Ok(self.sites_of(organisation).count() as u64)
    }

    async fn placement(&mut self, id: PlacementId) -> Result<Option<PlacementView>, RepositoryError> {
        Ok(self
            .placement_by_id(id)
            .and_then(|placement| self.placement_view(placement)))
    }

    async fn placement_case(&mut self, id: PlacementId) -> Result<Option<PlacementCase>, RepositoryError> {
        Ok(self
            .placement_by_id(id)
            .and_then(|placement| self.full_case(placement)))
    }

    async fn placement_page(
        &mut self,
        filter: &PlacementFilter,
        page: &PageRequest<PlacementSort>,
    ) -> Result<Page<PlacementView>, RepositoryError> {
        let kind = |field| match field {
            PlacementSort::StartDate => Kind::Date,
            PlacementSort::CreatedAt => Kind::Instant,
        };
        let key = |(placement, _): &(&Placement, PlacementView), field| match field {
            PlacementSort::StartDate => Some(Key::Date(placement.period().start())),
            PlacementSort::CreatedAt => Some(Key::Instant(placement.created_at())),
        };
        let viewed = |placement| Some((placement, self.placement_view(placement)?));
        let found = keyset::page(
            self.placements_matching(filter).filter_map(viewed),
            kind,
            key,
            |(placement, _)| placement.id().uuid(),
            page,
        )?;
        Ok(found.map(|(_, view)| view))
    }

    async fn placement_count(&mut self, filter: &PlacementFilter) -> Result<u64, RepositoryError> {
        Ok(self.placements_matching(filter).count() as u64)
    }

    /// Stricter than the databases: whoever writes and has not held the student first would judge by what may be outdated.
    async fn neighbours(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Neighbour>, RepositoryError> {
        if self.may_judge(student) {
            Ok(self.placements_beside(tenant, student))
        } else {
            Err(RepositoryError::Backend(Box::new(NotHeld)))
        }
    }

    async fn days_of_chain(
        &mut self,
        placement: PlacementId,
        now: Instant,
    ) -> Result<Vec<(PlacementId, DayOfProgress)>, RepositoryError> {
        Ok(self.chain_days(placement, now))
    }

    async fn entry_days_outside(
        &mut self,
        placement: PlacementId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<NaiveDate>, RepositoryError> {
        Ok(self.days_outside(placement, from, to))
    }

    async fn to_activate(
        &mut self,
        latest: NaiveDate,
        limit: u32,
    ) -> Result<Vec<PlacementId>, RepositoryError> {
        let mut waiting = self.waiting_to_begin(latest);
        waiting.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(waiting)
    }
}
