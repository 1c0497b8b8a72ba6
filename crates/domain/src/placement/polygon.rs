//! A geofence with corners.

use geo::{
    Area as _, Coord, Distance as _, Euclidean, Intersects as _, Line, LineString, Point, Polygon as Plane,
};

use crate::placement::{
    geofence::{EDGE_TOLERANCE_M, GeofenceError},
    position::Position,
};

/// The fewest corners.
pub const MIN_VERTICES: usize = 3;
/// The most corners.
pub const MAX_VERTICES: usize = 500;
/// How far a corner may lie from the centre, in metres. Beyond, it is no longer plain which side is the inside.
pub const MAX_REACH_M: f64 = 2_000_000.0;
/// An area below this, in square metres, is a line.
const MIN_AREA_M2: f64 = 1.0;

/// A simple ring of corners, joined by geodesics. It may cross the 180° meridian or enclose a pole: everything is
/// computed in an azimuthal equidistant plane around the point in question, which knows neither. The inside is the
/// smaller side, whichever way the ring runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    vertices: Vec<Position>,
    centre: Position,
    reach_m: f64,
}

impl Polygon {
    /// The polygon with these corners, in either direction; the first may be repeated as the last.
    ///
    /// # Errors
    /// When it has too few or too many corners, crosses or touches itself, has no area, or spans too much of the earth.
    pub fn new(ring: Vec<Position>) -> Result<Self, GeofenceError> {
        let vertices = distinct(ring);
        if !(MIN_VERTICES..=MAX_VERTICES).contains(&vertices.len()) {
            return Err(GeofenceError::Vertices(vertices.len()));
        }
        let centre = middle(&vertices).ok_or(GeofenceError::TooWide)?;
        let reach_m = vertices
            .iter()
            .map(|vertex| centre.distance_m(vertex))
            .fold(0.0, f64::max);
        if reach_m > MAX_REACH_M {
            return Err(GeofenceError::TooWide);
        }
        let flat: Vec<Coord> = vertices.iter().map(|vertex| project(&centre, vertex)).collect();
        if crosses_itself(&flat) {
            return Err(GeofenceError::CrossesItself);
        }
        if Plane::new(LineString::new(flat), Vec::new()).unsigned_area() < MIN_AREA_M2 {
            return Err(GeofenceError::NoArea);
        }
        Ok(Self {
            vertices,
            centre,
            reach_m,
        })
    }

    /// The corners, each once: the first is not repeated.
    pub fn vertices(&self) -> &[Position] {
        &self.vertices
    }

    /// The middle of its corners.
    pub const fn centre(&self) -> Position {
        self.centre
    }

    /// How far `fix` lies outside, in metres along the geodesic; 0 inside and on the edge.
    pub fn distance_outside_m(&self, fix: &Position) -> f64 {
        let from_centre = self.centre.distance_m(fix);
        let flat = LineString::new(self.vertices.iter().map(|vertex| project(fix, vertex)).collect());
        let ring = Plane::new(flat, Vec::new());
        let origin = Point::new(0.0, 0.0);
        // Seen from the far side of the earth, a small ring surrounds the observer: it must not count as containing.
        if from_centre <= self.reach_m && ring.intersects(&origin) {
            return 0.0;
        }
        let nearest_edge = ring
            .exterior()
            .lines()
            .map(|edge| Euclidean.distance(&edge, &origin))
            .fold(f64::MAX, f64::min);
        let outside = nearest_edge.max(from_centre - self.reach_m);
        if outside <= EDGE_TOLERANCE_M { 0.0 } else { outside }
    }
}

/// The corners without repetitions of the one before, and without the closing one.
fn distinct(ring: Vec<Position>) -> Vec<Position> {
    let same = |a: &Position, b: &Position| a.distance_m(b) <= EDGE_TOLERANCE_M;
    let mut vertices = ring;
    vertices.dedup_by(|a, b| same(a, b));
    while vertices.len() > 1
        && let (Some(first), Some(last)) = (vertices.first(), vertices.last())
        && same(first, last)
    {
        vertices.pop();
    }
    vertices
}

/// The direction of the mean of the corners' vectors from the earth's middle; none when they cancel out.
fn middle(vertices: &[Position]) -> Option<Position> {
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for vertex in vertices {
        let (lat_sin, lat_cos) = vertex.lat().to_radians().sin_cos();
        let (lng_sin, lng_cos) = vertex.lng().to_radians().sin_cos();
        x += lat_cos * lng_cos;
        y += lat_cos * lng_sin;
        z += lat_sin;
    }
    let across = f64::hypot(x, y);
    if f64::hypot(across, z) < 1e-6 {
        return None;
    }
    Position::new(z.atan2(across).to_degrees(), y.atan2(x).to_degrees()).ok()
}

/// Where `point` lies in the plane around `centre`, in metres: distances and bearings from there are true.
fn project(centre: &Position, point: &Position) -> Coord {
    let (east, north) = centre.bearing(point).to_radians().sin_cos();
    let distance = centre.distance_m(point);
    Coord {
        x: distance * east,
        y: distance * north,
    }
}

/// Whether two edges of the ring meet anywhere but in the corner that neighbouring ones share. An edge that runs back along
/// the one before meets the one after next.
fn crosses_itself(ring: &[Coord]) -> bool {
    let edges: Vec<Line> = ring
        .iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|(start, end)| Line::new(*start, *end))
        .collect();
    let last = edges.len().saturating_sub(1);
    edges.iter().enumerate().any(|(index, edge)| {
        let beyond_the_next = edges.iter().enumerate().skip(index + 2);
        beyond_the_next
            .filter(|(other, _)| index != 0 || *other != last)
            .any(|(_, other)| edge.intersects(other))
    })
}
