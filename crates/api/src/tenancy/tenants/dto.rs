//! An institution with its calendar, as it goes over the wire.

use std::collections::BTreeMap;

use ipt_application::tenancy::tenants::statistics::Statistics;
use ipt_domain::{
    logbook::state::StateName, placement::state::PlacementStateName, tenancy::institution::Institution,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    tenancy::dto::TenantDto,
    wire::{Date, Named, Timestamp, WeekdayName},
};

/// An institution with its calendar.
#[derive(Serialize, ToSchema)]
#[schema(as = TenantWithCalendar)]
pub(super) struct TenantInFull {
    #[serde(flatten)]
    tenant: TenantDto,
    /// The weekly days off.
    weekend_days: Vec<WeekdayName>,
    /// The holidays, in order.
    holidays: Vec<Date>,
}

impl From<&Institution> for TenantInFull {
    fn from(institution: &Institution) -> Self {
        let calendar = institution.calendar();
        Self {
            tenant: institution.into(),
            weekend_days: calendar.weekend().days().map(Named).collect(),
            holidays: calendar.holidays().iter().copied().map(Date).collect(),
        }
    }
}

/// The people of an institution, by their number.
#[derive(Serialize, ToSchema)]
struct PeopleCounted {
    active: u64,
    disabled: u64,
    /// The active ones by role; a role that nobody holds is left out.
    by_role: BTreeMap<String, u64>,
}

/// What there is in each state, by its number.
#[derive(Serialize, ToSchema)]
struct CountedByState {
    total: u64,
    /// Every state with its number.
    by_state: BTreeMap<&'static str, u64>,
}

/// The files of an institution.
#[derive(Serialize, ToSchema)]
struct FilesCounted {
    total: u64,
    bytes: u64,
}

/// An institution in numbers.
#[derive(Serialize, ToSchema)]
pub(super) struct TenantStatistics {
    users: PeopleCounted,
    organisations: u64,
    programmes: u64,
    placements: CountedByState,
    /// Drafts among them.
    logs: CountedByState,
    attachments: FilesCounted,
    /// When anything was last done there; null for never.
    last_activity_at: Option<Timestamp>,
    generated_at: Timestamp,
}

impl From<Statistics> for TenantStatistics {
    fn from(statistics: Statistics) -> Self {
        let figures = statistics.figures;
        let placements =
            PlacementStateName::ALL.map(|state| (state.as_str(), of(&figures.placements, state)));
        let logs = StateName::ALL.map(|state| (state.as_str(), of(&figures.logs, state)));
        Self {
            users: PeopleCounted {
                active: figures.active_people,
                disabled: figures.disabled_people,
                by_role: figures.by_role,
            },
            organisations: figures.organisations,
            programmes: figures.programmes,
            placements: counted(placements),
            logs: counted(logs),
            attachments: FilesCounted {
                total: figures.attachments,
                bytes: figures.attachment_bytes,
            },
            last_activity_at: figures.last_activity_at.map(Timestamp),
            generated_at: Timestamp(statistics.generated_at),
        }
    }
}

fn of<T: Copy + PartialEq>(counted: &[(T, u64)], state: T) -> u64 {
    counted
        .iter()
        .find(|(name, _)| *name == state)
        .map_or(0, |(_, number)| *number)
}

fn counted(by_state: impl IntoIterator<Item = (&'static str, u64)>) -> CountedByState {
    let by_state: BTreeMap<_, _> = by_state.into_iter().collect();
    CountedByState {
        total: by_state.values().sum(),
        by_state,
    }
}
