//! What a reviewer should know about a position. Nothing here blocks an entry.

use chrono::TimeDelta;

use crate::{
    Instant,
    logbook::{
        location::Fix,
        nearby::{LOGS_TO_EITHER_SIDE, NearbyFixes, OtherFix},
    },
    placement::geofence::Position,
};

/// The fastest believable travel between two fixes, in km/h.
const MAX_SPEED_KMH: f64 = 250.0;
/// A fix may be this much older than the capture of its entry.
const MAX_AGE: TimeDelta = TimeDelta::minutes(15);
/// A fix may be this much newer than the capture of its entry: clocks differ.
const MAX_LEAD: TimeDelta = TimeDelta::minutes(2);
/// So many consecutive logs with the same coordinates are noted.
const REPEATED_LOGS: usize = LOGS_TO_EITHER_SIDE + 1;
/// Coordinates are compared to six decimals: some 11 cm.
const SIX_DECIMALS: f64 = 1e6;

/// Something noted about a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
pub enum Anomaly {
    /// Faster than a person travels between two consecutive fixes.
    ImpossibleTravel {
        /// The speed, in whole km/h.
        speed_kmh: u32,
    },
    /// The fix is much older than the entry.
    StaleFix {
        /// How much older, in seconds.
        seconds: u32,
    },
    /// The fix is newer than the entry.
    FutureFix {
        /// How much newer, in seconds.
        seconds: u32,
    },
    /// Latitude and longitude are exactly 0.
    NullIsland,
    /// The same coordinates on five consecutive logs.
    RepeatedCoordinates,
}

impl Anomaly {
    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ImpossibleTravel { .. } => "impossible_travel",
            Self::StaleFix { .. } => "stale_fix",
            Self::FutureFix { .. } => "future_fix",
            Self::NullIsland => "null_island",
            Self::RepeatedCoordinates => "repeated_coordinates",
        }
    }

    /// The number that belongs to it: km/h for a travel, seconds for a fix too old or too new.
    pub const fn value(self) -> Option<u32> {
        match self {
            Self::ImpossibleTravel { speed_kmh } => Some(speed_kmh),
            Self::StaleFix { seconds } | Self::FutureFix { seconds } => Some(seconds),
            Self::NullIsland | Self::RepeatedCoordinates => None,
        }
    }

    /// The note of this name, as it was stored with its number.
    pub fn from_parts(name: &str, value: Option<u32>) -> Option<Self> {
        match (name, value) {
            ("impossible_travel", Some(speed_kmh)) => Some(Self::ImpossibleTravel { speed_kmh }),
            ("stale_fix", Some(seconds)) => Some(Self::StaleFix { seconds }),
            ("future_fix", Some(seconds)) => Some(Self::FutureFix { seconds }),
            ("null_island", None) => Some(Self::NullIsland),
            ("repeated_coordinates", None) => Some(Self::RepeatedCoordinates),
            _ => None,
        }
    }
}

/// What to note about `fix`, sent with an entry that was captured at `capture`, where `nearby` are the fixes next to it.
pub fn note(fix: &Fix, capture: Instant, nearby: &NearbyFixes) -> Vec<Anomaly> {
    let at = fix.captured_at().unwrap_or(capture);
    let here = OtherFix {
        position: fix.position(),
        at,
    };
    let fastest = nearby
        .earlier
        .iter()
        .chain(&nearby.later)
        .map(|other| speed_kmh(&here, other))
        .fold(0.0, f64::max);

    let mut found = Vec::new();
    if fastest > MAX_SPEED_KMH {
        found.push(Anomaly::ImpossibleTravel {
            speed_kmh: whole(fastest),
        });
    }
    if capture - at > MAX_AGE {
        found.push(Anomaly::StaleFix {
            seconds: seconds(capture - at),
        });
    }
    if at - capture > MAX_LEAD {
        found.push(Anomaly::FutureFix {
            seconds: seconds(at - capture),
        });
    }
    if is_null_island(here.position) {
        found.push(Anomaly::NullIsland);
    }
    let same = |position: &&Position| same_place(**position, here.position);
    let run = |logs: &[Position]| logs.iter().take_while(same).count();
    if 1 + run(&nearby.days_before) + run(&nearby.days_after) >= REPEATED_LOGS {
        found.push(Anomaly::RepeatedCoordinates);
    }
    found
}

/// The speed needed between two fixes; infinite for two places at one time, 0 for one place.
fn speed_kmh(one: &OtherFix, other: &OtherFix) -> f64 {
    let metres = one.position.distance_m(&other.position);
    if metres <= 0.0 {
        return 0.0;
    }
    metres / 1_000.0 / ((one.at - other.at).abs().as_seconds_f64() / 3_600.0)
}

/// Whether both coordinates are exactly 0, as a device without a position tells them.
fn is_null_island(position: Position) -> bool {
    position.lat() == 0.0 && position.lng() == 0.0
}

/// Whether two positions are the same to six decimals.
fn same_place(one: Position, other: Position) -> bool {
    let same = |a: f64, b: f64| ((a * SIX_DECIMALS).round() - (b * SIX_DECIMALS).round()) == 0.0;
    same(one.lat(), other.lat()) && same(one.lng(), other.lng())
}

/// A span in whole seconds.
fn seconds(span: TimeDelta) -> u32 {
    u32::try_from(span.num_seconds()).unwrap_or(u32::MAX)
}

/// A speed in whole km/h; the largest number for one without end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and a cast of what is too large saturates"
)]
fn whole(speed: f64) -> u32 {
    speed.round() as u32
}

#[cfg(test)]
mod tests;
