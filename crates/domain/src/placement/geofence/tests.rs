use geo::{Destination as _, Geodesic, Point};
use proptest::prelude::*;

use super::*;

fn at(lat: f64, lng: f64) -> Position {
    Position::new(lat, lng).unwrap()
}

/// The point so many metres from `start`, in a direction given in degrees from north.
fn walk(start: Position, bearing: f64, metres: f64) -> Position {
    let point = Geodesic.destination(Point::new(start.lng(), start.lat()), bearing, metres);
    at(point.y(), point.x())
}

fn square(south: f64, west: f64, north: f64, east: f64) -> Vec<Position> {
    vec![at(south, west), at(south, east), at(north, east), at(north, west)]
}

/// Whether the point lies in the area, or on its edge.
fn holds(geofence: &Geofence, point: Position) -> bool {
    near(geofence.distance_outside_m(&point), 0.0, f64::EPSILON)
}

fn near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance
}

#[test]
fn the_edge_of_a_circle_belongs_to_it() {
    // Row 39: the distances that the verdicts of a log rest upon.
    let centre = at(-6.7788, 39.2050);
    let circle = Geofence::circle(centre, 200).unwrap();
    for bearing in [0.0, 45.0, 133.7, 270.0] {
        let outside = |metres| circle.distance_outside_m(&walk(centre, bearing, metres));
        assert_eq!((outside(0.0), outside(199.0), outside(200.0)), (0.0, 0.0, 0.0));
        assert!(near(outside(230.0), 30.0, 0.001), "{}", outside(230.0));
        assert!(near(outside(200.5), 0.5, 0.001));
    }
}

#[test]
fn two_points_beside_the_date_line_are_neighbours() {
    // Row 41.
    let (east, west) = (at(0.0, 179.999), at(0.0, -179.999));
    assert!(
        near(east.distance_m(&west), 222.64, 0.01),
        "{}",
        east.distance_m(&west)
    );
    let circle = Geofence::circle(east, 200).unwrap();
    assert!(near(circle.distance_outside_m(&west), 22.64, 0.01));
}

#[test]
fn all_longitudes_of_a_pole_are_one_point() {
    assert!(near(at(90.0, 0.0).distance_m(&at(90.0, 137.0)), 0.0, 1e-6));
    let circle = Geofence::circle(at(-89.999, 10.0), 200).unwrap();
    let across = at(-89.999, -170.0);
    assert!(
        near(circle.distance_outside_m(&across), 23.39, 0.01),
        "{}",
        circle.distance_outside_m(&across)
    );
}

#[test]
fn a_polygon_contains_its_inside_its_edges_and_its_corners() {
    let polygon = Geofence::polygon(square(-6.79, 39.20, -6.78, 39.21)).unwrap();
    for (lat, lng) in [(-6.785, 39.205), (-6.79, 39.205), (-6.785, 39.21), (-6.79, 39.20)] {
        assert!(polygon.distance_outside_m(&at(lat, lng)) < 0.01, "{lat} {lng}");
    }
    let north = polygon.distance_outside_m(&walk(at(-6.78, 39.205), 0.0, 500.0));
    assert!(near(north, 500.0, 0.1), "{north}");
    let corner = polygon.distance_outside_m(&walk(at(-6.78, 39.21), 45.0, 300.0));
    assert!(near(corner, 300.0, 0.1), "{corner}");
}

#[test]
fn a_polygon_is_the_same_whichever_way_it_runs_and_whether_it_is_closed() {
    let ring = square(-6.79, 39.20, -6.78, 39.21);
    let closed: Vec<_> = ring.iter().copied().chain([ring[0], ring[0]]).collect();
    let backwards: Vec<_> = ring.iter().rev().copied().collect();
    let fix = at(-6.77, 39.205);
    let expected = Geofence::polygon(ring).unwrap().distance_outside_m(&fix);
    for other in [closed, backwards] {
        let polygon = Geofence::polygon(other).unwrap();
        assert!(near(polygon.distance_outside_m(&fix), expected, 1e-6));
        let Geofence::Polygon(polygon) = polygon else {
            panic!("a polygon")
        };
        assert_eq!(polygon.vertices().len(), 4);
    }
}

