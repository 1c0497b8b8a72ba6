//! What a decision keeps: the verification, the hours, the reasons.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::logbook::{
    hours::WorkedHours,
    kind::DayKind,
    review::By,
    state::{FlagCause, State, VerifiedBy},
    transition::{ReturnTo, Step, StepKind},
};

fn hours_that_count(world: &World) -> Option<f64> {
    world.entry().hours_that_count().map(WorkedHours::as_hours)
}

#[test]
fn an_approval_keeps_who_when_and_which_skills() {
    let kind = StepKind::Approve {
        skills: vec!["Fitting".to_owned()],
        hours_confirmed: None,
    };
    let mut world = World::submitted();
    world
        .at("07-08 10:00")
        .take(INDUSTRIAL, &Step { kind, comments: None })
        .unwrap();
    let verification = world.entry().state().verification().unwrap();
    assert_eq!(
        (verification.kind, verification.by),
        (VerifiedBy::Industry, By::oneself(INDUSTRIAL.id()))
    );
    assert_eq!(
        (verification.at, verification.hours_confirmed),
        (local("07-08 10:00"), None)
    );
    assert_eq!(verification.skills.as_slice(), ["Fitting"]);
    assert!(!world.entry().verified_on_evidence());
    assert_eq!(hours_that_count(&world), Some(8.0));
}

#[test]
fn what_was_verified_on_evidence_is_labelled_so_until_the_end() {
    let mut world = entry_in(Shape::VerifiedOnEvidence);
    assert!(world.entry().verified_on_evidence());
    assert!(world.entry().verifiers().contains(&COORDINATOR.id()));
    world.take(UNIVERSITY, &flag()).unwrap();
    assert!(world.entry().verified_on_evidence());
    world
        .take(SECOND_COORDINATOR, &return_to(ReturnTo::Academic))
        .unwrap();
    world.take(UNIVERSITY, &validate()).unwrap();
    assert!(world.entry().verified_on_evidence());
}

#[test]
fn a_new_revision_is_no_longer_verified_on_evidence() {
    let mut world = entry_in(Shape::VerifiedOnEvidence);
    world.take(UNIVERSITY, &flag()).unwrap();
    world.take(COORDINATOR, &return_to(ReturnTo::Student)).unwrap();
    world.hand_in(&worked()).unwrap();
    world.take(INDUSTRIAL, &approve()).unwrap();
    assert!(!world.entry().verified_on_evidence());
    assert_eq!(world.entry().verifiers(), [COORDINATOR.id(), INDUSTRIAL.id()]);
}

#[test]
fn fewer_hours_are_confirmed_with_a_comment_only() {
    let refused = World::submitted().take(INDUSTRIAL, &confirm(6.0, None));
    assert_eq!(codes(&refused), ["comments_required"]);
    let mut world = World::submitted();
    world
        .take(INDUSTRIAL, &confirm(6.0, Some("Left at two.")))
        .unwrap();
    assert_eq!(hours_that_count(&world), Some(6.0));
}

#[test]
fn confirming_all_that_was_claimed_needs_no_comment_and_changes_nothing() {
    let mut world = World::submitted();
    world.take(INDUSTRIAL, &confirm(8.0, None)).unwrap();
    assert_eq!(
        world.entry().state().verification().unwrap().hours_confirmed,
        None
    );
    assert_eq!(hours_that_count(&world), Some(8.0));
}

#[test]
fn an_absence_has_no_hours_to_confirm() {
    let mut world = World::new();
    world.submit_new("07-06", &absent(DayKind::Sick)).unwrap();
    for hours in [4.0, 0.0, 25.0] {
        let refused = world
            .take(INDUSTRIAL, &confirm(hours, Some("Came for the morning.")))
            .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "this day carries no hours, so none can be confirmed"
        );
    }
    world.take(INDUSTRIAL, &approve()).unwrap();
    assert_eq!(hours_that_count(&world), None);
}

