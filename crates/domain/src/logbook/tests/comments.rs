//! Comments, reasons and notes: where they are required, and what is one.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::{
    error::Violation as _,
    logbook::{
        refusal::Refusal,
        transition::{ReturnTo, Step, StepKind},
        violation::LogViolation,
    },
};

#[test]
fn comments_are_required_where_the_chain_says_so_and_free_elsewhere() {
    let table = [
        (Shape::Submitted, STUDENT, recall(), false),
        (Shape::Submitted, INDUSTRIAL, approve(), false),
        (Shape::Submitted, INDUSTRIAL, reject(), true),
        (Shape::Submitted, COORDINATOR, verify_on_evidence(), true),
        (Shape::Verified, INDUSTRIAL, retract(), true),
        (Shape::RevisionRequested, STUDENT, dispute(), true),
        (Shape::Verified, UNIVERSITY, validate(), false),
        (Shape::Verified, UNIVERSITY, flag(), true),
        (
            Shape::FlaggedByUniversity,
            COORDINATOR,
            return_to(ReturnTo::Academic),
            true,
        ),
        (
            Shape::FlaggedByUniversity,
            COORDINATOR,
            return_to(ReturnTo::Industry),
            true,
        ),
        (
            Shape::FlaggedByUniversity,
            COORDINATOR,
            return_to(ReturnTo::Student),
            true,
        ),
        (Shape::Submitted, COORDINATOR, void(), true),
    ];
    for (shape, person, step, required) in table {
        let action = step.kind.action();
        for comments in [None, Some(""), Some(" \u{200B}\n ")] {
            let answer = entry_in(shape).take(person, &saying(step.clone(), comments));
            let expected = if required {
                vec!["comments_required"]
            } else {
                vec![]
            };
            assert_eq!(codes(&answer), expected, "{action} with {comments:?}");
        }
        let mut world = entry_in(shape);
        world
            .take(person, &saying(step.clone(), Some(" Seen. ")))
            .unwrap();
        assert_eq!(
            world.reviews.last().unwrap().comments,
            Some(remark("Seen.")),
            "{action}"
        );
        let unreadable = entry_in(shape).take(person, &saying(step.clone(), Some("a\u{0}")));
        assert_eq!(codes(&unreadable), ["text_characters"], "{action}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_review_is_told_together() {
    let kind = StepKind::Approve {
        skills: vec![" ".to_owned()],
        hours_confirmed: Some(6.0),
    };
    let refusal = World::submitted()
        .take(INDUSTRIAL, &Step { kind, comments: None })
        .unwrap_err();
    let Refusal::Rules(found) = &refusal else {
        panic!("broken rules, not {refusal:?}")
    };
    assert_eq!(
        found.iter().map(LogViolation::code).collect::<Vec<_>>(),
        ["skill_name", "comments_required"]
    );
    assert_eq!(refusal.code(), "validation_failed");
}
