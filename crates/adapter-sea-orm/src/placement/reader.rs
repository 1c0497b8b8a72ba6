//! The port for looks at placements; each group of queries stands in a file of its own.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    placement::{
        neighbour::Neighbour,
        organisation::Organisation,
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

use crate::unit_of_work::SeaUnitOfWork;

#[async_trait::async_trait]
impl PlacementReader for SeaUnitOfWork {
    async fn programme(&mut self, id: ProgrammeId) -> Result<Option<Programme>, RepositoryError> {
        self.programme_by_id(id).await
    }

    async fn programme_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Programme>, RepositoryError> {
        self.list_programmes(text, page).await
    }

    async fn programme_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        self.count_programmes(text).await
    }

    async fn policy(
        &mut self,
        programme: ProgrammeId,
        version: PolicyVersion,
    ) -> Result<Option<Policy>, RepositoryError> {
        self.policy_at(programme, version).await
    }

    async fn policy_use(
        &mut self,
        programme: ProgrammeId,
    ) -> Result<Vec<(PolicyVersion, u64)>, RepositoryError> {
        self.count_by_policy(programme).await
    }

    async fn organisation(
        &mut self,
        id: OrganisationId,
        tenant: Option<TenantId>,
    ) -> Result<Option<OrganisationView>, RepositoryError> {
        self.organisation_by_id(id, tenant).await
    }

    async fn organisation_of_same_name(
        &mut self,
        organisation: &Organisation,
    ) -> Result<Option<OrganisationId>, RepositoryError> {
        self.first_of_same_name(organisation).await
    }

    async fn organisation_page(
        &mut self,
        filter: &OrganisationFilter,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<OrganisationView>, RepositoryError> {
        self.list_organisations(filter, page).await
    }

    async fn organisation_count(&mut self, filter: &OrganisationFilter) -> Result<u64, RepositoryError> {
        self.count_organisations(filter).await
    }

    async fn site(&mut self, id: SiteId) -> Result<Option<Site>, RepositoryError> {
        self.site_by_id(id).await
    }

    async fn site_page(
        &mut self,
        organisation: OrganisationId,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Site>, RepositoryError> {
        self.list_sites(organisation, page).await
    }

    async fn site_count(&mut self, organisation: OrganisationId) -> Result<u64, RepositoryError> {
        self.count_sites(organisation).await
    }

    async fn placement(&mut self, id: PlacementId) -> Result<Option<PlacementView>, RepositoryError> {
        self.placement_by_id(id).await
    }

    async fn placement_case(&mut self, id: PlacementId) -> Result<Option<PlacementCase>, RepositoryError> {
        self.case_of_placement(id).await
    }

    async fn placement_page(
        &mut self,
        filter: &PlacementFilter,
        page: &PageRequest<PlacementSort>,
    ) -> Result<Page<PlacementView>, RepositoryError> {
        self.list_placements(filter, page).await
    }

    async fn placement_count(&mut self, filter: &PlacementFilter) -> Result<u64, RepositoryError> {
        self.count_placements(filter).await
    }

    async fn neighbours(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Neighbour>, RepositoryError> {
        self.placements_beside(tenant, student).await
    }

    async fn days_of_chain(
        &mut self,
        placement: PlacementId,
        now: Instant,
    ) -> Result<Vec<(PlacementId, DayOfProgress)>, RepositoryError> {
        self.chain_days(placement, now).await
    }

    async fn entry_days_outside(
        &mut self,
        placement: PlacementId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<NaiveDate>, RepositoryError> {
        self.days_outside(placement, from, to).await
    }

    async fn to_activate(
        &mut self,
        latest: NaiveDate,
        limit: u32,
    ) -> Result<Vec<PlacementId>, RepositoryError> {
        self.waiting_to_begin(latest, limit).await
    }
}
