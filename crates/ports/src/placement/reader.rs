//! Reads placements and what they are made of.

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

use super::{
    DayOfProgress, NameSort, OrganisationFilter, OrganisationView, PlacementCase, PlacementFilter,
    PlacementSort, PlacementView,
};
use crate::{
    RepositoryError,
    page::{Page, PageRequest},
};

/// Reads placements and what they are made of.
#[async_trait::async_trait]
pub trait PlacementReader: Send {
    /// A programme with its current policy.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn programme(&mut self, id: ProgrammeId) -> Result<Option<Programme>, RepositoryError>;

    /// A page of the programmes in scope whose name or code contains `text`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn programme_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Programme>, RepositoryError>;

    /// How many programmes match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn programme_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError>;

    /// A policy, as it was at a version.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn policy(
        &mut self,
        programme: ProgrammeId,
        version: PolicyVersion,
    ) -> Result<Option<Policy>, RepositoryError>;

    /// How many placements that are not ended keep each version of a programme's policy.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn policy_use(
        &mut self,
        programme: ProgrammeId,
    ) -> Result<Vec<(PolicyVersion, u64)>, RepositoryError>;

    /// An organisation, as `tenant` sees it.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn organisation(
        &mut self,
        id: OrganisationId,
        tenant: Option<TenantId>,
    ) -> Result<Option<OrganisationView>, RepositoryError>;

    /// The first organisation that has the name and the city of this one, without regard to case; none when there is no
    /// other, or this one stands beside it already.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn organisation_of_same_name(
        &mut self,
        organisation: &Organisation,
    ) -> Result<Option<OrganisationId>, RepositoryError>;

    /// A page of organisations.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn organisation_page(
        &mut self,
        filter: &OrganisationFilter,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<OrganisationView>, RepositoryError>;

    /// How many organisations match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn organisation_count(&mut self, filter: &OrganisationFilter) -> Result<u64, RepositoryError>;

    /// A site, shared or of an institution in scope.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn site(&mut self, id: SiteId) -> Result<Option<Site>, RepositoryError>;

    /// A page of an organisation's sites, shared or of an institution in scope.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn site_page(
        &mut self,
        organisation: OrganisationId,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Site>, RepositoryError>;

    /// How many sites that are.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn site_count(&mut self, organisation: OrganisationId) -> Result<u64, RepositoryError>;

    /// A placement with its names.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn placement(&mut self, id: PlacementId) -> Result<Option<PlacementView>, RepositoryError>;

    /// A placement with everything that a decision about it depends on.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn placement_case(&mut self, id: PlacementId) -> Result<Option<PlacementCase>, RepositoryError>;

    /// A page of placements.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn placement_page(
        &mut self,
        filter: &PlacementFilter,
        page: &PageRequest<PlacementSort>,
    ) -> Result<Page<PlacementView>, RepositoryError>;

    /// How many placements match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn placement_count(&mut self, filter: &PlacementFilter) -> Result<u64, RepositoryError>;

    /// The student's placements that take days of the student's time. Who decides by them holds the student first:
    /// [`hold_student`](super::PlacementRepository::hold_student).
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn neighbours(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Neighbour>, RepositoryError>;

    /// The days with live entries of a placement and of all that it continues.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn days_of_chain(
        &mut self,
        placement: PlacementId,
        now: Instant,
    ) -> Result<Vec<(PlacementId, DayOfProgress)>, RepositoryError>;

    /// The days of a placement's live entries before `from` or after `to`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn entry_days_outside(
        &mut self,
        placement: PlacementId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<NaiveDate>, RepositoryError>;

    /// Approved placements with both supervisors that start on or before `latest`, at most `limit`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn to_activate(
        &mut self,
        latest: NaiveDate,
        limit: u32,
    ) -> Result<Vec<PlacementId>, RepositoryError>;
}
