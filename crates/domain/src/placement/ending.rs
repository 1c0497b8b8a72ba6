//! How a placement ends.

use chrono::NaiveDate;

use crate::{
    logbook::hours::Minutes,
    placement::{
        action::PlacementAction,
        authority::Acting,
        event::{PlacementEvent, PlacementEventKind},
        placement::Placement,
        refusal::PlacementRefusal,
        state::PlacementState,
        violation::PlacementViolation,
    },
    text::Remark,
};

/// What a programme asks for, over a placement and those that it continues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Requirement {
    /// Validated hours.
    pub minutes: Minutes,
    /// Validated days.
    pub days: u32,
}

/// What is done, over a placement and those that it continues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Achievement {
    /// Validated hours that count.
    pub minutes: Minutes,
    /// Validated days.
    pub days: u32,
    /// Entries that await somebody's decision.
    pub open_entries: u32,
}

impl Requirement {
    /// What is still missing of it.
    pub fn missing(&self, achieved: &Achievement) -> Vec<PlacementViolation> {
        let mut found = Vec::new();
        if achieved.open_entries > 0 {
            found.push(PlacementViolation::OpenEntries {
                count: achieved.open_entries,
            });
        }
        if achieved.minutes < self.minutes {
            found.push(PlacementViolation::HoursMissing {
                required: self.minutes,
                credited: achieved.minutes,
            });
        }
        if achieved.days < self.days {
            found.push(PlacementViolation::DaysMissing {
                required: self.days,
                credited: achieved.days,
            });
        }
        found
    }
}

impl Placement {
    /// A coordinator closes it: hours and days are met and no entry awaits a decision.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; it tells everything that is missing.
    pub fn complete(
        self,
        required: &Requirement,
        achieved: &Achievement,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        let active_since = self.check_under_way(PlacementAction::Complete, acting)?;
        PlacementRefusal::unless_empty(required.missing(achieved))?;
        let on = acting.today.max(active_since);
        let state = PlacementState::Completed { active_since, on };
        Ok(self.enter(state, PlacementEventKind::Completed { on }, None, acting))
    }

    /// A coordinator ends it before its time. It is terminated at once; `effective` (today, when none is given) is the last
    /// day that counts. What was submitted stays open to review.
    ///
    /// # Errors
    /// [`PlacementRefusal`]; a reason is needed, and a date between the first day and the later of today and the last.
    pub fn terminate(
        self,
        reason: Option<Remark>,
        effective: Option<NaiveDate>,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        let active_since = self.check_under_way(PlacementAction::Terminate, acting)?;
        let effective = effective.unwrap_or(acting.today);
        let (earliest, latest) = (self.period.start(), self.period.end().max(acting.today));
        let mut found = Vec::new();
        if !(earliest..=latest).contains(&effective) {
            found.push(PlacementViolation::EffectiveDateOutOfRange { earliest, latest });
        }
        if reason.is_none() {
            found.push(PlacementViolation::ReasonRequired);
        }
        match reason {
            Some(reason) if found.is_empty() => {
                let state = PlacementState::Terminated {
                    active_since: Some(active_since),
                    effective,
                    reason: reason.clone(),
                };
                Ok(self.enter(
                    state,
                    PlacementEventKind::Terminated { effective },
                    Some(reason),
                    acting,
                ))
            }
            Some(_) | None => Err(PlacementRefusal::Rules(found)),
        }
    }

    /// A coordinator drops it before it began.
    ///
    /// # Errors
    /// [`PlacementRefusal`].
    pub fn cancel(
        self,
        reason: Option<Remark>,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::Cancel, acting)?;
        let state = PlacementState::Cancelled {
            reason: reason.clone(),
        };
        Ok(self.enter(state, PlacementEventKind::Cancelled, reason, acting))
    }

    /// The student drops it before it began.
    ///
    /// # Errors
    /// [`PlacementRefusal`].
    pub fn withdraw(
        self,
        reason: Option<Remark>,
        acting: &Acting<'_>,
    ) -> Result<(Self, PlacementEvent), PlacementRefusal> {
        self.check(PlacementAction::Withdraw, acting)?;
        let state = PlacementState::Withdrawn {
            reason: reason.clone(),
        };
        Ok(self.enter(state, PlacementEventKind::Withdrawn, reason, acting))
    }
}
