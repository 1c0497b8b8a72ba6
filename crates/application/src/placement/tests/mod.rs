//! Tests of the use cases about placements.

mod beginning;
mod directory;
mod organisations;
mod programmes;
mod progress;
mod proposing;
mod reopening;
mod stepping;
mod updating;

use ipt_domain::error::Violation;

use super::{
    PlacementError,
    placements::{
        create,
        step::{self, Step},
    },
};
use crate::tests::Place;

/// The codes of the rules that were broken.
fn codes(error: &PlacementError) -> Vec<&'static str> {
    let PlacementError::Rules(rules) = error else {
        panic!("{error}")
    };
    rules.iter().map(Violation::code).collect()
}

/// Where a supervisor has too many students, and the sentence for it.
fn conflicts(error: &PlacementError) -> Vec<(&'static str, String)> {
    assert_eq!(error.code(), "supervisor_over_cap");
    let PlacementError::Rules(rules) = error else {
        panic!("{error}")
    };
    assert!(rules.is_conflict());
    rules
        .iter()
        .map(|rule| (rule.pointer(), rule.to_string()))
        .collect()
}
