//! Replacing one's preferences.

use std::collections::HashSet;

use ipt_domain::version::Version;
use ipt_ports::engagement::Preference;

use super::{Preferences, check, get};
use crate::{
    Caller, Services,
    concurrency::check_seen,
    engagement::{EngagementError, EngagementViolation, Kind},
    rules::BrokenRules,
};

/// Replaces the caller's preferences: what is not named is as it is by default.
///
/// # Errors
/// [`EngagementError::Denied`], [`EngagementError::Stale`], then every broken rule together.
#[tracing::instrument(name = "usecase.engagement.preferences.replace", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    preferences: &[Preference],
    seen: Option<Version>,
) -> Result<Preferences, EngagementError> {
    check(caller)?;
    let mut work = services.database.begin(caller.scope()).await?;
    let before = get::of(work.notifications(), caller.user_id()).await?;
    check_seen(seen, before.version())?;
    check_rules(preferences)?;
    work.notifications()
        .replace_preferences(caller.user_id(), preferences)
        .await?;
    work.commit().await?;
    Ok(Preferences::of(preferences))
}

/// Each is a kind that there is by a channel that it has, and named once.
fn check_rules(preferences: &[Preference]) -> Result<(), BrokenRules> {
    let mut broken = BrokenRules::default();
    for preference in preferences {
        match Kind::from_name(&preference.kind) {
            None => broken.push(EngagementViolation::KindUnknown),
            Some(kind) if !kind.channels().contains(&preference.channel) => {
                broken.push(EngagementViolation::ChannelUnknown { kind });
            }
            Some(_) => {}
        }
    }
    let mut named = HashSet::new();
    if !preferences
        .iter()
        .all(|preference| named.insert((&preference.kind, preference.channel)))
    {
        broken.push(EngagementViolation::NamedTwice);
    }
    broken.into_result()
}
