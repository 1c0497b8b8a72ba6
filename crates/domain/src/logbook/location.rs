//! Where a log was written: a hint for the reviewer, never a bar.

use crate::{
    Instant,
    error::Violation,
    placement::geofence::{Geofence, Position},
};

/// A reported accuracy that cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the accuracy of a position is a number of metres, 0 or more")]
pub struct AccuracyError;

impl Violation for AccuracyError {
    fn code(&self) -> &'static str {
        "location_accuracy"
    }

    fn pointer(&self) -> &'static str {
        "/location_data/accuracy_m"
    }
}

/// A position that a device reported.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Reported")
)]
pub struct Fix {
    position: Position,
    accuracy_m: Option<f64>,
    captured_at: Option<Instant>,
}

impl Fix {
    /// A fix with its accuracy in metres and the time at which the device took it, where it told them.
    ///
    /// # Errors
    /// When the accuracy is negative or not finite.
    pub fn new(
        position: Position,
        accuracy_m: Option<f64>,
        captured_at: Option<Instant>,
    ) -> Result<Self, AccuracyError> {
        match accuracy_m {
            Some(metres) if !metres.is_finite() || metres < 0.0 => Err(AccuracyError),
            _ => Ok(Self {
                position,
                accuracy_m,
                captured_at,
            }),
        }
    }

    /// Where.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// How exact, in metres.
    pub const fn accuracy_m(&self) -> Option<f64> {
        self.accuracy_m
    }

    /// When the device took it.
    pub const fn captured_at(&self) -> Option<Instant> {
        self.captured_at
    }
}

/// A fix as it is written down: unchecked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Reported {
    position: Position,
    accuracy_m: Option<f64>,
    captured_at: Option<Instant>,
}

#[cfg(feature = "serde")]
impl TryFrom<Reported> for Fix {
    type Error = AccuracyError;

    fn try_from(reported: Reported) -> Result<Self, Self::Error> {
        Self::new(reported.position, reported.accuracy_m, reported.captured_at)
    }
}

/// How a fix lies to the workplace. None of these blocks anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "verdict", rename_all = "snake_case")
)]
pub enum Verdict {
    /// Within the geofence.
    Inside,
    /// Outside, yet within the reported accuracy.
    Uncertain {
        /// How far outside, in metres.
        distance_m: u32,
    },
    /// Outside.
    Outside {
        /// How far outside, in metres.
        distance_m: u32,
    },
    /// There is a geofence, and no fix was sent.
    Unreported,
    /// There is no geofence, or the placement is remote.
    NotApplicable,
}

impl Verdict {
    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Uncertain { .. } => "uncertain",
            Self::Outside { .. } => "outside",
            Self::Unreported => "unreported",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The verdict of this name, as it was stored with its distance.
    pub fn from_parts(name: &str, distance_m: Option<u32>) -> Option<Self> {
        match (name, distance_m) {
            ("inside", _) => Some(Self::Inside),
            ("uncertain", Some(distance_m)) => Some(Self::Uncertain { distance_m }),
            ("outside", Some(distance_m)) => Some(Self::Outside { distance_m }),
            ("unreported", None) => Some(Self::Unreported),
            ("not_applicable", None) => Some(Self::NotApplicable),
            _ => None,
        }
    }

    /// How far outside the geofence the fix lies, in metres.
    pub const fn distance_m(self) -> Option<u32> {
        match self {
            Self::Uncertain { distance_m } | Self::Outside { distance_m } => Some(distance_m),
            Self::Inside | Self::Unreported | Self::NotApplicable => None,
        }
    }
}

/// Judges a fix by the workplace's geofence; for a remote placement there is none to pass.
pub fn assess(geofence: Option<&Geofence>, fix: Option<&Fix>) -> Verdict {
    let Some(geofence) = geofence else {
        return Verdict::NotApplicable;
    };
    let Some(fix) = fix else {
        return Verdict::Unreported;
    };
    let outside = geofence.distance_outside_m(&fix.position);
    if outside <= 0.0 {
        return Verdict::Inside;
    }
    let distance_m = whole_metres(outside);
    if fix.accuracy_m.is_some_and(|accuracy| outside <= accuracy) {
        Verdict::Uncertain { distance_m }
    } else {
        Verdict::Outside { distance_m }
    }
}

/// A distance in whole metres, at least 1: what lies outside is not 0 m away.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at least 1, and no distance on Earth is above 2³² m; a cast saturates"
)]
fn whole_metres(distance: f64) -> u32 {
    distance.round().max(1.0) as u32
}

#[cfg(test)]
mod tests;
