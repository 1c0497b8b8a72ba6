//! What is decided about a submission.

use super::super::{fixtures::*, world::World};
use crate::{
    identity::role::Role,
    logbook::{
        action::Action,
        refusal::{Refusal, Separation},
        review::{By, Way},
        state::StateName,
        transition::ReturnTo,
        violation::LogViolation,
    },
    placement::{
        delegation::Part,
        placement::{Placement, PlacementParts},
        state::PlacementState,
    },
    version::Version,
};

fn approved() -> World {
    let mut world = World::submitted();
    world.take(INDUSTRIAL, &approve()).unwrap();
    world
}

fn disputed() -> World {
    let mut world = World::submitted();
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.take(STUDENT, &dispute()).unwrap();
    world
}

/// P with these supervisors.
fn under(industrial: Person, university: Person) -> Placement {
    let active = PlacementState::Active { since: day("07-06") };
    Placement::from_parts(PlacementParts {
        industrial_supervisor: Some(industrial.id()),
        university_supervisor: Some(university.id()),
        ..placement_parts(active)
    })
    .unwrap()
}

#[test]
fn row_12_a_validated_entry_is_not_voided_and_nothing_is_open() {
    let mut world = approved();
    world.take(UNIVERSITY, &validate()).unwrap();
    let refused = world.take(COORDINATOR, &void()).unwrap_err();
    let expected = Refusal::InvalidTransition {
        state: StateName::Validated,
        action: Action::Void,
        allowed: Vec::new(),
    };
    assert_eq!(refused, expected);
}

#[test]
fn row_18_assumed_hours_are_marked_and_fewer_confirmed_ones_count() {
    let mut world = World::new();
    world.submit_new("07-06", &hours_left_out()).unwrap();
    let report = &world.entry().submission().unwrap().report;
    assert_eq!(
        (report.hours.unwrap().minutes().get(), report.hours_assumed),
        (480, true)
    );
    world
        .take(INDUSTRIAL, &confirm(6.0, Some("Left at two.")))
        .unwrap();
    world.take(UNIVERSITY, &validate()).unwrap();
    assert_eq!(world.day_of_credit().unwrap().minutes.get(), 360);
}

#[test]
fn row_19_more_hours_than_claimed_are_refused_with_the_claim() {
    for hours in [8.25, 25.0] {
        let refused = World::submitted()
            .take(INDUSTRIAL, &confirm(hours, Some("Stayed on.")))
            .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "8 hours were claimed; confirm these or fewer",
            "{hours}"
        );
        assert_eq!(codes_of(&refused), ["hours_out_of_range"]);
    }
}

#[test]
fn row_20_of_two_actions_at_once_one_wins_and_the_other_is_told_the_new_state() {
    let mut world = approved();
    let refused = world.take(INDUSTRIAL, &reject()).unwrap_err();
    let allowed = vec![Action::Retract];
    let state = StateName::IndustryVerified;
    assert_eq!(
        refused,
        Refusal::InvalidTransition {
            state,
            action: Action::Reject,
            allowed
        }
    );

    let mut world = World::submitted();
    world.take(STUDENT, &recall()).unwrap();
    let refused = world.take(INDUSTRIAL, &approve()).unwrap_err();
    let (state, allowed) = (StateName::Draft, Vec::new());
    assert_eq!(
        refused,
        Refusal::InvalidTransition {
            state,
            action: Action::Approve,
            allowed
        }
    );
}

#[test]
fn row_21_a_supervisor_who_was_replaced_a_minute_ago_does_not_approve() {
    let mut world = World::submitted();
    world.setting.placement = supervised_by(SUCCESSOR);
    let refused = world.at("07-07 10:01").take(INDUSTRIAL, &approve());
    assert_eq!(codes(&refused), ["not_your_placement"]);
    assert!(world.take(SUCCESSOR, &approve()).is_ok());
}

