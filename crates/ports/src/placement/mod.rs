//! Programmes, organisations, sites and placements.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    logbook::{credit::DayOfCredit, state::StateName},
    placement::{
        event::PlacementEvent,
        neighbour::Neighbour,
        organisation::{Organisation, OrganisationRelation},
        placement::Placement,
        policy::{Policy, PolicyVersion},
        programme::Programme,
        site::Site,
        state::PlacementStateName,
    },
    version::Version,
};

use crate::{
    RepositoryError,
    engagement::Trail,
    logbook::LogCase,
    page::{Page, PageRequest},
};

/// A placement with the names that are shown with it.
#[derive(Clone, Debug)]
pub struct PlacementView {
    /// The placement.
    pub placement: Placement,
    /// The student's name.
    pub student_name: String,
    /// The organisation's name.
    pub organisation_name: String,
    /// The programme's name.
    pub programme_name: String,
    /// The industrial supervisor's name.
    pub industrial_supervisor_name: Option<String>,
    /// The university supervisor's name.
    pub university_supervisor_name: Option<String>,
}

/// Which placements are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementFilter {
    /// For whom: the student, the supervisors, and coordinators of these institutions.
    pub onlooker: crate::logbook::Onlooker,
    /// In one of these states; empty: in any.
    pub states: Vec<PlacementStateName>,
    /// Of this student.
    pub student_id: Option<UserId>,
    /// At this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Of this programme.
    pub programme_id: Option<ProgrammeId>,
    /// With this supervisor, on either side.
    pub supervisor_id: Option<UserId>,
}

/// The field by which placements are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlacementSort {
    /// The first day.
    StartDate,
    /// When it was made.
    CreatedAt,
}

/// The field by which things with a name are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameSort {
    /// The name, without regard to case.
    Name,
    /// When it was made.
    CreatedAt,
}

/// An organisation, as an institution sees it.
#[derive(Clone, Debug)]
pub struct OrganisationView {
    /// The organisation.
    pub organisation: Organisation,
    /// The institution's relation to it.
    pub relation: Option<OrganisationRelation>,
}

/// Which organisations are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// Those to which this institution has a relation.
    pub tenant: Option<TenantId>,
    /// All that there are, whoever has a relation to them.
    pub directory: bool,
    /// Also, or instead, this one: the organisation of a person who belongs to one.
    pub own: Vec<OrganisationId>,
    /// Only (or only not) verified ones.
    pub verified: Option<bool>,
    /// In this sector.
    pub sector: Option<String>,
    /// In this city.
    pub city: Option<String>,
    /// Whose name contains this, without regard to case.
    pub text: Option<String>,
}

/// One day of a placement that has an entry, for progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfProgress {
    /// The day, with the hours that count in its state.
    pub day: DayOfCredit,
    /// The entry's state.
    pub state: StateName,
    /// Whether its review is overdue.
    pub overdue: bool,
}

/// What a placement is decided on: itself, and what surrounds it.
#[derive(Clone, Debug)]
pub struct PlacementCase {
    /// The placement with its policy and places.
    pub case: LogCase,
    /// Its programme.
    pub programme: Programme,
    /// Whether the institution has verified the organisation.
    pub organisation_verified: bool,
}

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

    /// The student's placements that take days of the student's time.
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

/// A change of a placement to be stored.
#[derive(Clone, Debug)]
pub struct PlacementChange {
    /// The placement afterwards.
    pub placement: Placement,
    /// The version that it replaces; none for a new one.
    pub replaces: Option<Version>,
    /// What happened.
    pub event: PlacementEvent,
    /// The caps of its supervisors: students that count at one time, within the institution.
    pub caps: SupervisorCaps,
}

/// How many students a supervisor of each side may have at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupervisorCaps {
    /// On the industrial side.
    pub industrial: u32,
    /// On the academic side.
    pub university: u32,
}

/// Whether an organisation can have the name of another in the same city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesakes {
    /// It would be the same one, once more.
    Refused,
    /// It is another one, on purpose.
    Allowed,
}

/// Writes placements and what they are made of.
#[async_trait::async_trait]
pub trait PlacementRepository: PlacementReader {
    /// Stores a programme, new or changed; a new policy version is kept beside the earlier ones.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] for a code that is taken.
    async fn save_programme(
        &mut self,
        programme: &Programme,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Stores an organisation, new or changed.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::OrganisationName`](crate::Constraint::OrganisationName) where namesakes are refused and there is one,
    /// or another was made at the same time.
    async fn save_organisation(
        &mut self,
        organisation: &Organisation,
        replaces: Option<Version>,
        namesakes: Namesakes,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Stores an institution's relation to an organisation, new or changed.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`], also for a new one where there is one already.
    async fn save_relation(
        &mut self,
        relation: &OrganisationRelation,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Stores a site, new or changed.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`].
    async fn save_site(
        &mut self,
        site: &Site,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Stops others from placing this student until the end of the transaction, so that overlap is judged on what is
    /// there.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn hold_student(&mut self, tenant: TenantId, student: UserId) -> Result<(), RepositoryError>;

    /// Stops others from handing in entries of this placement, and from changing it, until the end of the transaction, so
    /// that what depends on its entries is decided on all that there are. Who holds the student too does that first, or
    /// two could wait for each other.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when it is not at this version any more.
    async fn hold_placement(&mut self, placement: &Placement) -> Result<(), RepositoryError>;

    /// Stores a placement, new or changed, guarded by its version, with its event, and the number of students of each
    /// supervisor, guarded by the caps.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::SupervisorCap`](crate::Constraint::SupervisorCap).
    async fn save_placement(
        &mut self,
        change: &PlacementChange,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;
}
