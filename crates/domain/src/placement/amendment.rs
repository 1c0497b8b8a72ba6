//! Changes of a placement that leave its state as it is.

use chrono::NaiveDate;

use crate::{
    id::{OrganisationId, PlacementId, SiteId, UserId},
    placement::{
        action::PlacementAction,
        authority::{Acting, Trace},
        delegation::Part,
        event::{PlacementEvent, PlacementEventKind},
        guard::{self, Setting},
        mode::Mode,
        period::Period,
        placement::Placement,
        refusal::PlacementRefusal,
        state::PlacementStateName,
        supervisor::Ineligibility,
        violation::PlacementViolation,
    },
    text::Remark,
};

/// What is to be changed; what is left out stays. In those that can be absent, `Some(None)` takes the value away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// The days.
    pub period: Option<Period>,
    /// The workplace.
    pub site_id: Option<Option<SiteId>>,
    /// Where the work is done.
    pub mode: Option<Mode>,
    /// Family or ownership between the student and the host.
    pub relationship_declared: Option<Option<Remark>>,
    /// Who hosts; until the approval only.
    pub organisation_id: Option<OrganisationId>,
    /// The earlier placement that it continues; until the approval only.
    pub continues: Option<Option<PlacementId>>,
    /// The workplace's supervisor, who changes along with who hosts; until the approval only. Afterwards, and alone, one is
    /// replaced by [`Placement::assign_supervisor`].
    pub industrial_supervisor: Option<Option<UserId>>,
    /// The institution's supervisor; until the approval only, as on the other side.
    pub university_supervisor: Option<Option<UserId>>,
    /// Why a supervisor is replaced, or the part is left open again.
    pub reason: Option<Remark>,
}

impl Amendment {
    /// Who holds `part` afterwards, where `before` holds it now.
    fn supervisor(&self, part: Part, before: Option<UserId>) -> Option<UserId> {
        match part {
            Part::Industrial => self.industrial_supervisor.unwrap_or(before),
            Part::Academic => self.university_supervisor.unwrap_or(before),
        }
    }
}

/// A detail of a placement that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum AmendedField {
    /// The days.
    Period,
    /// The workplace.
    Site,
    /// Where the work is done.
    Mode,
    /// Family or ownership between the student and the host.
    RelationshipDeclared,
    /// Who hosts.
    Organisation,
    /// The earlier placement that it continues.
    Continues,
    /// The workplace's supervisor.
    IndustrialSupervisor,
    /// The institution's supervisor.
    UniversitySupervisor,
}

impl Placement {
    /// The details that `amendment` would change.
    pub fn changed_by(&self, amendment: &Amendment) -> Vec<AmendedField> {
        let differs = [
            (
                AmendedField::Period,
                amendment.period.is_some_and(|period| period != self.period),
            ),
            (
                AmendedField::Site,
                amendment.site_id.is_some_and(|site| site != self.site_id),
            ),
            (
                AmendedField::Mode,
                amendment.mode.is_some_and(|mode| mode != self.mode),
            ),
            (
                AmendedField::RelationshipDeclared,
                amendment
                    .relationship_declared
                    .as_ref()
                    .is_some_and(|said| *said != self.relationship_declared),
            ),
            (
                AmendedField::Organisation,
                amendment
                    .organisation_id
                    .is_some_and(|organisation| organisation != self.organisation_id),
            ),
            (
                AmendedField::Continues,
                amendment
                    .continues
                    .is_some_and(|earlier| earlier != self.continues),
            ),
            (
                AmendedField::IndustrialSupervisor,
                self.changes_supervisor(amendment, Part::Industrial),
            ),
            (
                AmendedField::UniversitySupervisor,
                self.changes_supervisor(amendment, Part::Academic),
            ),
        ];
        differs
            .into_iter()
            .filter_map(|(field, changed)| changed.then_some(field))
            .collect()
    }

    fn changes_supervisor(&self, amendment: &Amendment, part: Part) -> bool {
        let before = self.supervisor(part);
        amendment.supervisor(part, before) != before
    }

