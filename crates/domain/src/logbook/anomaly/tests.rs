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

fn past(kilometres: f64, seconds: i64) -> PastFix {
    PastFix {
        position: place(kilometres),
        at: at(seconds),
    }
}

/// What is noted about a fix at the start of the scale and at `seconds`, in an entry captured then.
fn note_at(seconds: i64, previous: &[PastFix]) -> Vec<Anomaly> {
    let fix = Fix::new(place(0.0), None, Some(at(seconds))).unwrap();
    note(&fix, at(seconds), previous)
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
        assert_eq!(note(&fix, at(0), &[]), expected, "{offset} s");
    }
}

#[test]
fn half_a_second_beyond_the_limit_is_beyond_it() {
    let fix = Fix::new(place(0.0), None, Some(at(0))).unwrap();
    let capture = at(900) + TimeDelta::milliseconds(500);
    assert_eq!(note(&fix, capture, &[]), [Anomaly::StaleFix { seconds: 900 }]);
}

#[test]
fn a_fix_without_a_time_is_taken_to_be_of_the_capture() {
    let fix = Fix::new(place(0.0), None, None).unwrap();
    assert_eq!(note(&fix, at(0), &[]), []);
    assert_eq!(
        note(&fix, at(0), &[past(300.0, -3_600)]),
        [Anomaly::ImpossibleTravel { speed_kmh: 300 }]
    );
}

#[test]
fn travel_is_noted_above_250_kilometres_an_hour() {
    assert_eq!(note_at(0, &[past(249.9, -3_600)]), []);
    assert_eq!(
        note_at(0, &[past(251.0, -3_600)]),
        [Anomaly::ImpossibleTravel { speed_kmh: 251 }]
    );
}

#[test]
fn two_places_at_one_time_are_impossible_and_one_place_twice_is_not() {
    assert_eq!(
        note_at(0, &[past(1.0, 0)]),
        [Anomaly::ImpossibleTravel { speed_kmh: u32::MAX }]
    );
    assert_eq!(note_at(0, &[past(0.0, 0)]), []);
}

#[test]
fn only_the_fix_next_in_time_is_compared_with() {
    assert_eq!(note_at(0, &[past(1.0, -3_600), past(5_000.0, -7_200)]), []);
}

#[test]
fn an_entry_that_arrives_late_is_compared_with_the_fix_after_it_too() {
    assert_eq!(
        note_at(0, &[past(1_000.0, 3_600)]),
        [Anomaly::ImpossibleTravel { speed_kmh: 1_000 }]
    );
    assert_eq!(
        note_at(
            0,
            &[past(1_000.0, 7 * 3_600), past(100.0, 3_600), past(100.0, -3_600)]
        ),
        []
    );
}

#[test]
fn of_the_fixes_after_it_the_next_one_is_compared_with_and_not_the_newest() {
    assert_eq!(
        note_at(0, &[past(0.0, 7_200), past(1_000.0, 3_600)]),
        [Anomaly::ImpossibleTravel { speed_kmh: 1_000 }]
    );
}

#[test]
fn coordinates_of_exactly_nought_are_noted() {
    let noted = |lat, lng| {
        note(
            &Fix::new(Position::new(lat, lng).unwrap(), None, None).unwrap(),
            at(0),
            &[],
        )
    };
    assert_eq!(noted(0.0, 0.0), [Anomaly::NullIsland]);
    assert_eq!(noted(-0.0, 0.0), [Anomaly::NullIsland]);
    assert_eq!(noted(0.000_001, 0.0), []);
    assert_eq!(noted(0.0, 39.0), []);
}

#[test]
fn the_fifth_log_in_a_row_with_the_same_coordinates_is_noted() {
    let days = |count: i64| {
        (1..=count)
            .map(|day| past(0.0, -day * 86_400))
            .collect::<Vec<_>>()
    };
    assert_eq!(note_at(0, &days(3)), []);
    assert_eq!(note_at(0, &days(4)), [Anomaly::RepeatedCoordinates]);
    assert_eq!(note_at(0, &days(9)), [Anomaly::RepeatedCoordinates]);
}

#[test]
fn another_place_in_between_breaks_the_row() {
    let previous = [
        past(0.0, -86_400),
        past(0.0, -172_800),
        past(0.01, -259_200),
        past(0.0, -345_600),
        past(0.0, -432_000),
    ];
    assert_eq!(note_at(0, &previous), []);
}

#[test]
fn coordinates_are_the_same_when_six_decimals_are() {
    let same = |offset: f64| {
        let position = Position::new(0.0, 39.0 + offset).unwrap();
        let previous: Vec<_> = (1..=4)
            .map(|day| PastFix {
                position,
                at: at(-day * 86_400),
            })
            .collect();
        note_at(0, &previous).contains(&Anomaly::RepeatedCoordinates)
    };
    assert!(same(0.000_000_4));
    assert!(!same(0.000_001));
}

#[test]
fn everything_that_is_found_is_noted() {
    let fix = Fix::new(Position::new(0.0, 0.0).unwrap(), None, Some(at(-1_000))).unwrap();
    let noted = note(&fix, at(0), &[past(0.0, -4_600)]);
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
