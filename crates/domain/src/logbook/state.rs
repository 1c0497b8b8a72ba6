//! The states of a log entry. Each carries the data that only it has.

use crate::{
    Instant,
    logbook::{action::Action, due::Due, hours::WorkedHours, review::By, skill::Skills},
    text::Remark,
};

/// How a revision came to be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum VerifiedBy {
    /// By industry.
    Industry,
    /// By the institution on evidence, not by industry; labelled so everywhere.
    Evidence,
}

/// The verification of one revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// By industry, or on evidence.
    pub kind: VerifiedBy,
    /// Who verified, and for whom.
    pub by: By,
    /// When.
    pub at: Instant,
    /// The hours confirmed, where they are fewer than claimed.
    pub hours_confirmed: Option<WorkedHours>,
    /// Skills that the reviewer saw demonstrated.
    pub skills: Skills,
}

/// Why an entry is flagged.
#[derive(Clone, Debug, PartialEq)]
pub enum FlagCause {
    /// The academic side asks the coordinators to look at a verified revision.
    Academic(Verification),
    /// The student contests industry's request for revision.
    Dispute,
}

/// The state of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Kept by the student.
    Draft {
        /// Whether it was submitted and recalled: then it can no longer be deleted.
        once_submitted: bool,
    },
    /// Waits for industry.
    Submitted {
        /// When industry's review falls due.
        due: Due,
    },
    /// Waits for the student.
    RevisionRequested {
        /// Who asked for it, while that decision can still be taken back: nobody has acted on it.
        retractable_by: Option<By>,
    },
    /// Waits for the academic side.
    IndustryVerified {
        /// The verification of this revision.
        verification: Verification,
        /// When the academic review falls due.
        due: Due,
        /// Whether the verification can still be taken back: industry gave it, and nobody has acted on it.
        retractable: bool,
    },
    /// Waits for a coordinator.
    Flagged {
        /// Who flagged or disputed.
        by: By,
        /// When.
        at: Instant,
        /// Why.
        reason: Remark,
        /// From which side.
        cause: FlagCause,
    },
    /// Confirmed by both sides; final.
    Validated {
        /// The verification of the validated revision.
        verification: Verification,
        /// Who validated.
        by: By,
        /// When.
        at: Instant,
    },
    /// Taken out of the record; final.
    Voided {
        /// Who voided.
        by: By,
        /// When.
        at: Instant,
    },
}

/// The name of a state in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum StateName {
    /// Kept by the student.
    Draft,
    /// Waits for industry.
    Submitted,
    /// Waits for the student.
    RevisionRequested,
    /// Waits for the academic side.
    IndustryVerified,
    /// Waits for a coordinator.
    Flagged,
    /// Confirmed by both sides; final.
    Validated,
    /// Taken out of the record; final.
    Voided,
}

impl StateName {
    /// Every state, in the order of the chain.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Submitted,
        Self::RevisionRequested,
        Self::IndustryVerified,
        Self::Flagged,
        Self::Validated,
        Self::Voided,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::RevisionRequested => "revision_requested",
            Self::IndustryVerified => "industry_verified",
            Self::Flagged => "flagged",
            Self::Validated => "validated",
            Self::Voided => "voided",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether no action leaves it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Validated | Self::Voided)
    }

    /// Whether somebody's decision is awaited.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted | Self::RevisionRequested | Self::IndustryVerified | Self::Flagged
        )
    }
}

impl std::fmt::Display for StateName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl State {
    /// Its name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Draft { .. } => StateName::Draft,
            Self::Submitted { .. } => StateName::Submitted,
            Self::RevisionRequested { .. } => StateName::RevisionRequested,
            Self::IndustryVerified { .. } => StateName::IndustryVerified,
            Self::Flagged { .. } => StateName::Flagged,
            Self::Validated { .. } => StateName::Validated,
            Self::Voided { .. } => StateName::Voided,
        }
    }

    /// The actions that leave it, whoever acts. This is the table of the chain.
    pub fn actions(&self) -> &'static [Action] {
        use Action as A;
        match self {
            Self::Draft {
                once_submitted: false,
            } => &[A::Submit, A::Delete],
            Self::Draft { once_submitted: true } => &[A::Submit],
            Self::Submitted { .. } => &[A::Recall, A::Approve, A::Reject, A::VerifyOnEvidence, A::Void],
            Self::RevisionRequested {
                retractable_by: Some(_),
            } => &[A::Revise, A::Dispute, A::Retract, A::Void],
            Self::RevisionRequested { retractable_by: None } => &[A::Revise, A::Dispute, A::Void],
            Self::IndustryVerified {
                retractable: true, ..
            } => &[A::Retract, A::Validate, A::Flag, A::Void],
            Self::IndustryVerified {
                retractable: false, ..
            } => &[A::Validate, A::Flag, A::Void],
            Self::Flagged {
                cause: FlagCause::Academic(_),
                ..
            } => &[
                A::ReturnToAcademic,
                A::ReturnToIndustry,
                A::ReturnToStudent,
                A::Void,
            ],
            Self::Flagged {
                cause: FlagCause::Dispute,
                ..
            } => &[A::ReturnToIndustry, A::ReturnToStudent, A::Void],
            Self::Validated { .. } | Self::Voided { .. } => &[],
        }
    }

    /// Whether its student may change the text.
    pub const fn takes_edits(&self) -> bool {
        match self {
            Self::Draft { .. } | Self::RevisionRequested { .. } => true,
            Self::Submitted { .. }
            | Self::IndustryVerified { .. }
            | Self::Flagged { .. }
            | Self::Validated { .. }
            | Self::Voided { .. } => false,
        }
    }

    /// When the awaited review falls due.
    pub const fn due(&self) -> Option<Due> {
        match self {
            Self::Submitted { due } | Self::IndustryVerified { due, .. } => Some(*due),
            Self::Draft { .. }
            | Self::RevisionRequested { .. }
            | Self::Flagged { .. }
            | Self::Validated { .. }
            | Self::Voided { .. } => None,
        }
    }

    /// The verification of the current revision, where there is one.
    pub const fn verification(&self) -> Option<&Verification> {
        match self {
            Self::IndustryVerified { verification, .. }
            | Self::Flagged {
                cause: FlagCause::Academic(verification),
                ..
            }
            | Self::Validated { verification, .. } => Some(verification),
            Self::Draft { .. }
            | Self::Submitted { .. }
            | Self::RevisionRequested { .. }
            | Self::Flagged {
                cause: FlagCause::Dispute,
                ..
            }
            | Self::Voided { .. } => None,
        }
    }
}
