//! What each transition leaves: one review record and one event, which tell the same.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::{
    id::{EventId, ReviewId},
    logbook::{
        action::Action,
        event::{LogEvent, event_name, replay},
        hours::WorkedHours,
        input::ReportInput,
        review::{By, ReviewRecord, Way},
        skill::Skills,
        state::StateName,
        transition::{ReturnTo, Step, StepKind},
    },
    version::Version,
};

#[test]
fn a_submission_leaves_a_record_and_an_event_that_tell_the_same() {
    let world = World::submitted();
    let (by, at) = (By::oneself(STUDENT.id()), local("07-06 17:00"));
    let review = ReviewRecord {
        id: ReviewId::new(uuid::Uuid::from_u128(1_000)),
        entry_id: entry_id(),
        action: Action::Submit,
        from: None,
        to: StateName::Submitted,
        by,
        way: Way::Single,
        at,
        revision: 1,
        comments: None,
        skills: Skills::NONE,
        hours_confirmed: None,
    };
    let event = LogEvent {
        id: EventId::new(uuid::Uuid::from_u128(2_000)),
        tenant_id: tenant(),
        entry_id: entry_id(),
        placement_id: placement_id(),
        student_id: STUDENT.id(),
        action: Action::Submit,
        from: None,
        to: Some(StateName::Submitted),
        revision: 1,
        by,
        at,
    };
    assert_eq!((world.reviews, world.events), (vec![review], vec![event]));
}

#[test]
fn a_reviewers_words_skills_and_hours_are_kept_with_the_record() {
    let kind = StepKind::Approve {
        skills: vec!["Fitting".to_owned(), "Measuring".to_owned()],
        hours_confirmed: Some(6.5),
    };
    let mut world = World::submitted();
    world
        .take(
            INDUSTRIAL,
            &Step {
                kind,
                comments: Some("Left at half past two.".to_owned()),
            },
        )
        .unwrap();
    let review = world.reviews.last().unwrap();
    assert_eq!(
        (review.from, review.to),
        (Some(StateName::Submitted), StateName::IndustryVerified)
    );
    assert_eq!(review.comments, Some(remark("Left at half past two.")));
    assert_eq!(review.skills.as_slice(), ["Fitting", "Measuring"]);
    assert_eq!(review.hours_confirmed.map(WorkedHours::as_hours), Some(6.5));
}

#[test]
fn a_rejections_skills_are_kept_too() {
    let kind = StepKind::Reject {
        skills: vec!["Fitting".to_owned()],
    };
    let mut world = World::submitted();
    world
        .take(
            INDUSTRIAL,
            &Step {
                kind,
                comments: Some("Which pump?".to_owned()),
            },
        )
        .unwrap();
    assert_eq!(world.reviews.last().unwrap().skills.as_slice(), ["Fitting"]);
}

#[test]
fn each_transition_leaves_exactly_one_record_and_one_event_and_a_higher_version() {
    for shape in [
        Shape::DraftOnceSubmitted,
        Shape::RevisionRecalled,
        Shape::VerifiedAndReturned,
        Shape::Disputed,
        Shape::Validated,
        Shape::Voided,
    ] {
        let world = entry_in(shape);
        let transitions = u32::try_from(world.reviews.len()).unwrap();
        assert_eq!(world.events.len(), world.reviews.len(), "{shape:?}");
        assert_eq!(world.entry().version(), Version::new(transitions), "{shape:?}");
        for (review, event) in world.reviews.iter().zip(&world.events) {
            let told = (
                event.action,
                event.from,
                event.to,
                event.revision,
                event.by,
                event.at,
            );
            let kept = (
                review.action,
                review.from,
                Some(review.to),
                review.revision,
                review.by,
                review.at,
            );
            assert_eq!(told, kept, "{shape:?}");
        }
    }
}

#[test]
fn a_revision_is_recorded_under_its_new_number() {
    let mut world = entry_in(Shape::RevisionRequested);
    world.hand_in(&worked()).unwrap();
    let review = world.reviews.last().unwrap();
    let told = (review.action, review.from, review.to, review.revision);
    let expected = (
        Action::Revise,
        Some(StateName::RevisionRequested),
        StateName::Submitted,
        2,
    );
    assert_eq!(told, expected);
}