    /// Changes details: its student or a coordinator until the approval, a coordinator afterwards. `entry_days` are the days of
    /// its live (not voided) entries, drafts included.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; extending and shortening are refused while entries would fall outside.
    pub fn amend(
        mut self,
        amendment: Amendment,
        entry_days: &[NaiveDate],
        acting: &Acting<'_>,
        setting: &Setting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::Amend, acting)?;
        let changed = self.changed_by(&amendment);
        let period_before = self.period;
        let mut found = self.fixed(&changed);
        self.check_supervisors(&amendment, &mut found);
        self.period = amendment.period.unwrap_or(self.period);
        self.site_id = amendment.site_id.unwrap_or(self.site_id);
        self.mode = amendment.mode.unwrap_or(self.mode);
        self.organisation_id = amendment.organisation_id.unwrap_or(self.organisation_id);
        self.continues = amendment.continues.unwrap_or(self.continues);
        self.industrial_supervisor = amendment.supervisor(Part::Industrial, self.industrial_supervisor);
        self.university_supervisor = amendment.supervisor(Part::Academic, self.university_supervisor);
        if let Some(said) = amendment.relationship_declared {
            self.relationship_declared = said;
        }
        if changed.contains(&AmendedField::Period) || changed.contains(&AmendedField::Continues) {
            guard::period(&self, setting, &mut found);
            guard::entries(self.period, entry_days, &mut found);
            self.check_begun(period_before, acting.today, &mut found);
        }
        let judged_by = [
            AmendedField::Organisation,
            AmendedField::IndustrialSupervisor,
            AmendedField::UniversitySupervisor,
        ];
        if judged_by.iter().any(|field| changed.contains(field)) {
            guard::supervisors(&self, acting.today, setting, &mut found);
        }
        PlacementRefusal::unless_empty(found)?;
        let kind = PlacementEventKind::Amended {
            changed,
            period_before,
            period: self.period,
        };
        let state = Some(self.state.name());
        let event = self.tell(kind, state, amendment.reason, Trace::of(acting));
        Ok((self, event))
    }

    /// Nobody loses a part without a reason; and once it is approved, a part is neither left open nor given here.
    fn check_supervisors(&self, amendment: &Amendment, found: &mut Vec<PlacementViolation>) {
        let changed = |part: &Part| self.changes_supervisor(amendment, *part);
        let mut parts = Part::ALL.into_iter().filter(changed);
        if !self.is_mended() {
            found.extend(parts.map(|part| match (amendment.supervisor(part, None), part) {
                (None, part) => PlacementViolation::SupervisorRequired { part },
                (Some(_), Part::Industrial) => PlacementViolation::FixedOnceApproved {
                    pointer: "/industrial_supervisor_id",
                },
                (Some(_), Part::Academic) => PlacementViolation::FixedOnceApproved {
                    pointer: "/university_supervisor_id",
                },
            }));
        } else if parts.any(|part| self.supervisor(part).is_some()) && amendment.reason.is_none() {
            found.push(PlacementViolation::ReasonRequired);
        }
    }

    /// Whether it is still to be agreed to.
    const fn is_mended(&self) -> bool {
        matches!(
            self.state.name(),
            PlacementStateName::Proposed | PlacementStateName::ChangesRequested
        )
    }

    /// What the approval has fixed of `changed`.
    fn fixed(&self, changed: &[AmendedField]) -> Vec<PlacementViolation> {
        let mended = self.is_mended();
        [
            (AmendedField::Organisation, "/organisation_id"),
            (AmendedField::Continues, "/continues"),
        ]
        .into_iter()
        .filter(|(field, _)| !mended && changed.contains(field))
        .map(|(_, pointer)| PlacementViolation::FixedOnceApproved { pointer })
        .collect()
    }

    /// One that is under way cannot begin later than it did, unless that day has come too.
    fn check_begun(&self, before: Period, today: NaiveDate, found: &mut Vec<PlacementViolation>) {
        let latest = before.start().max(today);
        if self.state.name().is_running() && self.period.start() > latest {
            found.push(PlacementViolation::BegunAlready { latest });
        }
    }

    /// Gives a part to a supervisor, or from one to another, which needs a reason: its student or a coordinator until the
    /// approval, a coordinator afterwards. What is known of the person is in `setting`. It may be due to begin then; see
    /// [`activate_when_due`](Self::activate_when_due). Delegates whom the predecessor had are to be dismissed.
    ///
    /// # Errors
    /// [`PlacementRefusal`].
    pub fn assign_supervisor(
        mut self,
        part: Part,
        supervisor: UserId,
        reason: Option<Remark>,
        acting: &Acting<'_>,
        setting: &Setting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::AssignSupervisor, acting)?;
        let predecessor = self.supervisor(part);
        let mut found = Vec::new();
        if predecessor == Some(supervisor) {
            found.push(PlacementViolation::SupervisorNotEligible {
                part,
                why: Ineligibility::HoldsThePart,
            });
        } else {
            guard::supervisor(&self, (part, supervisor), acting.today, setting, &mut found);
        }
        if predecessor.is_some() && reason.is_none() {
            found.push(PlacementViolation::ReasonRequired);
        }
        PlacementRefusal::unless_empty(found)?;
        match part {
            Part::Industrial => self.industrial_supervisor = Some(supervisor),
            Part::Academic => self.university_supervisor = Some(supervisor),
        }
        let kind = match predecessor {
            Some(predecessor) => PlacementEventKind::SupervisorReplaced {
                part,
                predecessor,
                supervisor,
            },
            None => PlacementEventKind::SupervisorAssigned { part, supervisor },
        };
        let state = Some(self.state.name());
        let event = self.tell(kind, state, reason, Trace::of(acting));
        Ok((self, event))
    }
}
