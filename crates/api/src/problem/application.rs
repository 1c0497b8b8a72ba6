//! What use cases of all contexts tell in the same form.

use ipt_application::{access::Denied, concurrency::StaleVersion, rules::BrokenRules};
use ipt_domain::version::Version;

use super::Problem;
use crate::codes::protocol::{FORBIDDEN, STALE_VERSION};

impl Problem {
    /// The thing was changed since the person saw it.
    pub(crate) fn stale(current: Version, sentence: impl std::fmt::Display) -> Self {
        Self::new(STALE_VERSION)
            .detail(sentence)
            .with("current_version", current.number())
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self::new(FORBIDDEN)
            .detail(denied)
            .with("permission", denied.permission.as_str())
    }
}

impl From<StaleVersion> for Problem {
    fn from(stale: StaleVersion) -> Self {
        Self::stale(stale.current, stale)
    }
}

impl From<BrokenRules> for Problem {
    fn from(broken: BrokenRules) -> Self {
        Self::rules(broken.iter())
    }
}
