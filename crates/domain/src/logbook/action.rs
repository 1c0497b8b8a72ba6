//! What a person can do with a log entry.

use crate::identity::permission::Permission;

/// An action on a log entry, by its name in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Action {
    /// The student keeps an incomplete entry to oneself. Never in a list of allowed actions: it makes an entry.
    Draft,
    /// The student hands in a first text.
    Submit,
    /// The student drops a draft that was never submitted.
    Delete,
    /// The student takes a submission back before anybody decided.
    Recall,
    /// The student hands in a new text after a request for revision.
    Revise,
    /// The student contests a request for revision.
    Dispute,
    /// Industry confirms the day.
    Approve,
    /// Industry asks for a revision.
    Reject,
    /// Industry takes its decision back while nobody has acted on it.
    Retract,
    /// The institution confirms the day in place of a silent supervisor.
    VerifyOnEvidence,
    /// The academic side confirms the day; credit is earned.
    Validate,
    /// The academic side asks the coordinators to look.
    Flag,
    /// A coordinator sends a flagged entry back to the academic side.
    ReturnToAcademic,
    /// A coordinator sends a flagged entry back to industry.
    ReturnToIndustry,
    /// A coordinator sends a flagged entry back to the student.
    ReturnToStudent,
    /// A coordinator takes the entry out of the record.
    Void,
}

/// On whose side of the chain an action lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The student of the placement.
    Student,
    /// The industrial supervisor of the placement.
    Industry,
    /// The university supervisor of the placement.
    Academic,
    /// A coordinator of the institution.
    Coordinator,
}

impl Action {
    /// Every action, in the order of the chain.
    pub const ALL: [Self; 16] = [
        Self::Draft,
        Self::Submit,
        Self::Delete,
        Self::Recall,
        Self::Revise,
        Self::Dispute,
        Self::Approve,
        Self::Reject,
        Self::Retract,
        Self::VerifyOnEvidence,
        Self::Validate,
        Self::Flag,
        Self::ReturnToAcademic,
        Self::ReturnToIndustry,
        Self::ReturnToStudent,
        Self::Void,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submit => "submit",
            Self::Delete => "delete",
            Self::Recall => "recall",
            Self::Revise => "revise",
            Self::Dispute => "dispute",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Retract => "retract",
            Self::VerifyOnEvidence => "verify_on_evidence",
            Self::Validate => "validate",
            Self::Flag => "flag",
            Self::ReturnToAcademic => "return_to_academic",
            Self::ReturnToIndustry => "return_to_industry",
            Self::ReturnToStudent => "return_to_student",
            Self::Void => "void",
        }
    }

    /// The action with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// Whose action it is.
    pub const fn side(self) -> Side {
        match self {
            Self::Draft | Self::Submit | Self::Delete | Self::Recall | Self::Revise | Self::Dispute => {
                Side::Student
            }
            Self::Approve | Self::Reject | Self::Retract => Side::Industry,
            Self::Validate | Self::Flag => Side::Academic,
            Self::VerifyOnEvidence
            | Self::ReturnToAcademic
            | Self::ReturnToIndustry
            | Self::ReturnToStudent
            | Self::Void => Side::Coordinator,
        }
    }

    /// The permission that it needs.
    pub const fn permission(self) -> Permission {
        match self.side() {
            Side::Student => Permission::LogbookWrite,
            Side::Industry => Permission::LogbookReviewIndustry,
            Side::Academic => Permission::LogbookReviewAcademic,
            Side::Coordinator => Permission::LogbookCoordinate,
        }
    }

    /// Whether comments, a reason or a note must come with it.
    pub const fn needs_comments(self) -> bool {
        match self {
            Self::Reject
            | Self::VerifyOnEvidence
            | Self::Retract
            | Self::Dispute
            | Self::Flag
            | Self::ReturnToAcademic
            | Self::ReturnToIndustry
            | Self::ReturnToStudent
            | Self::Void => true,
            Self::Draft
            | Self::Submit
            | Self::Delete
            | Self::Recall
            | Self::Revise
            | Self::Approve
            | Self::Validate => false,
        }
    }

    /// Whether a flag is resolved by it, when the entry is flagged.
    pub const fn resolves_flag(self) -> bool {
        matches!(
            self,
            Self::ReturnToAcademic | Self::ReturnToIndustry | Self::ReturnToStudent | Self::Void
        )
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}
