//! Delegates: who acts for a supervisor during a few days.

use chrono::NaiveDate;

use crate::{
    error::Corruption,
    id::{DelegationId, PlacementId, UserId},
    placement::period::Period,
};

/// A supervisor's part on a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Part {
    /// The workplace's: verifies.
    Industrial,
    /// The institution's: validates.
    Academic,
}

impl Part {
    /// Both parts.
    pub const ALL: [Self; 2] = [Self::Industrial, Self::Academic];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Industrial => "industrial",
            Self::Academic => "academic",
        }
    }

    /// The part with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == name)
    }

    /// The other part, which must lie with another person.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Industrial => Self::Academic,
            Self::Academic => Self::Industrial,
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The appointment of a person who acts for the supervisor that holds a part on a placement, on some days. The days of
/// the industrial part are those of the workplace, the days of the academic part those of the institution.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Delegation {
    pub(super) id: DelegationId,
    pub(super) placement_id: PlacementId,
    pub(super) part: Part,
    pub(super) delegate: UserId,
    pub(super) days: Period,
    pub(super) appointed_by: UserId,
}

/// Everything of which a delegation consists, for rebuilding it from storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the delegation with the same name"
)]
pub struct DelegationParts {
    pub id: DelegationId,
    pub placement_id: PlacementId,
    pub part: Part,
    pub delegate: UserId,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub appointed_by: UserId,
}

impl Delegation {
    /// Rebuilds a delegation from storage.
    ///
    /// # Errors
    /// [`Corruption`] when its last day lies before its first.
    pub fn from_parts(parts: DelegationParts) -> Result<Self, Corruption> {
        let days = Period::new(parts.from, parts.to).map_err(|_| Corruption {
            table: "delegation",
            column: "ends_on",
            id: parts.id.uuid(),
            problem: "the last day lies before the first",
        })?;
        Ok(Self {
            id: parts.id,
            placement_id: parts.placement_id,
            part: parts.part,
            delegate: parts.delegate,
            days,
            appointed_by: parts.appointed_by,
        })
    }

    /// Its id.
    pub const fn id(&self) -> DelegationId {
        self.id
    }

    /// The placement.
    pub const fn placement_id(&self) -> PlacementId {
        self.placement_id
    }

    /// The part that the delegate acts for.
    pub const fn part(&self) -> Part {
        self.part
    }

    /// The person who acts.
    pub const fn delegate(&self) -> UserId {
        self.delegate
    }

    /// The first day.
    pub const fn from(&self) -> NaiveDate {
        self.days.start()
    }

    /// The last day, on which the delegate still acts.
    pub const fn to(&self) -> NaiveDate {
        self.days.end()
    }

    /// Its days.
    pub const fn days(&self) -> Period {
        self.days
    }

    /// Who appointed the delegate.
    pub const fn appointed_by(&self) -> UserId {
        self.appointed_by
    }

    /// Whether the delegate acts on `today`, a local day of the part's side.
    pub fn holds_on(&self, today: NaiveDate) -> bool {
        self.days.contains(today)
    }
}
