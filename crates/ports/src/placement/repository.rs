//! Writes placements and what they are made of.

use ipt_domain::{
    id::{TenantId, UserId},
    placement::{
        delegation::Part,
        event::PlacementEvent,
        organisation::{Organisation, OrganisationRelation},
        placement::Placement,
        programme::Programme,
        site::Site,
    },
    version::Version,
};

use super::PlacementReader;
use crate::{RepositoryError, engagement::Trail};

/// A change of a placement to be stored.
#[derive(Clone, Debug)]
pub struct PlacementChange {
    /// The placement afterwards.
    pub placement: Placement,
    /// The version that it replaces; none for a new one.
    pub replaces: Option<Version>,
    /// What happened.
    pub event: PlacementEvent,
    /// By what the students of its supervisors are counted; none for a change that follows another in one unit of work,
    /// which was judged by where both lead.
    pub count: Option<StudentCount>,
}

/// By what the students of a placement's supervisors are counted, on the day (UTC) on which the change is made.
#[derive(Clone, Debug)]
pub struct StudentCount {
    /// The placement after the last change of the unit of work: what only lies between is nobody's load.
    pub outcome: Placement,
    /// How many there may be, within the institution.
    pub caps: SupervisorCaps,
}

/// How many students a supervisor of each side may have on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupervisorCaps {
    /// On the industrial side.
    pub industrial: u32,
    /// On the academic side.
    pub university: u32,
}

impl SupervisorCaps {
    /// The cap of supervisors of `part`.
    pub const fn of(self, part: Part) -> u32 {
        match part {
            Part::Industrial => self.industrial,
            Part::Academic => self.university,
        }
    }
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

    /// Stores a placement, new or changed, guarded by its version, with its event. Where a supervisor gains a student on a
    /// day, nobody else gives that supervisor another until the end of the transaction, so that the caps are judged on what
    /// is there. Who holds the student too does that first, or two could wait for each other.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::SupervisorCap`](crate::Constraint::SupervisorCap), which says whose, when and how many.
    async fn save_placement(
        &mut self,
        change: &PlacementChange,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;
}