#[test]
fn a_retraction_takes_the_confirmed_hours_back_and_both_reviews_stay_on_record() {
    let mut world = World::submitted();
    world
        .take(INDUSTRIAL, &confirm(6.0, Some("Left at two.")))
        .unwrap();
    world.take(INDUSTRIAL, &retract()).unwrap();
    assert_eq!(hours_that_count(&world), Some(8.0));
    assert_eq!(world.entry().state().verification(), None);
    let said: Vec<_> = world
        .reviews
        .iter()
        .filter_map(|review| review.comments.clone())
        .collect();
    assert_eq!(said, [remark("Left at two."), remark("I took the wrong one.")]);
    assert_eq!(
        world.entry().verifiers(),
        [INDUSTRIAL.id()],
        "who verified once never validates"
    );
}

#[test]
fn whoever_verifies_twice_is_named_once() {
    let mut world = entry_in(Shape::Verified);
    world.take(INDUSTRIAL, &retract()).unwrap();
    world.take(INDUSTRIAL, &approve()).unwrap();
    assert_eq!(world.entry().verifiers(), [INDUSTRIAL.id()]);
}

#[test]
fn a_flag_keeps_its_reason_its_author_and_the_verification() {
    let mut world = World::submitted();
    world
        .take(INDUSTRIAL, &confirm(6.0, Some("Left at two.")))
        .unwrap();
    world.at("07-09 09:00").take(UNIVERSITY, &flag()).unwrap();
    let State::Flagged {
        by,
        at,
        reason,
        cause,
    } = world.entry().state().clone()
    else {
        panic!("flagged")
    };
    assert_eq!((by, at), (By::oneself(UNIVERSITY.id()), local("07-09 09:00")));
    assert_eq!(reason, remark("This is the text of last week."));
    assert!(matches!(cause, FlagCause::Academic(verification) if verification.by.user == INDUSTRIAL.id()));
    assert_eq!(hours_that_count(&world), Some(6.0));
}

#[test]
fn a_dispute_keeps_the_students_reason() {
    let world = entry_in(Shape::Disputed);
    let State::Flagged {
        by, reason, cause, ..
    } = world.entry().state().clone()
    else {
        panic!("flagged")
    };
    assert_eq!(
        (by, reason),
        (By::oneself(STUDENT.id()), remark("I was there the whole day."))
    );
    assert_eq!(cause, FlagCause::Dispute);
}

#[test]
fn final_states_keep_who_and_when() {
    let mut world = entry_in(Shape::Verified);
    world.at("07-09 09:00").take(UNIVERSITY, &validate()).unwrap();
    let State::Validated { verification, by, at } = world.entry().state().clone() else {
        panic!("validated")
    };
    assert_eq!((by, at), (By::oneself(UNIVERSITY.id()), local("07-09 09:00")));
    assert_eq!(verification.by, By::oneself(INDUSTRIAL.id()));
    let mut world = World::submitted();
    world.at("07-09 09:00").take(COORDINATOR, &void()).unwrap();
    let expected = State::Voided {
        by: By::oneself(COORDINATOR.id()),
        at: local("07-09 09:00"),
    };
    assert_eq!(*world.entry().state(), expected);
}

#[test]
fn a_recall_gives_a_first_revision_back_as_a_draft_and_a_later_one_as_a_request() {
    let draft = entry_in(Shape::DraftOnceSubmitted);
    assert_eq!(*draft.entry().state(), State::Draft { once_submitted: true });
    let later = entry_in(Shape::RevisionRecalled);
    assert_eq!(
        *later.entry().state(),
        State::RevisionRequested { retractable_by: None }
    );
}

#[test]
fn industry_cannot_take_a_rejection_back_once_the_student_has_begun_to_revise() {
    let mut world = entry_in(Shape::RevisionBegun);
    assert_eq!(codes(&world.take(INDUSTRIAL, &retract())), ["invalid_transition"]);
}
