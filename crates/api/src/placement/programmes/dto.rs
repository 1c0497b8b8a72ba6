//! A programme, as it goes over the wire.

use chrono::NaiveDate;
use ipt_application::placement::programmes::update::Updated;
use ipt_domain::placement::programme::Programme;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::policy_dto::PolicyDto;
use crate::wire::Date;

/// The days on which a programme's placements lie, both ends included.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(as = Window)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowDto {
    start: Date,
    end: Date,
}

impl From<WindowDto> for (NaiveDate, NaiveDate) {
    fn from(window: WindowDto) -> Self {
        (window.start.0, window.end.0)
    }
}

/// A course of study's practical training.
#[derive(Serialize, ToSchema)]
#[schema(as = Programme)]
pub(super) struct ProgrammeDto {
    id: Uuid,
    name: String,
    code: String,
    /// What a student earns by it.
    credit_units: f64,
    /// The validated hours that it asks for.
    required_hours: f64,
    /// The validated days that it asks for.
    required_days: u32,
    window: WindowDto,
    policy: PolicyDto,
    /// Counts the changes of the policy, from 1.
    policy_version: u32,
    version: u32,
    /// Whom a change of the policy touches; in the answer to a change only.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_change: Option<PolicyChange>,
}

/// Whom a change of the policy touches.
#[derive(Serialize, ToSchema)]
struct PolicyChange {
    /// The keys that changed.
    #[schema(value_type = Vec<String>)]
    keys: Vec<&'static str>,
    /// How many placements that are not ended keep an earlier version.
    placements_on_earlier_versions: u64,
}

impl From<Programme> for ProgrammeDto {
    fn from(programme: Programme) -> Self {
        let window = programme.window();
        Self {
            id: programme.id().uuid(),
            name: programme.name().to_owned(),
            code: programme.code().to_owned(),
            credit_units: programme.credit_units().as_units(),
            required_hours: programme.requirement().minutes.as_hours(),
            required_days: programme.requirement().days,
            window: WindowDto {
                start: Date(window.start()),
                end: Date(window.end()),
            },
            policy: PolicyDto::from(programme.policy()),
            policy_version: programme.policy_version().number(),
            version: programme.version().number(),
            policy_change: None,
        }
    }
}

impl From<Updated> for ProgrammeDto {
    fn from(updated: Updated) -> Self {
        let Updated {
            programme,
            policy_keys,
            placements_on_earlier_policies,
        } = updated;
        let change = PolicyChange {
            keys: policy_keys,
            placements_on_earlier_versions: placements_on_earlier_policies,
        };
        Self {
            policy_change: (!change.keys.is_empty()).then_some(change),
            ..Self::from(programme)
        }
    }
}
