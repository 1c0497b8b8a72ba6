//! The area of a workplace.

pub use super::{
    polygon::Polygon,
    position::{Position, PositionError},
};

/// A fix this near to the edge, in metres, lies on it: the rounding of the computation is smaller.
pub(super) const EDGE_TOLERANCE_M: f64 = 0.001;

/// The least radius of a circle, in metres.
pub const MIN_RADIUS_M: u32 = 25;
/// The greatest radius of a circle, in metres.
pub const MAX_RADIUS_M: u32 = 20_000;

/// The area in which a student of the workplace is expected.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Shape", into = "Shape")
)]
pub enum Geofence {
    /// All points at most so far from a centre.
    Circle(Circle),
    /// The inside of a ring of corners.
    Polygon(Polygon),
}

/// All points at most `radius_m` from `centre`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    centre: Position,
    radius_m: u32,
}

/// An area that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeofenceError {
    /// The radius is out of bounds.
    #[error("the radius is {0} m; it must be between {MIN_RADIUS_M} and {MAX_RADIUS_M} m")]
    Radius(u32),
    /// Too few or too many distinct corners.
    #[error(
        "the polygon has {0} distinct corners; it must have between {min} and {max}",
        min = super::polygon::MIN_VERTICES,
        max = super::polygon::MAX_VERTICES
    )]
    Vertices(usize),
    /// The ring crosses or touches itself.
    #[error("the polygon crosses or touches itself")]
    CrossesItself,
    /// The corners lie on a line.
    #[error("the polygon has no area")]
    NoArea,
    /// A corner lies too far from the centre.
    #[error("the polygon reaches more than 2,000 km from its centre")]
    TooWide,
}

impl GeofenceError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "geofence_invalid"
    }

    /// The field's place in the site.
    pub const fn pointer(&self) -> &'static str {
        match self {
            Self::Radius(_) => "/geofence/radius_m",
            Self::Vertices(_) | Self::CrossesItself | Self::NoArea | Self::TooWide => "/geofence/polygon",
        }
    }
}

impl Circle {
    /// The centre.
    pub const fn centre(&self) -> Position {
        self.centre
    }

    /// The radius in metres.
    pub const fn radius_m(&self) -> u32 {
        self.radius_m
    }
}

impl Geofence {
    /// The circle of this radius, in metres, around `centre`.
    ///
    /// # Errors
    /// When the radius is out of [`MIN_RADIUS_M`]..=[`MAX_RADIUS_M`].
    pub fn circle(centre: Position, radius_m: u32) -> Result<Self, GeofenceError> {
        if (MIN_RADIUS_M..=MAX_RADIUS_M).contains(&radius_m) {
            Ok(Self::Circle(Circle { centre, radius_m }))
        } else {
            Err(GeofenceError::Radius(radius_m))
        }
    }

    /// The polygon with these corners, in either direction; the first may be repeated as the last.
    ///
    /// # Errors
    /// See [`Polygon::new`].
    pub fn polygon(ring: Vec<Position>) -> Result<Self, GeofenceError> {
        Polygon::new(ring).map(Self::Polygon)
    }

    /// Its middle.
    pub const fn centre(&self) -> Position {
        match self {
            Self::Circle(circle) => circle.centre,
            Self::Polygon(polygon) => polygon.centre(),
        }
    }

    /// How far `fix` lies outside, in metres along the geodesic; 0 inside and on the edge.
    pub fn distance_outside_m(&self, fix: &Position) -> f64 {
        match self {
            Self::Circle(circle) => {
                let outside = circle.centre.distance_m(fix) - f64::from(circle.radius_m);
                if outside <= EDGE_TOLERANCE_M { 0.0 } else { outside }
            }
            Self::Polygon(polygon) => polygon.distance_outside_m(fix),
        }
    }
}

/// How an area is written down: unchecked.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Circle { centre: Position, radius_m: u32 },
    Polygon(Vec<Position>),
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for Geofence {
    type Error = GeofenceError;

    fn try_from(shape: Shape) -> Result<Self, GeofenceError> {
        match shape {
            Shape::Circle { centre, radius_m } => Self::circle(centre, radius_m),
            Shape::Polygon(ring) => Self::polygon(ring),
        }
    }
}

#[cfg(feature = "serde")]
impl From<Geofence> for Shape {
    fn from(geofence: Geofence) -> Self {
        match geofence {
            Geofence::Circle(Circle { centre, radius_m }) => Self::Circle { centre, radius_m },
            Geofence::Polygon(polygon) => Self::Polygon(polygon.vertices().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests;
