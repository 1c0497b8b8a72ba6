//! The placement: one student at one organisation for one period.

use chrono::NaiveDate;

use crate::{
    Instant,
    error::Corruption,
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    placement::{
        delegation::Part,
        mode::Mode,
        period::Period,
        policy::PolicyVersion,
        state::{PlacementState, PlacementStateName},
    },
    text::Remark,
    version::Version,
};

/// One student at one organisation for one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub(super) id: PlacementId,
    pub(super) tenant_id: TenantId,
    pub(super) student_id: UserId,
    pub(super) programme_id: ProgrammeId,
    pub(super) policy_version: PolicyVersion,
    pub(super) organisation_id: OrganisationId,
    pub(super) site_id: Option<SiteId>,
    pub(super) mode: Mode,
    pub(super) continues: Option<PlacementId>,
    pub(super) period: Period,
    pub(super) industrial_supervisor: Option<UserId>,
    pub(super) university_supervisor: Option<UserId>,
    pub(super) relationship_declared: Option<Remark>,
    pub(super) state: PlacementState,
    pub(super) version: Version,
    pub(super) created_at: Instant,
    pub(super) updated_at: Instant,
}

/// Everything of which a placement consists, for rebuilding it from storage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the placement with the same name"
)]
pub struct PlacementParts {
    pub id: PlacementId,
    pub tenant_id: TenantId,
    pub student_id: UserId,
    pub programme_id: ProgrammeId,
    pub policy_version: PolicyVersion,
    pub organisation_id: OrganisationId,
    pub site_id: Option<SiteId>,
    pub mode: Mode,
    pub continues: Option<PlacementId>,
    pub period: Period,
    pub industrial_supervisor: Option<UserId>,
    pub university_supervisor: Option<UserId>,
    pub relationship_declared: Option<Remark>,
    pub state: PlacementState,
    pub version: Version,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Placement {
    /// Rebuilds a placement from storage.
    ///
    /// # Errors
    /// [`Corruption`] where the parts contradict each other: one person in two parts, a placement that continues itself,
    /// one under way without its supervisors, a state that ended before it began.
    pub fn from_parts(parts: PlacementParts) -> Result<Self, Corruption> {
        if let Some((column, problem)) = contradiction(&parts) {
            return Err(Corruption {
                table: "placement",
                column,
                id: parts.id.uuid(),
                problem,
            });
        }
        Ok(Self {
            id: parts.id,
            tenant_id: parts.tenant_id,
            student_id: parts.student_id,
            programme_id: parts.programme_id,
            policy_version: parts.policy_version,
            organisation_id: parts.organisation_id,
            site_id: parts.site_id,
            mode: parts.mode,
            continues: parts.continues,
            period: parts.period,
            industrial_supervisor: parts.industrial_supervisor,
            university_supervisor: parts.university_supervisor,
            relationship_declared: parts.relationship_declared,
            state: parts.state,
            version: parts.version,
            created_at: parts.created_at,
            updated_at: parts.updated_at,
        })
    }

    /// Its id.
    pub const fn id(&self) -> PlacementId {
        self.id
    }

    /// The institution.
    pub const fn tenant_id(&self) -> TenantId {
        self.tenant_id
    }

    /// The student.
    pub const fn student_id(&self) -> UserId {
        self.student_id
    }

    /// The programme.
    pub const fn programme_id(&self) -> ProgrammeId {
        self.programme_id
    }

    /// The policy by which it is run: the one under which it was approved, before that the one under which it was
    /// proposed.
    pub const fn policy_version(&self) -> PolicyVersion {
        self.policy_version
    }

    /// Who hosts.
    pub const fn organisation_id(&self) -> OrganisationId {
        self.organisation_id
    }

    /// The workplace.
    pub const fn site_id(&self) -> Option<SiteId> {
        self.site_id
    }

    /// Where the work is done.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The earlier placement that this one continues.
    pub const fn continues(&self) -> Option<PlacementId> {
        self.continues
    }

    /// The days agreed, both ends included. See [`effective_end`](Self::effective_end) for where it really ends.
    pub const fn period(&self) -> Period {
        self.period
    }

    /// The workplace's supervisor.
    pub const fn industrial_supervisor(&self) -> Option<UserId> {
        self.industrial_supervisor
    }

    /// The institution's supervisor.
    pub const fn university_supervisor(&self) -> Option<UserId> {
        self.university_supervisor
    }

    /// The supervisor who holds `part`.
    pub const fn supervisor(&self, part: Part) -> Option<UserId> {
        match part {
            Part::Industrial => self.industrial_supervisor,
            Part::Academic => self.university_supervisor,
        }
    }

    /// Family or ownership between the student and the host, as it was declared; shown on reviews.
    pub const fn relationship_declared(&self) -> Option<&Remark> {
        self.relationship_declared.as_ref()
    }

    /// The state.
    pub const fn state(&self) -> &PlacementState {
        &self.state
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// When it was proposed.
    pub const fn created_at(&self) -> Instant {
        self.created_at
    }

    /// When it was last changed.
    pub const fn updated_at(&self) -> Instant {
        self.updated_at
    }

    /// The local day on which it became active; none when it has not.
    pub const fn active_since(&self) -> Option<NaiveDate> {
        self.state.active_since()
    }

    /// The last day of it that counts: of a terminated or completed one the day on which that took effect, if the period
    /// goes on longer; else the period's end.
    pub fn effective_end(&self) -> NaiveDate {
        let end = self.period.end();
        match &self.state {
            PlacementState::Terminated { effective, .. } => end.min(*effective),
            PlacementState::Completed { on, .. } => end.min(*on),
            PlacementState::Proposed
            | PlacementState::ChangesRequested { .. }
            | PlacementState::Approved
            | PlacementState::Active { .. }
            | PlacementState::Suspended { .. }
            | PlacementState::Cancelled { .. }
            | PlacementState::Withdrawn { .. } => end,
        }
    }

    /// The days that it takes of the student's time; none when it was dropped, or ended before it began.
    pub fn days_taken(&self) -> Option<Period> {
        match self.state.name() {
            PlacementStateName::Cancelled | PlacementStateName::Withdrawn => None,
            PlacementStateName::Proposed
            | PlacementStateName::ChangesRequested
            | PlacementStateName::Approved
            | PlacementStateName::Active
            | PlacementStateName::Suspended
            | PlacementStateName::Completed
            | PlacementStateName::Terminated => self.period.until(self.effective_end()),
        }
    }
}

/// The column that cannot be right, and why.
fn contradiction(parts: &PlacementParts) -> Option<(&'static str, &'static str)> {
    let (industrial, university) = (parts.industrial_supervisor, parts.university_supervisor);
    if industrial == Some(parts.student_id) {
        return Some(("industrial_supervisor_id", "the student supervises oneself"));
    }
    if university == Some(parts.student_id) {
        return Some(("university_supervisor_id", "the student supervises oneself"));
    }
    if industrial.is_some() && industrial == university {
        return Some(("university_supervisor_id", "one person holds both parts"));
    }
    if parts.continues == Some(parts.id) {
        return Some(("continues_id", "it continues itself"));
    }
    if parts.state.name().is_running() && (industrial.is_none() || university.is_none()) {
        return Some(("state", "it is under way without its supervisors"));
    }
    match &parts.state {
        PlacementState::Suspended {
            active_since, since, ..
        } if since < active_since => Some(("suspended_since", "it was suspended before it was active")),
        PlacementState::Completed { active_since, on } if on < active_since => {
            Some(("completed_on", "it was completed before it was active"))
        }
        PlacementState::Suspended { .. }
        | PlacementState::Completed { .. }
        | PlacementState::Proposed
        | PlacementState::ChangesRequested { .. }
        | PlacementState::Approved
        | PlacementState::Active { .. }
        | PlacementState::Terminated { .. }
        | PlacementState::Cancelled { .. }
        | PlacementState::Withdrawn { .. } => None,
    }
}
