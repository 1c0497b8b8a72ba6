//! What a person can do with a placement.

/// An action on a placement, by its name in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum PlacementAction {
    /// The student, or a coordinator for the student, brings a placement. Never in a list of allowed actions: it makes one.
    Propose,
    /// A coordinator sends it back to be mended.
    RequestChanges,
    /// The student hands the mended placement in again.
    Resubmit,
    /// A coordinator agrees.
    Approve,
    /// It begins: by itself, or by an operator in a hurry.
    Activate,
    /// A coordinator interrupts it.
    Suspend,
    /// A coordinator lets it go on.
    Resume,
    /// A coordinator closes it with everything done.
    Complete,
    /// A coordinator ends it before its time.
    Terminate,
    /// A coordinator drops it before it began.
    Cancel,
    /// The student drops it before it began.
    Withdraw,
    /// Its period, its site, its mode or its declaration is changed.
    Amend,
    /// A supervisor is assigned or replaced.
    AssignSupervisor,
    /// Somebody is appointed to act for a supervisor.
    AppointDelegate,
    /// An appointment is ended.
    DismissDelegate,
}

impl PlacementAction {
    /// Every action.
    pub const ALL: [Self; 15] = [
        Self::Propose,
        Self::RequestChanges,
        Self::Resubmit,
        Self::Approve,
        Self::Activate,
        Self::Suspend,
        Self::Resume,
        Self::Complete,
        Self::Terminate,
        Self::Cancel,
        Self::Withdraw,
        Self::Amend,
        Self::AssignSupervisor,
        Self::AppointDelegate,
        Self::DismissDelegate,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::RequestChanges => "request_changes",
            Self::Resubmit => "resubmit",
            Self::Approve => "approve",
            Self::Activate => "activate",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Complete => "complete",
            Self::Terminate => "terminate",
            Self::Cancel => "cancel",
            Self::Withdraw => "withdraw",
            Self::Amend => "amend",
            Self::AssignSupervisor => "assign_supervisor",
            Self::AppointDelegate => "appoint_delegate",
            Self::DismissDelegate => "dismiss_delegate",
        }
    }

    /// The action with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }
}

impl std::fmt::Display for PlacementAction {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}