#[test]
fn the_notch_of_a_polygon_is_outside() {
    let u = vec![
        at(0.0, 0.0),
        at(0.0, 0.03),
        at(0.03, 0.03),
        at(0.03, 0.02),
        at(0.01, 0.02),
        at(0.01, 0.01),
        at(0.03, 0.01),
        at(0.03, 0.0),
    ];
    let polygon = Geofence::polygon(u).unwrap();
    let in_the_notch = polygon.distance_outside_m(&at(0.02, 0.015));
    assert!(near(in_the_notch, 556.6, 1.0), "{in_the_notch}");
    assert!(holds(&polygon, at(0.02, 0.005)));
}

#[test]
fn a_polygon_across_the_date_line_is_no_larger_than_it_looks() {
    let ring = vec![
        at(-17.0, 179.99),
        at(-17.0, -179.99),
        at(-16.98, -179.99),
        at(-16.98, 179.99),
    ];
    let polygon = Geofence::polygon(ring).unwrap();
    for lng in [179.995, 180.0, -180.0, -179.995] {
        assert!(holds(&polygon, at(-16.99, lng)), "{lng}");
    }
    let west = polygon.distance_outside_m(&walk(at(-16.99, 179.99), 270.0, 400.0));
    assert!(near(west, 400.0, 0.1), "{west}");
    assert!(
        polygon.distance_outside_m(&at(-16.99, 0.0)) > 16_000_000.0,
        "the other side of the earth"
    );
}

#[test]
fn a_polygon_around_a_pole_contains_it() {
    for pole in [90.0_f64, -90.0] {
        let lat = pole - pole.signum();
        let ring = vec![at(lat, 0.0), at(lat, 90.0), at(lat, 180.0), at(lat, -90.0)];
        let polygon = Geofence::polygon(ring).unwrap();
        assert!(holds(&polygon, at(pole, 33.0)));
        assert!(holds(&polygon, at(pole - pole.signum() * 0.5, -45.0)));
        let beyond = polygon.distance_outside_m(&at(pole - pole.signum() * 1.5, 0.0));
        assert!(near(beyond, 55_847.0, 20.0), "{beyond}");
    }
}

#[test]
fn the_antipodes_of_a_polygon_are_not_in_it() {
    let polygon = Geofence::polygon(square(-0.01, -0.01, 0.01, 0.01)).unwrap();
    let found = polygon.distance_outside_m(&at(0.0, 180.0));
    assert!(found > 19_990_000.0, "{found}");
}

#[test]
fn a_ring_that_encloses_nothing_or_crosses_itself_is_refused() {
    let bow_tie = vec![at(0.0, 0.0), at(0.01, 0.01), at(0.01, 0.0), at(0.0, 0.01)];
    let spike = vec![
        at(0.0, 0.0),
        at(0.0, 0.02),
        at(0.01, 0.02),
        at(0.0, 0.02),
        at(-0.01, 0.0),
    ];
    let eight = vec![
        at(0.0, 0.0),
        at(0.01, 0.01),
        at(0.02, 0.0),
        at(0.02, 0.02),
        at(0.01, 0.01),
        at(0.0, 0.02),
    ];
    let touching = vec![
        at(0.0, 0.0),
        at(0.0, 0.02),
        at(0.01, 0.02),
        at(0.0, 0.01),
        at(0.01, 0.0),
    ];
    for (ring, shape) in [
        (bow_tie, "bow tie"),
        (spike, "spike"),
        (eight, "eight"),
        (touching, "touching"),
    ] {
        assert_eq!(
            Geofence::polygon(ring),
            Err(GeofenceError::CrossesItself),
            "{shape}"
        );
    }
    let line = vec![at(0.0, 0.0), at(0.0, 0.01), at(0.0, 0.02)];
    assert!(Geofence::polygon(line).is_err());
    let sliver = vec![at(0.0, 0.0), at(0.0, 0.001), at(0.000_000_01, 0.000_5)];
    assert_eq!(Geofence::polygon(sliver), Err(GeofenceError::NoArea));
}

