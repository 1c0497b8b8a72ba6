//! What people are told instead of getting something done.

use ipt_domain::{
    error::Violation as _,
    logbook::{action::Action, refusal::Refusal, violation::LogViolation},
    placement::{action::PlacementAction, refusal::PlacementRefusal, violation::PlacementViolation},
};

use super::term::Term;

/// What somebody was told instead of getting something done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) codes: Vec<&'static str>,
    pub(crate) sentence: String,
    pub(crate) open: Vec<&'static str>,
}

impl Term {
    /// What came of it, or nothing, when it was refused.
    pub(crate) fn heard<T, R: Into<Told>>(&mut self, answer: Result<T, R>) -> Option<T> {
        self.nothing_is_left_unsaid();
        self.told = None;
        match answer {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refused = Some(refusal.into());
                None
            }
        }
    }

    /// The refusal that a sentence speaks of. From then on it has been said.
    pub(crate) fn refusal(&mut self) -> &Told {
        if let Some(refused) = self.refused.take() {
            self.told = Some(refused);
        }
        self.told
            .as_ref()
            .unwrap_or_else(|| panic!("nothing was refused"))
    }

    /// Whether the last thing was refused, and no sentence has spoken of it yet.
    pub(crate) const fn was_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// A refusal that no sentence speaks of would hide that something did not happen.
    pub(crate) fn nothing_is_left_unsaid(&self) {
        if let Some(told) = &self.refused {
            panic!("this was refused, and the scenario does not say so: {told:?}");
        }
    }
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        let code = refusal.code();
        let (codes, open) = match refusal {
            Refusal::Rules(found) => (found.iter().map(LogViolation::code).collect(), Vec::new()),
            Refusal::InvalidTransition { allowed, .. } => {
                (vec![code], allowed.into_iter().map(Action::as_str).collect())
            }
            Refusal::NotFound
            | Refusal::Forbidden { .. }
            | Refusal::NotYourPlacement { .. }
            | Refusal::SeparationOfDuties(_)
            | Refusal::Stale { .. } => (vec![code], Vec::new()),
        };
        Self {
            codes,
            sentence,
            open,
        }
    }
}

impl From<PlacementRefusal> for Told {
    fn from(refusal: PlacementRefusal) -> Self {
        let sentence = refusal.to_string();
        let code = refusal.code();
        let (codes, open) = match refusal {
            PlacementRefusal::Rules(found) => {
                (found.iter().map(PlacementViolation::code).collect(), Vec::new())
            }
            PlacementRefusal::InvalidTransition { allowed, .. } => (
                vec![code],
                allowed.into_iter().map(PlacementAction::as_str).collect(),
            ),
            PlacementRefusal::Forbidden { .. }
            | PlacementRefusal::NotYourPlacement { .. }
            | PlacementRefusal::SeparationOfDuties(_)
            | PlacementRefusal::Stale { .. } => (vec![code], Vec::new()),
        };
        Self {
            codes,
            sentence,
            open,
        }
    }
}
