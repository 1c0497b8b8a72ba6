//! Who sees an entry, and which of its texts.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::{
    actor::Actor,
    id::TenantId,
    identity::{permission::PermissionSet, role::Role},
    logbook::{
        authority::allowed_actions,
        content::{DraftContent, LogContent},
        input::ReportInput,
        report::DraftReport,
        visibility::{ShownReport, View, view},
    },
};

const EVERY_SHAPE: [Shape; 15] = [
    Shape::DraftNeverSubmitted,
    Shape::DraftOnceSubmitted,
    Shape::Submitted,
    Shape::RevisionRequested,
    Shape::RevisionBegun,
    Shape::RevisionAskedByCoordinator,
    Shape::RevisionRecalled,
    Shape::Verified,
    Shape::VerifiedAndReturned,
    Shape::VerifiedOnEvidence,
    Shape::VerifiedOnEvidenceByUniversity,
    Shape::FlaggedByUniversity,
    Shape::Disputed,
    Shape::Validated,
    Shape::Voided,
];

fn seen_by(world: &World, person: Person) -> Result<View, &'static str> {
    let seen = view(world.entry(), &person.actor(), &world.setting.circumstances());
    seen.map_err(|refusal| refusal.code())
}

#[test]
fn the_people_of_the_placement_and_coordinators_see_what_was_ever_submitted_in_every_state() {
    for shape in EVERY_SHAPE {
        let world = entry_in(shape);
        assert_eq!(seen_by(&world, STUDENT), Ok(View::Author), "{shape:?}");
        assert_eq!(
            seen_by(&world, STUDENT_WHO_COORDINATES),
            Ok(View::Author),
            "{shape:?}"
        );
        let never_submitted = shape == Shape::DraftNeverSubmitted;
        let reviewer = if never_submitted {
            Err("not_found")
        } else {
            Ok(View::Reviewer)
        };
        for person in [
            INDUSTRIAL,
            UNIVERSITY,
            COORDINATOR,
            INDUSTRIAL_DELEGATE,
            ACADEMIC_DELEGATE,
        ] {
            assert_eq!(seen_by(&world, person), reviewer, "{person:?} on {shape:?}");
        }
        let others = if never_submitted { "not_found" } else { "forbidden" };
        for person in [STRANGER, SUCCESSOR] {
            assert_eq!(seen_by(&world, person), Err(others), "{person:?} on {shape:?}");
        }
        assert_eq!(seen_by(&world, FOREIGNER), Err("not_found"), "{shape:?}");
    }
}

#[test]
fn a_supervisor_who_reviews_no_more_after_a_termination_still_sees() {
    let mut world = World::submitted();
    world.setting.placement = terminated("08-14");
    world.at("10-01 09:00");
    assert_eq!(seen_by(&world, INDUSTRIAL), Ok(View::Reviewer));
    assert_eq!(world.allowed(INDUSTRIAL), []);
}

#[test]
fn whoever_has_left_the_institution_sees_nothing_even_if_the_placement_still_names_the_person() {
    let world = entry_in(Shape::Verified);
    for person in [STUDENT, INDUSTRIAL, UNIVERSITY] {
        let left = Actor::new(person.id(), None, Vec::new(), PermissionSet::EMPTY);
        let seen = view(world.entry(), &left, &world.setting.circumstances());
        assert_eq!(seen.unwrap_err().code(), "not_found", "{person:?}");
        assert_eq!(
            allowed_actions(world.entry(), &left, &world.setting.circumstances()),
            []
        );
    }
}

#[test]
fn a_supervisor_who_was_replaced_sees_no_more() {
    let mut world = World::submitted();
    world.setting.placement = supervised_by(SUCCESSOR);
    assert_eq!(seen_by(&world, INDUSTRIAL), Err("forbidden"));
    assert_eq!(seen_by(&world, SUCCESSOR), Ok(View::Reviewer));
}