#[test]
fn a_polygon_has_three_to_five_hundred_corners() {
    let ring = |corners: u32| -> Vec<Position> {
        (0..corners)
            .map(|n| walk(at(10.0, 20.0), 360.0 * f64::from(n) / f64::from(corners), 1_000.0))
            .collect()
    };
    assert_eq!(Geofence::polygon(ring(2)), Err(GeofenceError::Vertices(2)));
    assert!(Geofence::polygon(ring(3)).is_ok());
    assert!(Geofence::polygon(ring(500)).is_ok());
    assert_eq!(Geofence::polygon(ring(501)), Err(GeofenceError::Vertices(501)));
    assert_eq!(
        Geofence::polygon(vec![at(1.0, 1.0); 4]),
        Err(GeofenceError::Vertices(1))
    );
    assert_eq!(Geofence::polygon(Vec::new()), Err(GeofenceError::Vertices(0)));
}

#[test]
fn a_polygon_of_half_the_earth_is_refused() {
    let wide = vec![at(0.0, 0.0), at(0.0, 120.0), at(0.0, -120.0)];
    assert_eq!(Geofence::polygon(wide), Err(GeofenceError::TooWide));
    assert_eq!(
        Geofence::polygon(square(-40.0, -40.0, 40.0, 40.0)),
        Err(GeofenceError::TooWide)
    );
}

#[test]
fn a_radius_is_within_its_bounds() {
    let table = [(24, false), (25, true), (20_000, true), (20_001, false)];
    for (radius, accepted) in table {
        assert_eq!(
            Geofence::circle(at(0.0, 0.0), radius).is_ok(),
            accepted,
            "{radius}"
        );
    }
}

#[test]
fn coordinates_that_name_no_point_are_refused() {
    let table = [
        (90.0, 180.0, None),
        (-90.0, -180.0, None),
        (90.000_001, 0.0, Some("/lat")),
        (f64::NAN, 0.0, Some("/lat")),
        (0.0, 180.000_001, Some("/lng")),
        (0.0, f64::INFINITY, Some("/lng")),
    ];
    for (lat, lng, expected) in table {
        let found = Position::new(lat, lng).err().map(|error| error.pointer());
        assert_eq!(found, expected, "{lat} {lng}");
    }
}

proptest! {
    #[test]
    fn a_polygon_is_as_far_away_as_a_circle_of_its_size(
        lat in -89.9..89.9_f64,
        lng in -180.0..=180.0_f64,
        bearing in 0.0..360.0_f64,
        metres in 0.0..50_000.0_f64,
    ) {
        let centre = at(lat, lng);
        let ring: Vec<_> = (0..360).map(|degree| walk(centre, f64::from(degree), 1_000.0)).collect();
        let polygon = Geofence::polygon(ring).unwrap();
        let circle = Geofence::circle(centre, 1_000).unwrap();
        let fix = walk(centre, bearing, metres);
        let (a, b) = (polygon.distance_outside_m(&fix), circle.distance_outside_m(&fix));
        // The middle of an edge of the 360-gon lies 4 cm nearer to the centre than its corners.
        prop_assert!((a - b).abs() < 0.05, "{} against {}", a, b);
    }

    #[test]
    fn distance_is_symmetric_and_nothing_to_oneself(
        a in (-90.0..=90.0_f64, -180.0..=180.0_f64),
        b in (-90.0..=90.0_f64, -180.0..=180.0_f64),
    ) {
        let (a, b) = (at(a.0, a.1), at(b.0, b.1));
        prop_assert!(near(a.distance_m(&b), b.distance_m(&a), 1e-6));
        prop_assert!(a.distance_m(&a) < 1e-6);
        prop_assert!(a.distance_m(&b) <= 20_004_000.0);
    }
}
