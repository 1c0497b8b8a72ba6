use chrono::DateTime;

use super::*;

/// The equator's length of one degree of longitude on WGS 84, in metres.
const DEGREE_M: f64 = 111_319.490_793;

fn at(seconds: i64) -> Instant {
    DateTime::from_timestamp(1_783_400_000 + seconds, 0).unwrap()
}

/// A place on the equator, so many kilometres east of 39° E.
fn place(kilometres: f64) -> Position {
    Position::new(0.0, 39.0 + kilometres * 1_000.0 / DEGREE_M).unwrap()
}

fn fix_at(kilometres: f64, seconds: i64) -> OtherFix {
    OtherFix {
        position: place(kilometres),
        at: at(seconds),
    }
}

fn alone() -> NearbyFixes {
    NearbyFixes::default()
}

fn after(earlier: OtherFix) -> NearbyFixes {
    NearbyFixes {
        earlier: Some(earlier),
        ..alone()
    }
}

/// What is noted about a fix at the start of both scales, in an entry captured then.
fn note_here(nearby: &NearbyFixes) -> Vec<Anomaly> {
    let fix = Fix::new(place(0.0), None, Some(at(0))).unwrap();
    note(&fix, at(0), nearby)
}

#[test]
fn a_fix_may_be_a_quarter_of_an_hour_older_than_the_capture_and_two_minutes_newer() {
    let cases = [
        (-15 * 60, vec![]),
        (-(15 * 60 + 1), vec![Anomaly::StaleFix { seconds: 901 }]),
        (0, vec![]),
        (120, vec![]),
        (121, vec![Anomaly::FutureFix { seconds: 121 }]),
    ];
    for (offset, expected) in cases {
        let fix = Fix::new(place(0.0), None, Some(at(offset))).unwrap();
        assert_eq!(note(&fix, at(0), &alone()), expected, "{offset} s");
    }
}

#[test]
fn half_a_second_beyond_the_limit_is_beyond_it() {
    let fix = Fix::new(place(0.0), None, Some(at(0))).unwrap();
    let capture = at(900) + TimeDelta::milliseconds(500);
    assert_eq!(
        note(&fix, capture, &alone()),
        [Anomaly::StaleFix { seconds: 900 }]
    );
}

#[test]
fn a_fix_without_a_time_is_taken_to_be_of_the_capture() {
    let fix = Fix::new(place(0.0), None, None).unwrap();
    assert_eq!(note(&fix, at(0), &alone()), []);
    assert_eq!(
        note(&fix, at(0), &after(fix_at(300.0, -3_600))),
        [Anomaly::ImpossibleTravel { speed_kmh: 300 }]
    );
}

#[test]
fn travel_is_noted_above_250_kilometres_an_hour() {
    assert_eq!(note_here(&after(fix_at(249.9, -3_600))), []);
    assert_eq!(
        note_here(&after(fix_at(251.0, -3_600))),
        [Anomaly::ImpossibleTravel { speed_kmh: 251 }]
    );
}

#[test]
fn two_places_at_one_time_are_impossible_and_one_place_twice_is_not() {
    assert_eq!(
        note_here(&after(fix_at(1.0, 0))),
        [Anomaly::ImpossibleTravel { speed_kmh: u32::MAX }]
    );
    assert_eq!(note_here(&after(fix_at(0.0, 0))), []);
}

#[test]
fn an_entry_that_arrives_late_is_compared_with_the_fix_after_it_too() {
    let between = |later| NearbyFixes {
        later: Some(later),
        ..after(fix_at(100.0, -3_600))
    };
    assert_eq!(
        note_here(&between(fix_at(1_000.0, 3_600))),
        [Anomaly::ImpossibleTravel { speed_kmh: 1_000 }]
    );
    assert_eq!(note_here(&between(fix_at(100.0, 3_600))), []);
}

#[test]
fn coordinates_of_exactly_nought_are_noted() {
    let noted = |lat, lng| {
        note(
            &Fix::new(Position::new(lat, lng).unwrap(), None, None).unwrap(),
            at(0),
            &alone(),
        )
    };
    assert_eq!(noted(0.0, 0.0), [Anomaly::NullIsland]);
    assert_eq!(noted(-0.0, 0.0), [Anomaly::NullIsland]);
    assert_eq!(noted(0.000_001, 0.0), []);
    assert_eq!(noted(0.0, 39.0), []);
}

/// What is noted about a fix among the logs of the days before and after it, each so many kilometres away.
fn note_among(before: &[f64], following: &[f64]) -> Vec<Anomaly> {
    let places = |kilometres: &[f64]| kilometres.iter().map(|it| place(*it)).collect();
    note_here(&NearbyFixes {
        days_before: places(before),
        days_after: places(following),
        ..alone()
    })
}

#[test]
fn the_fifth_log_in_a_row_with_the_same_coordinates_is_noted() {
    assert_eq!(note_among(&[0.0; 3], &[]), []);
    assert_eq!(note_among(&[0.0; 4], &[]), [Anomaly::RepeatedCoordinates]);
}

#[test]
fn the_log_that_closes_a_gap_in_a_row_is_noted() {
    assert_eq!(note_among(&[0.0; 2], &[0.0; 2]), [Anomaly::RepeatedCoordinates]);
    assert_eq!(note_among(&[], &[0.0; 4]), [Anomaly::RepeatedCoordinates]);
    assert_eq!(note_among(&[0.0; 2], &[0.0, 1.0, 0.0]), []);
}

#[test]
fn another_place_in_between_breaks_the_row() {
    assert_eq!(note_among(&[0.0, 0.0, 1.0, 0.0], &[]), []);
}

#[test]
fn coordinates_are_the_same_when_six_decimals_are() {
    let same = |offset: f64| {
        let days_before = vec![Position::new(0.0, 39.0 + offset).unwrap(); 4];
        let nearby = NearbyFixes {
            days_before,
            ..alone()
        };
        note_here(&nearby).contains(&Anomaly::RepeatedCoordinates)
    };
    assert!(same(0.000_000_4));
    assert!(!same(0.000_001));
}

#[test]
fn everything_that_is_found_is_noted() {
    let fix = Fix::new(Position::new(0.0, 0.0).unwrap(), None, Some(at(-1_000))).unwrap();
    let noted = note(&fix, at(0), &after(fix_at(0.0, -4_600)));
    assert_eq!(
        noted,
        [
            Anomaly::ImpossibleTravel { speed_kmh: 4_341 },
            Anomaly::StaleFix { seconds: 1_000 },
            Anomaly::NullIsland
        ]
    );
}

#[test]
fn a_note_is_rebuilt_from_its_name_and_number() {
    let notes = [
        Anomaly::ImpossibleTravel { speed_kmh: 251 },
        Anomaly::StaleFix { seconds: 901 },
        Anomaly::FutureFix { seconds: 121 },
        Anomaly::NullIsland,
        Anomaly::RepeatedCoordinates,
    ];
    for anomaly in notes {
        assert_eq!(
            Anomaly::from_parts(anomaly.as_str(), anomaly.value()),
            Some(anomaly)
        );
    }
    assert_eq!(Anomaly::from_parts("stale_fix", None), None);
}