#[test]
fn row_22_a_delegate_acts_on_the_last_day_and_not_at_midnight_and_both_are_named() {
    let mut world = World::submitted();
    world.setting.delegations = vec![delegation(
        Part::Industrial,
        INDUSTRIAL_DELEGATE,
        "07-10",
        "07-14",
    )];
    let refused = world
        .clone()
        .at("07-15 00:00")
        .take(INDUSTRIAL_DELEGATE, &approve());
    assert_eq!(codes(&refused), ["not_your_placement"]);
    let too_early = world
        .clone()
        .at("07-09 23:59:59")
        .take(INDUSTRIAL_DELEGATE, &approve());
    assert_eq!(codes(&too_early), ["not_your_placement"]);
    world
        .at("07-14 23:59:59")
        .take(INDUSTRIAL_DELEGATE, &approve())
        .unwrap();
    let both = By {
        user: INDUSTRIAL_DELEGATE.id(),
        on_behalf_of: Some(INDUSTRIAL.id()),
    };
    assert_eq!((world.reviews[1].by, world.events[1].by), (both, both));
}

#[test]
fn row_24_whoever_verified_an_earlier_revision_never_validates() {
    // X has verified revision 1 for industry, and supervises for the university by now.
    const X: Person = Person::with_roles(20, &[Role::IndustrialSupervisor, Role::UniversitySupervisor]);
    let mut world = World::new();
    world.setting.placement = under(X, UNIVERSITY);
    world.submit_new("07-06", &worked()).unwrap();
    world.take(X, &approve()).unwrap();
    world.take(UNIVERSITY, &flag()).unwrap();
    world.take(COORDINATOR, &return_to(ReturnTo::Student)).unwrap();
    world.hand_in(&worked()).unwrap();
    world.setting.placement = under(INDUSTRIAL, X);
    world.take(INDUSTRIAL, &approve()).unwrap();
    let refused = world.take(X, &validate()).unwrap_err();
    assert_eq!(refused, Refusal::SeparationOfDuties(Separation::VerifiedBefore));
    assert_eq!(refused.code(), "separation_of_duties");
}

#[test]
fn row_25_whoever_verified_on_evidence_does_not_validate() {
    let mut world = World::submitted();
    world
        .take(UNIVERSITY_WHO_COORDINATES, &verify_on_evidence())
        .unwrap();
    let refused = world.take(UNIVERSITY_WHO_COORDINATES, &validate());
    assert_eq!(codes(&refused), ["separation_of_duties"]);
}

#[test]
fn row_26_three_spaces_are_no_comments() {
    let refused = World::submitted().take(INDUSTRIAL, &saying(reject(), Some("   ")));
    assert_eq!(codes(&refused), ["comments_required"]);
}

#[test]
fn row_27_a_disputed_rejection_does_not_go_to_the_academic_side() {
    let refused = disputed()
        .take(COORDINATOR, &return_to(ReturnTo::Academic))
        .unwrap_err();
    let allowed = vec![Action::ReturnToIndustry, Action::ReturnToStudent, Action::Void];
    let (state, action) = (StateName::Flagged, Action::ReturnToAcademic);
    assert_eq!(
        refused,
        Refusal::InvalidTransition {
            state,
            action,
            allowed
        }
    );
    let ways_out = [
        (return_to(ReturnTo::Industry), StateName::Submitted),
        (return_to(ReturnTo::Student), StateName::RevisionRequested),
        (void(), StateName::Voided),
    ];
    for (step, state) in ways_out {
        let mut world = disputed();
        world.take(COORDINATOR, &step).unwrap();
        assert_eq!(world.state(), state);
    }
}

#[test]
fn row_28_an_approval_that_was_retracted_is_not_validated() {
    let mut world = approved();
    world.take(INDUSTRIAL, &retract()).unwrap();
    assert_eq!(world.state(), StateName::Submitted);
    assert_eq!(
        codes(&world.take(UNIVERSITY, &validate())),
        ["invalid_transition"]
    );
}

