//! Where a log was written.

use cucumber::{given, then, when};
use ipt_domain::{
    logbook::{
        anomaly::Anomaly,
        input::{LocationInput, ReportInput},
        location::Verdict,
    },
    placement::{
        mode::Mode,
        placement::{Placement, PlacementParts},
    },
};

use super::{
    params::{Day, Moment, Names},
    people::Person,
    term::Term,
};

/// The equator's length of one degree of longitude on WGS 84, in metres.
const DEGREE_M: f64 = 111_319.490_793;

/// So many metres east of the workshop.
fn east(metres: u32) -> LocationInput {
    LocationInput {
        lat: 0.0,
        lng: 39.0 + f64::from(metres) / DEGREE_M,
        accuracy_m: None,
        captured_at: None,
    }
}

fn written(location: LocationInput) -> ReportInput {
    ReportInput {
        content: Some("Fitted the bearings and measured the play.".to_owned()),
        location: Some(Some(location)),
        ..ReportInput::default()
    }
}

#[given("the placement is remote")]
fn remote(term: &mut Term) {
    let parts = PlacementParts {
        mode: Mode::Remote,
        ..term.placement_parts()
    };
    term.placement = Some(Placement::from_parts(parts).unwrap());
}

#[when(expr = "{person} submits a log of {day} from {int} m away")]
fn from_away(term: &mut Term, person: Person, day: Day, metres: u32) {
    term.make(person, day.0, &written(east(metres)), false);
}

#[when(expr = "{person} submits a log of {day} from {int} m away, accurate to {int} m")]
fn from_away_accurate(term: &mut Term, person: Person, day: Day, metres: u32, accuracy: u32) {
    let location = LocationInput {
        accuracy_m: Some(f64::from(accuracy)),
        ..east(metres)
    };
    term.make(person, day.0, &written(location), false);
}

#[when(expr = "{person} submits a log of {day} with a position taken on {moment}")]
fn taken_at(term: &mut Term, person: Person, day: Day, taken: Moment) {
    let location = LocationInput {
        captured_at: Some(taken.0),
        ..east(0)
    };
    term.make(person, day.0, &written(location), false);
}

#[then(expr = "its position is {string}")]
fn verdict(term: &mut Term, expected: String) {
    assert_eq!(term.report().location.verdict.as_str(), expected);
}

#[then(expr = "its position is {string}, {int} m outside")]
fn verdict_with_distance(term: &mut Term, expected: String, metres: u32) {
    let verdict = term.report().location.verdict;
    assert_eq!(
        (verdict.as_str(), Verdict::distance_m(verdict)),
        (expected.as_str(), Some(metres))
    );
}

#[then("no coordinates are kept")]
fn no_coordinates(term: &mut Term) {
    assert_eq!(term.report().location.fix, None);
}

#[then(expr = "noted about it is {names}")]
fn noted(term: &mut Term, expected: Names) {
    let notes: Vec<_> = term
        .report()
        .location
        .notes
        .iter()
        .copied()
        .map(Anomaly::as_str)
        .collect();
    assert_eq!(notes, expected.0);
}

#[then("nothing is noted about it")]
fn nothing_noted(term: &mut Term) {
    assert_eq!(term.report().location.notes, []);
}
