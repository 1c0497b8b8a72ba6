//! The record that every transition leaves.

use crate::{
    Instant,
    id::{LogEntryId, ReviewId, UserId},
    logbook::{action::Action, hours::WorkedHours, skill::Skills, state::StateName},
    text::Remark,
};

/// Who did something, and for whom: a supervisor's delegate acts as the supervisor, and both are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct By {
    /// The person who acted.
    pub user: UserId,
    /// The supervisor in whose place the person acted.
    pub on_behalf_of: Option<UserId>,
}

impl By {
    /// Somebody acting in one's own name.
    pub const fn oneself(user: UserId) -> Self {
        Self {
            user,
            on_behalf_of: None,
        }
    }

    /// Whether `user` acted, or was acted for.
    pub fn names(&self, user: UserId) -> bool {
        self.user == user || self.on_behalf_of == Some(user)
    }

    /// The people named: the one who acted, and the one acted for.
    pub fn people(&self) -> impl Iterator<Item = UserId> + use<> {
        std::iter::once(self.user).chain(self.on_behalf_of)
    }
}

/// By which way an action came in. Links in mails follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Way {
    /// One entry, by a signed-in person.
    Single,
    /// One of many in one action (a week, say).
    Many,
}

impl Way {
    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Many => "many",
        }
    }

    /// The way with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Single, Self::Many]
            .into_iter()
            .find(|way| way.as_str() == name)
    }
}

/// One transition of an entry, kept for good.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewRecord {
    /// Its id.
    pub id: ReviewId,
    /// The entry.
    pub entry_id: LogEntryId,
    /// What was done.
    pub action: Action,
    /// The state before; none when the entry was made.
    pub from: Option<StateName>,
    /// The state after.
    pub to: StateName,
    /// Who did it, and for whom.
    pub by: By,
    /// By which way.
    pub way: Way,
    /// When.
    pub at: Instant,
    /// The text's revision.
    pub revision: u32,
    /// Comments, reason or note.
    pub comments: Option<Remark>,
    /// Skills that the reviewer saw demonstrated.
    pub skills: Skills,
    /// The hours that the reviewer confirmed.
    pub hours_confirmed: Option<WorkedHours>,
}
