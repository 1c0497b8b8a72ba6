//! How the student attends.

/// Where the work of a placement is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Mode {
    /// At the workplace.
    #[default]
    OnSite,
    /// Partly at the workplace.
    Hybrid,
    /// Elsewhere; no position is ever kept.
    Remote,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::OnSite, Self::Hybrid, Self::Remote];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnSite => "on_site",
            Self::Hybrid => "hybrid",
            Self::Remote => "remote",
        }
    }

    /// The mode with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == name)
    }
}

impl std::fmt::Display for Mode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_have_the_names_of_the_contract() {
        assert_eq!(Mode::ALL.map(Mode::as_str), ["on_site", "hybrid", "remote"]);
        assert_eq!(
            Mode::ALL.map(|mode| Mode::from_name(mode.as_str())),
            Mode::ALL.map(Some)
        );
        assert_eq!(Mode::from_name("on-site"), None);
    }
}
