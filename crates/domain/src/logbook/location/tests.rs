use super::*;

/// The equator's length of one degree of longitude on WGS 84, in metres.
const DEGREE_M: f64 = 111_319.490_793;

fn position(lat: f64, lng: f64) -> Position {
    Position::new(lat, lng).unwrap()
}

fn workshop() -> Geofence {
    Geofence::circle(position(0.0, 39.0), 200).unwrap()
}

/// A fix on the equator, so many metres east of the workshop.
fn fix_at(metres: f64, accuracy_m: Option<f64>) -> Fix {
    Fix::new(position(0.0, 39.0 + metres / DEGREE_M), accuracy_m, None).unwrap()
}

#[test]
fn a_fix_is_judged_by_the_radius_and_by_its_own_accuracy() {
    let cases = [
        (0.0, None, Verdict::Inside),
        (200.0, None, Verdict::Inside),
        (230.0, Some(40.0), Verdict::Uncertain { distance_m: 30 }),
        (230.0, Some(29.0), Verdict::Outside { distance_m: 30 }),
        (230.0, None, Verdict::Outside { distance_m: 30 }),
        (230.0, Some(0.0), Verdict::Outside { distance_m: 30 }),
        (200.2, None, Verdict::Outside { distance_m: 1 }),
        (50_000.0, Some(1_000.0), Verdict::Outside { distance_m: 49_800 }),
    ];
    for (metres, accuracy, expected) in cases {
        assert_eq!(
            assess(Some(&workshop()), Some(&fix_at(metres, accuracy))),
            expected,
            "{metres} ± {accuracy:?}"
        );
    }
}

#[test]
fn without_a_fix_it_is_unreported_and_without_a_geofence_it_does_not_apply() {
    assert_eq!(assess(Some(&workshop()), None), Verdict::Unreported);
    assert_eq!(assess(None, Some(&fix_at(0.0, None))), Verdict::NotApplicable);
    assert_eq!(assess(None, None), Verdict::NotApplicable);
}

#[test]
fn a_workplace_at_the_date_line_is_near_from_both_sides() {
    let site = Geofence::circle(position(0.0, 179.999), 200).unwrap();
    let beyond = Fix::new(position(0.0, -179.999), None, None).unwrap();
    assert_eq!(
        assess(Some(&site), Some(&beyond)),
        Verdict::Outside { distance_m: 23 }
    );
}

#[test]
fn an_accuracy_is_a_number_of_metres_from_none_up() {
    for accuracy in [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            Fix::new(position(0.0, 0.0), Some(accuracy), None),
            Err(AccuracyError),
            "{accuracy}"
        );
    }
    assert!(Fix::new(position(0.0, 0.0), Some(0.0), None).is_ok());
}

#[test]
fn a_verdict_is_rebuilt_from_its_name_and_distance() {
    let verdicts = [
        Verdict::Inside,
        Verdict::Uncertain { distance_m: 30 },
        Verdict::Outside { distance_m: 31 },
        Verdict::Unreported,
        Verdict::NotApplicable,
    ];
    for verdict in verdicts {
        assert_eq!(
            Verdict::from_parts(verdict.as_str(), verdict.distance_m()),
            Some(verdict)
        );
    }
    assert_eq!(Verdict::from_parts("outside", None), None);
    assert_eq!(Verdict::from_parts("near", Some(1)), None);
}
