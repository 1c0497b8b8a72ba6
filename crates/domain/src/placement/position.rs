//! A point on the earth.

use geo::{Bearing as _, Distance as _, Geodesic, Point};

/// A point on the WGS84 ellipsoid, in degrees.
///
/// ```
/// use ipt_domain::placement::position::Position;
///
/// let campus = Position::new(-6.7788, 39.2050)?;
/// let workplace = Position::new(-6.8161, 39.2894)?;
/// assert!((campus.distance_m(&workplace) - 10_200.0).abs() < 100.0);
/// # Ok::<(), ipt_domain::placement::position::PositionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Degrees", into = "Degrees")
)]
pub struct Position {
    lat: f64,
    lng: f64,
}

/// Coordinates that name no point.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// The latitude is no number from −90 to 90.
    #[error("the latitude {0} is not between -90 and 90 degrees")]
    Latitude(f64),
    /// The longitude is no number from −180 to 180.
    #[error("the longitude {0} is not between -180 and 180 degrees")]
    Longitude(f64),
}

impl PositionError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "position_out_of_range"
    }

    /// The coordinate's place in the position.
    pub const fn pointer(&self) -> &'static str {
        match self {
            Self::Latitude(_) => "/lat",
            Self::Longitude(_) => "/lng",
        }
    }
}

impl Position {
    /// The point at this latitude and longitude, both in degrees; north and east are positive.
    ///
    /// # Errors
    /// When a coordinate is not finite, or out of its range.
    pub fn new(lat: f64, lng: f64) -> Result<Self, PositionError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Latitude(lat));
        }
        if !(-180.0..=180.0).contains(&lng) {
            return Err(PositionError::Longitude(lng));
        }
        Ok(Self { lat, lng })
    }

    /// The latitude in degrees, −90 to 90; north is positive.
    pub const fn lat(&self) -> f64 {
        self.lat
    }

    /// The longitude in degrees, −180 to 180; east is positive.
    pub const fn lng(&self) -> f64 {
        self.lng
    }

    /// The geodesic distance in metres, right at the poles and across the 180° meridian.
    pub fn distance_m(&self, other: &Self) -> f64 {
        Geodesic.distance(self.point(), other.point())
    }

    /// The bearing of `other` as seen from here, in degrees clockwise from north.
    pub(super) fn bearing(&self, other: &Self) -> f64 {
        Geodesic.bearing(self.point(), other.point())
    }

    fn point(&self) -> Point<f64> {
        Point::new(self.lng, self.lat)
    }
}

/// How a position is written down: unchecked.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Degrees {
    lat: f64,
    lng: f64,
}

#[cfg(feature = "serde")]
impl TryFrom<Degrees> for Position {
    type Error = PositionError;

    fn try_from(degrees: Degrees) -> Result<Self, PositionError> {
        Self::new(degrees.lat, degrees.lng)
    }
}

#[cfg(feature = "serde")]
impl From<Position> for Degrees {
    fn from(position: Position) -> Self {
        Self {
            lat: position.lat,
            lng: position.lng,
        }
    }
}