/// Somebody with rights in these institutions, who acts in the first of them now.
fn of_institutions(person: Person, institutions: &[TenantId], role: Role) -> Actor {
    let grants = institutions
        .iter()
        .map(|tenant| (*tenant, role.permissions()))
        .collect();
    Actor::new(
        person.id(),
        institutions.first().copied(),
        grants,
        PermissionSet::EMPTY,
    )
}

#[test]
fn a_supervisor_of_several_institutions_reviews_in_each_wherever_acting_now() {
    let elsewhere = TenantId::new(uuid::Uuid::from_u128(901));
    let world = World::submitted();
    let circumstances = world.setting.circumstances();
    let both = of_institutions(INDUSTRIAL, &[elsewhere, tenant()], Role::IndustrialSupervisor);
    assert_eq!(view(world.entry(), &both, &circumstances), Ok(View::Reviewer));
    assert!(!allowed_actions(world.entry(), &both, &circumstances).is_empty());
    let of_both = of_institutions(STRANGER, &[elsewhere, tenant()], Role::IndustrialSupervisor);
    assert_eq!(
        view(world.entry(), &of_both, &circumstances).unwrap_err().code(),
        "forbidden"
    );
    let of_one = of_institutions(STRANGER, &[elsewhere], Role::IndustrialSupervisor);
    assert_eq!(
        view(world.entry(), &of_one, &circumstances).unwrap_err().code(),
        "not_found"
    );
}

/// The text that somebody sees.
fn shown(world: &World, view: View) -> Option<&str> {
    match world.entry().shown_report(view)? {
        ShownReport::InProgress(DraftReport { content, .. }) => Some(DraftContent::as_str(content)),
        ShownReport::Submitted(submission) => submission.report.content.as_ref().map(LogContent::as_str),
    }
}

const FIRST: &str = "Fitted the bearings and measured the play.";
const EDITED: &str = "Fitted the bearings of the second pump.";

#[test]
fn reviewers_see_the_text_last_submitted_and_not_an_edit_in_progress() {
    let mut world = entry_in(Shape::RevisionRequested);
    assert_eq!(
        (shown(&world, View::Author), shown(&world, View::Reviewer)),
        (Some(FIRST), Some(FIRST))
    );
    world.edit(&text(EDITED)).unwrap();
    assert_eq!(
        (shown(&world, View::Author), shown(&world, View::Reviewer)),
        (Some(EDITED), Some(FIRST))
    );
    world.hand_in(&ReportInput::default()).unwrap();
    assert_eq!(
        (shown(&world, View::Author), shown(&world, View::Reviewer)),
        (Some(EDITED), Some(EDITED))
    );
}

#[test]
fn a_draft_has_no_text_for_reviewers() {
    let world = entry_in(Shape::DraftNeverSubmitted);
    assert_eq!(
        (shown(&world, View::Author), shown(&world, View::Reviewer)),
        (Some(FIRST), None)
    );
}

#[test]
fn an_edit_that_was_given_up_for_a_dispute_is_not_shown_as_the_log() {
    use crate::logbook::transition::ReturnTo;
    let mut world = entry_in(Shape::RevisionBegun);
    assert_eq!(shown(&world, View::Author), Some(EDITED));
    world.take(STUDENT, &dispute()).unwrap();
    assert_eq!(shown(&world, View::Author), Some(FIRST));
    let mut validated = world.clone();
    validated
        .take(COORDINATOR, &return_to(ReturnTo::Industry))
        .unwrap();
    validated.take(INDUSTRIAL, &approve()).unwrap();
    validated.take(UNIVERSITY, &validate()).unwrap();
    assert_eq!(shown(&validated, View::Author), Some(FIRST));
    // It is there again when the text is the student's to change.
    world.take(COORDINATOR, &return_to(ReturnTo::Student)).unwrap();
    assert_eq!(shown(&world, View::Author), Some(EDITED));
}