#[test]
fn row_29_a_rejection_is_not_retracted_once_the_student_has_revised() {
    let mut world = World::submitted();
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.hand_in(&worked()).unwrap();
    assert_eq!(codes(&world.take(INDUSTRIAL, &retract())), ["invalid_transition"]);
}

#[test]
fn row_30_of_many_entries_each_stands_by_itself() {
    let mut draft = World::new();
    draft.draft("07-09", &worked()).unwrap();
    let mut week = [World::submitted(), World::submitted(), World::submitted(), draft];
    let outcomes: Vec<_> = week
        .iter_mut()
        .map(|world| codes(&world.take_by_way(INDUSTRIAL, &approve(), Way::Many)))
        .collect();
    assert_eq!(outcomes, [vec![], vec![], vec![], vec!["not_found"]]);
    assert!(week[..3].iter().all(|world| world.reviews[1].way == Way::Many));
    let twice = week[0].take_by_way(INDUSTRIAL, &approve(), Way::Many);
    assert_eq!(
        codes(&twice),
        ["invalid_transition"],
        "named twice, it cannot be approved twice"
    );
}

#[test]
fn row_31_industry_reviews_for_fourteen_days_after_a_termination() {
    let mut world = World::submitted();
    world.setting.placement = terminated("08-14");
    let refused = world.clone().at("08-29 00:00").take(INDUSTRIAL, &approve());
    assert_eq!(codes(&refused), ["not_your_placement"]);
    assert!(
        world
            .clone()
            .at("08-29 09:00")
            .take(COORDINATOR, &verify_on_evidence())
            .is_ok()
    );
    assert!(world.at("08-28 23:59:59").take(INDUSTRIAL, &approve()).is_ok());
}

#[test]
fn row_32_academic_review_never_expires() {
    let mut world = World::submitted();
    world.setting.placement = terminated("08-14");
    world.at("08-28 17:00").take(INDUSTRIAL, &approve()).unwrap();
    world.at("09-10 09:00").take(UNIVERSITY, &validate()).unwrap();
    assert_eq!(world.state(), StateName::Validated);
}

#[test]
fn row_38_industry_is_due_three_working_days_later_past_a_weekend_and_a_holiday() {
    let mut world = World::new();
    world.setting.workplace = workplace(&site(Some(&["07-13"])), crate::placement::mode::Mode::OnSite);
    world.at("07-10 17:00").submit_new("07-10", &worked()).unwrap();
    let due = world.entry().state().due().unwrap();
    assert_eq!(due.on, day("07-16"));
    assert!(!due.is_past(local("07-16 23:59:59")));
    assert!(due.is_past(local("07-17 00:00")));
}

#[test]
fn row_44_the_wrong_person_is_told_before_the_stale_version_and_the_illegal_action() {
    let mut world = approved();
    world.seen = Some(Version::FIRST);
    assert_eq!(codes(&world.take(STRANGER, &approve())), ["not_your_placement"]);
    assert_eq!(codes(&world.take(COORDINATOR, &approve())), ["forbidden"]);
    assert_eq!(codes(&world.take(INDUSTRIAL, &approve())), ["stale_version"]);
    world.seen = Some(Version::new(2));
    assert_eq!(codes(&world.take(INDUSTRIAL, &approve())), ["invalid_transition"]);
}

#[test]
fn row_44_holds_for_a_retraction_by_somebody_who_did_not_decide() {
    let mut world = approved();
    world.setting.placement = supervised_by(SUCCESSOR);
    world.seen = Some(Version::FIRST);
    let refused = world.take(SUCCESSOR, &saying(retract(), None));
    assert_eq!(codes(&refused), ["not_your_placement"]);
}

#[test]
fn row_19_hours_that_are_none_are_refused_for_what_they_are() {
    let refused = World::submitted()
        .take(INDUSTRIAL, &confirm(0.0, Some("Was not there.")))
        .unwrap_err();
    let Refusal::Rules(found) = refused else {
        panic!("a broken rule")
    };
    assert!(
        matches!(found.as_slice(), [LogViolation::ConfirmedHours(_)]),
        "{found:?}"
    );
}
