//! The checks come in one order: it exists, the person may, the version is the one seen, the state allows it, the guards.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::{
    identity::permission::Permission,
    logbook::{
        action::Action,
        refusal::{Refusal, Separation},
        transition::ReturnTo,
    },
    placement::delegation::Part,
    version::Version,
};

/// A rejection of an approved entry, at a stale version or the current one, without the comments that it needs.
fn reject_at(version: u32, person: Person) -> Vec<&'static str> {
    let mut world = entry_in(Shape::Verified);
    world.seen = Some(Version::new(version));
    codes(&world.take(person, &saying(reject(), None)))
}

#[test]
fn each_check_is_told_only_when_those_before_it_pass() {
    assert_eq!(reject_at(1, FOREIGNER), ["not_found"]);
    assert_eq!(reject_at(1, COORDINATOR), ["forbidden"]);
    assert_eq!(reject_at(1, STRANGER), ["not_your_placement"]);
    assert_eq!(reject_at(1, INDUSTRIAL), ["stale_version"]);
    assert_eq!(reject_at(2, INDUSTRIAL), ["invalid_transition"]);
    let mut submitted = World::submitted();
    assert_eq!(
        codes(&submitted.take(INDUSTRIAL, &saying(reject(), None))),
        ["comments_required"]
    );
}

#[test]
fn separation_of_duties_is_told_before_a_stale_version() {
    let mut world = entry_in(Shape::FlaggedByUniversity);
    world.seen = Some(Version::FIRST);
    let refused = world.take(UNIVERSITY_WHO_COORDINATES, &return_to(ReturnTo::Student));
    assert_eq!(codes(&refused), ["separation_of_duties"]);
}

#[test]
fn a_stale_version_is_told_with_the_one_seen_and_the_current_one() {
    let mut world = entry_in(Shape::Verified);
    world.seen = Some(Version::FIRST);
    let refused = world.take(UNIVERSITY, &validate()).unwrap_err();
    assert_eq!(
        refused,
        Refusal::Stale {
            seen: Version::FIRST,
            current: Version::new(2)
        }
    );
    world.seen = Some(Version::new(2));
    assert!(world.take(UNIVERSITY, &validate()).is_ok());
}

#[test]
fn a_students_steps_are_checked_in_the_same_order() {
    for handed_in in [true, false] {
        let write = |world: &mut World, person| {
            if handed_in {
                world.hand_in_by(person, &text("short"))
            } else {
                world.edit_by(person, &text("a\u{0}"))
            }
        };
        let mut world = World::submitted();
        world.seen = Some(Version::new(7));
        assert_eq!(codes(&write(&mut world, FOREIGNER)), ["not_found"]);
        assert_eq!(codes(&write(&mut world, INDUSTRIAL)), ["forbidden"]);
        assert_eq!(codes(&write(&mut world, STRANGER)), ["not_your_placement"]);
        assert_eq!(codes(&write(&mut world, STUDENT)), ["stale_version"]);
        world.seen = None;
        assert_eq!(codes(&write(&mut world, STUDENT)), ["invalid_transition"]);
        world.take(STUDENT, &recall()).unwrap();
        let broken = if handed_in {
            "content_too_short"
        } else {
            "content_characters"
        };
        assert_eq!(codes(&write(&mut world, STUDENT)), [broken]);
    }
}

#[test]
fn a_stale_draft_is_not_dropped() {
    let mut world = entry_in(Shape::DraftNeverSubmitted);
    world.edit(&text("Fitted")).unwrap();
    world.seen = Some(Version::FIRST);
    assert_eq!(codes(&world.delete_by(STUDENT)), ["stale_version"]);
    world.seen = Some(Version::new(2));
    assert!(world.delete_by(STUDENT).is_ok());
}

#[test]
fn an_entry_is_made_by_the_student_of_the_placement_only() {
    let table = [
        (
            INDUSTRIAL,
            Refusal::Forbidden {
                permission: Permission::LogbookWrite,
            },
        ),
        (
            STRANGER,
            Refusal::NotYourPlacement {
                action: Action::Submit,
            },
        ),
    ];
    for (person, expected) in table {
        let mut world = World::new();
        assert_eq!(
            world.submit_new_by(person, day("07-05"), &worked()),
            Err(expected)
        );
    }
    let refused = World::new().draft_by(STRANGER, "07-05", &worked());
    assert_eq!(
        refused,
        Err(Refusal::NotYourPlacement {
            action: Action::Draft
        })
    );
}

#[test]
fn nobody_reviews_an_entry_about_oneself_not_as_a_delegate_either() {
    const STUDENT_OF_ALL_ROLES: Person = Person::with_roles(
        1,
        &[
            crate::identity::role::Role::Student,
            crate::identity::role::Role::IndustrialSupervisor,
            crate::identity::role::Role::UniversitySupervisor,
        ],
    );
    let mut world = World::submitted();
    world.setting.delegations = vec![
        delegation(Part::Industrial, STUDENT, "07-01", "07-31"),
        delegation(Part::Academic, STUDENT, "07-01", "07-31"),
    ];
    let own = Err(Refusal::SeparationOfDuties(Separation::AboutOneself));
    assert_eq!(world.take(STUDENT_OF_ALL_ROLES, &approve()), own);
    world.take(INDUSTRIAL, &approve()).unwrap();
    assert_eq!(world.take(STUDENT_OF_ALL_ROLES, &validate()), own);
    assert_eq!(world.take(STUDENT_WHO_COORDINATES, &void()), own);
}

#[test]
fn whoever_was_acted_for_counts_as_having_verified() {
    let mut world = entry_in(Shape::Submitted);
    world.take(INDUSTRIAL_DELEGATE, &approve()).unwrap();
    assert_eq!(
        world.entry().verifiers(),
        [INDUSTRIAL_DELEGATE.id(), INDUSTRIAL.id()]
    );
}

#[test]
fn a_delegate_does_not_validate_for_somebody_who_verified() {
    let mut world = entry_in(Shape::VerifiedOnEvidenceByUniversity);
    let verified_before = Err(Refusal::SeparationOfDuties(Separation::VerifiedBefore));
    assert_eq!(world.take(ACADEMIC_DELEGATE, &validate()), verified_before);
}

#[test]
fn a_flag_is_not_resolved_by_the_person_for_whom_it_was_raised() {
    let mut world = entry_in(Shape::Verified);
    world.take(ACADEMIC_DELEGATE, &flag()).unwrap();
    let flagged_by_self = Err(Refusal::SeparationOfDuties(Separation::FlaggedBySelf));
    assert_eq!(world.take(UNIVERSITY_WHO_COORDINATES, &void()), flagged_by_self);
    assert!(world.take(COORDINATOR, &void()).is_ok());
}

#[test]
fn a_decision_is_taken_back_by_those_who_took_it() {
    // The delegate decided for the supervisor: each of the two takes it back.
    for person in [INDUSTRIAL_DELEGATE, INDUSTRIAL] {
        let mut world = entry_in(Shape::Submitted);
        world.take(INDUSTRIAL_DELEGATE, &reject()).unwrap();
        assert!(world.take(person, &retract()).is_ok());
    }
    let mut world = entry_in(Shape::RevisionRequested);
    world.setting.placement = supervised_by(SUCCESSOR);
    assert!(!world.allowed(SUCCESSOR).contains(&Action::Retract));
    let refused = world.take(SUCCESSOR, &retract());
    assert_eq!(
        refused,
        Err(Refusal::NotYourPlacement {
            action: Action::Retract
        })
    );
}
