//! How a placement comes about, until a coordinator agrees.

use crate::{
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    placement::{
        action::PlacementAction,
        authority::{Acting, Trace, authorise},
        event::{PlacementEvent, PlacementEventKind},
        guard::{self, Setting},
        mode::Mode,
        period::Period,
        placement::Placement,
        refusal::PlacementRefusal,
        state::PlacementState,
        violation::PlacementViolation,
    },
    text::Remark,
    version::Version,
};

/// A placement as a student, or a coordinator for the student, brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The id that it will have.
    pub id: PlacementId,
    /// The institution.
    pub tenant_id: TenantId,
    /// The student.
    pub student_id: UserId,
    /// The programme.
    pub programme_id: ProgrammeId,
    /// Who hosts.
    pub organisation_id: OrganisationId,
    /// The workplace.
    pub site_id: Option<SiteId>,
    /// Where the work is done.
    pub mode: Mode,
    /// An earlier placement that it continues.
    pub continues: Option<PlacementId>,
    /// The days.
    pub period: Period,
    /// The workplace's supervisor.
    pub industrial_supervisor: Option<UserId>,
    /// The institution's supervisor.
    pub university_supervisor: Option<UserId>,
    /// Family or ownership between the student and the host.
    pub relationship_declared: Option<Remark>,
}

impl Placement {
    /// Brings a placement: a student one's own, a coordinator anybody's.
    ///
    /// # Errors
    /// [`PlacementRefusal`], in the order of its variants. The organisation need not be verified yet.
    pub fn propose(
        proposal: Proposal,
        acting: &Acting<'_>,
        setting: &Setting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        let Proposal {
            tenant_id,
            student_id,
            ..
        } = proposal;
        authorise(
            PlacementAction::Propose,
            acting.actor,
            tenant_id,
            student_id,
            [None, None],
        )?;
        let mut placement = Self {
            id: proposal.id,
            tenant_id,
            student_id,
            programme_id: proposal.programme_id,
            policy_version: setting.terms.policy_version,
            organisation_id: proposal.organisation_id,
            site_id: proposal.site_id,
            mode: proposal.mode,
            continues: proposal.continues,
            period: proposal.period,
            industrial_supervisor: proposal.industrial_supervisor,
            university_supervisor: proposal.university_supervisor,
            relationship_declared: proposal.relationship_declared,
            state: PlacementState::Proposed,
            version: Version::FIRST,
            created_at: acting.now,
            updated_at: acting.now,
        };
        placement.judge(acting, setting)?;
        let kind = PlacementEventKind::Proposed {
            period: placement.period,
        };
        let event = placement.tell(kind, None, None, Trace::of(acting));
        Ok((placement, event))
    }

    /// A coordinator sends it back to be mended.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; a reason is needed.
    pub fn request_changes(
        self,
        reason: Option<Remark>,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::RequestChanges, acting)?;
        let reason = required(reason)?;
        let state = PlacementState::ChangesRequested {
            reason: reason.clone(),
        };
        Ok(self.enter(state, PlacementEventKind::ChangesRequested, Some(reason), acting))
    }

    /// The mended placement is handed in again.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; judged as when it was first brought.
    pub fn resubmit(
        mut self,
        acting: &Acting<'_>,
        setting: &Setting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::Resubmit, acting)?;
        self.judge(acting, setting)?;
        self.policy_version = setting.terms.policy_version;
        Ok(self.enter(
            PlacementState::Proposed,
            PlacementEventKind::Resubmitted,
            None,
            acting,
        ))
    }

    /// A coordinator agrees. From now on the placement keeps the policy of `setting`. It begins by
    /// [`activate_when_due`](Self::activate_when_due), which is to be asked right afterwards.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; judged as when it was first brought, and the organisation must be verified.
    pub fn approve(
        mut self,
        acting: &Acting<'_>,
        setting: &Setting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::Approve, acting)?;
        let mut found = self.broken_guards(acting, setting);
        if !setting.organisation_verified {
            found.push(PlacementViolation::OrganisationNotVerified);
        }
        PlacementRefusal::unless_empty(found)?;
        self.policy_version = setting.terms.policy_version;
        let kind = PlacementEventKind::Approved {
            policy_version: self.policy_version,
        };
        Ok(self.enter(PlacementState::Approved, kind, None, acting))
    }

    /// Everything that is wrong with the placement as it stands.
    fn broken_guards(&self, acting: &Acting<'_>, setting: &Setting<'_>) -> Vec<PlacementViolation> {
        let mut found = Vec::new();
        guard::period(self, setting, &mut found);
        guard::supervisors(self, acting.today, setting, &mut found);
        found
    }

    fn judge(&self, acting: &Acting<'_>, setting: &Setting<'_>) -> Result<(), PlacementRefusal> {
        PlacementRefusal::unless_empty(self.broken_guards(acting, setting))
    }
}

/// The reason, where one is needed.
pub(super) fn required(reason: Option<Remark>) -> Result<Remark, PlacementRefusal> {
    reason.ok_or_else(|| PlacementRefusal::Rules(vec![PlacementViolation::ReasonRequired]))
}