#[test]
fn handing_in_a_draft_is_recorded_as_leaving_it() {
    let mut world = entry_in(Shape::DraftNeverSubmitted);
    world.hand_in(&ReportInput::default()).unwrap();
    let actions: Vec<_> = world
        .reviews
        .iter()
        .map(|review| (review.action, review.from, review.to))
        .collect();
    let expected = [
        (Action::Draft, None, StateName::Draft),
        (Action::Submit, Some(StateName::Draft), StateName::Submitted),
    ];
    assert_eq!(actions, expected);
}

#[test]
fn a_dropped_draft_leaves_an_event_without_a_state_after_it() {
    let mut world = entry_in(Shape::DraftNeverSubmitted);
    world.at("07-06 18:00").delete_by(STUDENT).unwrap();
    let event = world.events.last().unwrap();
    let told = (event.action, event.from, event.to, event.revision, event.at);
    assert_eq!(
        told,
        (
            Action::Delete,
            Some(StateName::Draft),
            None,
            1,
            local("07-06 18:00")
        )
    );
    assert_eq!((event.entry_id, event.tenant_id), (entry_id(), tenant()));
    assert_eq!(replay(&world.events), Ok(None));
}

#[test]
fn an_edit_is_no_transition() {
    let mut world = entry_in(Shape::DraftNeverSubmitted);
    let (reviews, events) = (world.reviews.len(), world.events.len());
    world.at("07-06 18:00").edit(&worked()).unwrap();
    assert_eq!((world.reviews.len(), world.events.len()), (reviews, events));
    assert_eq!(
        (world.entry().version(), world.entry().updated_at()),
        (Version::new(2), local("07-06 18:00"))
    );
    assert_eq!(world.entry().created_at(), local("07-06 17:00"));
}

#[test]
fn events_have_names_that_stay() {
    let names: Vec<_> = Action::ALL.into_iter().map(event_name).collect();
    let expected = [
        "logbook.drafted",
        "logbook.submitted",
        "logbook.deleted",
        "logbook.recalled",
        "logbook.revised",
        "logbook.disputed",
        "logbook.approved",
        "logbook.rejected",
        "logbook.retracted",
        "logbook.verified_on_evidence",
        "logbook.validated",
        "logbook.flagged",
        "logbook.returned_to_academic",
        "logbook.returned_to_industry",
        "logbook.returned_to_student",
        "logbook.voided",
    ];
    assert_eq!(names, expected);
    assert_eq!(World::submitted().events[0].name(), "logbook.submitted");
}

#[test]
fn events_lead_to_the_state_and_the_revision() {
    let world = entry_in(Shape::RevisionRecalled);
    assert_eq!(replay(&world.events), Ok(Some((StateName::RevisionRequested, 2))));
    assert_eq!(replay(&[]), Ok(None));
}

#[test]
fn events_that_do_not_follow_from_one_another_are_found() {
    let mut world = entry_in(Shape::RevisionRequested);
    world.hand_in(&worked()).unwrap();
    let events = &world.events;
    assert_eq!(replay([&events[0], &events[2]]), Err(&events[2]), "a gap");
    assert_eq!(replay([&events[1]]), Err(&events[1]), "no beginning");
    assert_eq!(replay([&events[0], &events[0]]), Err(&events[0]), "twice made");
    let skipping = LogEvent {
        revision: 3,
        ..events[2].clone()
    };
    assert_eq!(
        replay([&events[0], &events[1], &skipping]),
        Err(&skipping),
        "a revision is missing"
    );
    let back = LogEvent {
        revision: 0,
        ..events[1].clone()
    };
    assert_eq!(replay([&events[0], &back]), Err(&back), "a revision goes back");
}

#[test]
fn how_often_an_entry_was_flagged_is_counted_and_a_dispute_is_no_flag() {
    let mut world = entry_in(Shape::Verified);
    for flags in 1..=3 {
        world.take(UNIVERSITY, &flag()).unwrap();
        assert_eq!(world.entry().flag_count(), flags);
        world.take(COORDINATOR, &return_to(ReturnTo::Academic)).unwrap();
    }
    assert_eq!(world.entry().flag_count(), 3);
    assert_eq!(entry_in(Shape::Disputed).entry().flag_count(), 0);
}
