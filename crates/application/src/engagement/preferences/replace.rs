//! Replacing one's preferences.

use std::collections::HashSet;

use ipt_ports::engagement::Preference;

use super::{check, effective};
use crate::{
    Caller, Services,
    engagement::{EngagementError, EngagementViolation, Kind},
    rules::BrokenRules,
};

/// Replaces the caller's preferences: what is not named is as it is by default.
///
/// # Errors
/// [`EngagementError::Denied`], then every broken rule together.
#[tracing::instrument(name = "usecase.engagement.preferences.replace", skip_all)]
pub async fn execute(
    services: &Services,
    caller: &Caller,
    preferences: &[Preference],
) -> Result<Vec<Preference>, EngagementError> {
    check(caller)?;
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
    broken.into_result()?;
    let mut work = services.database.begin(caller.scope()).await?;
    work.notifications()
        .replace_preferences(caller.user_id(), preferences)
        .await?;
    work.commit().await?;
    Ok(effective(preferences))
}
