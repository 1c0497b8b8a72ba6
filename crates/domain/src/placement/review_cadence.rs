//! How often a supervisor is expected to review.

/// From when the working days of a review are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum ReviewCadence {
    /// From the submission.
    #[default]
    Daily,
    /// From the end of the week of the log.
    Weekly,
}

impl ReviewCadence {
    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The cadence with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Daily, Self::Weekly]
            .into_iter()
            .find(|cadence| cadence.as_str() == name)
    }
}
