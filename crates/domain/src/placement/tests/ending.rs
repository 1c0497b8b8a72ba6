use super::world::*;
use crate::{
    logbook::hours::Minutes,
    placement::{
        ending::{Achievement, Requirement},
        refusal::PlacementRefusal,
        state::{PlacementState, PlacementStateName},
        violation::PlacementViolation,
    },
};

const REQUIRED: Requirement = Requirement {
    minutes: Minutes::from_hours(320),
    days: 40,
};

fn achieved(hours: u16, days: u32, open_entries: u32) -> Achievement {
    Achievement {
        minutes: Minutes::from_hours(hours),
        days,
        open_entries,
    }
}

fn complete(achieved: Achievement) -> Decided {
    let coordinator = actor(COORDINATOR);
    active().complete(&REQUIRED, &achieved, &acting(&coordinator, day(9, 26)))
}

#[test]
fn a_placement_with_everything_done_is_completed() {
    let (completed, event) = complete(achieved(320, 40, 0)).unwrap();
    assert_eq!(
        *completed.state(),
        PlacementState::Completed {
            active_since: day(7, 6),
            on: day(9, 26)
        }
    );
    assert_eq!(event.name(), "placement.completed");
    assert_eq!(completed.effective_end(), day(9, 25));
}

#[test]
fn a_placement_completed_before_its_end_takes_no_day_afterwards() {
    let coordinator = actor(COORDINATOR);
    let done = achieved(320, 40, 0);
    let (completed, _) = active()
        .complete(&REQUIRED, &done, &acting(&coordinator, day(9, 11)))
        .unwrap();
    assert_eq!(completed.effective_end(), day(9, 11));
    assert_eq!(completed.days_taken(), Some(period((7, 6), (9, 11))));
}

#[test]
fn a_placement_whose_end_has_passed_with_hours_missing_stays_active_as_an_exception() {
    // Row 37, first half.
    let expected = PlacementViolation::HoursMissing {
        required: Minutes::from_hours(320),
        credited: Minutes::from_hours(312),
    };
    assert_eq!(
        complete(achieved(312, 40, 0)),
        Err(PlacementRefusal::Rules(vec![expected]))
    );
    assert!(!active().is_overrun_on(day(9, 25)));
    assert!(active().is_overrun_on(day(9, 26)));
    assert!(!terminated(day(8, 14)).is_overrun_on(day(9, 26)));
}

#[test]
fn a_placement_with_an_entry_that_awaits_a_decision_is_not_completed() {
    // Row 37, second half.
    let refused = complete(achieved(320, 40, 1));
    assert_eq!(
        refused,
        Err(PlacementRefusal::Rules(vec![PlacementViolation::OpenEntries {
            count: 1
        }]))
    );
    assert_eq!(refused.unwrap_err().code(), "open_entries");
}

#[test]
fn everything_that_is_missing_is_told_together() {
    assert_eq!(
        codes(&complete(achieved(319, 39, 2))),
        ["open_entries", "hours_missing", "days_missing"]
    );
}

#[test]
fn a_termination_needs_a_reason_and_a_date_of_the_placement() {
    let coordinator = actor(COORDINATOR);
    let terminate =
        |reason, effective, today| active().terminate(reason, effective, &acting(&coordinator, today));
    let reason = || remark("the company closed");
    let table = [
        (None, Some(day(8, 14)), day(8, 14), vec!["comments_required"]),
        (
            reason(),
            Some(day(7, 5)),
            day(8, 14),
            vec!["effective_date_out_of_range"],
        ),
        (reason(), Some(day(7, 6)), day(8, 14), Vec::new()),
        (reason(), Some(day(9, 25)), day(8, 14), Vec::new()),
        (
            reason(),
            Some(day(9, 26)),
            day(8, 14),
            vec!["effective_date_out_of_range"],
        ),
        (reason(), Some(day(10, 2)), day(10, 2), Vec::new()),
        (
            None,
            Some(day(9, 26)),
            day(8, 14),
            vec!["effective_date_out_of_range", "comments_required"],
        ),
    ];
    for (reason, effective, today, expected) in table {
        assert_eq!(
            codes(&terminate(reason, effective, today)),
            expected,
            "{effective:?} on {today}"
        );
    }
}

#[test]
fn a_termination_takes_effect_today_unless_another_day_is_named() {
    let coordinator = actor(COORDINATOR);
    let reason = remark("the company closed");
    let (ended, event) = active()
        .terminate(reason.clone(), None, &acting(&coordinator, day(8, 14)))
        .unwrap();
    assert_eq!(
        *ended.state(),
        PlacementState::Terminated {
            active_since: Some(day(7, 6)),
            effective: day(8, 14),
            reason: reason.clone().unwrap()
        }
    );
    assert_eq!(
        (ended.effective_end(), ended.period().end()),
        (day(8, 14), day(9, 25))
    );
    assert_eq!((event.name(), event.reason), ("placement.terminated", reason));
}

#[test]
fn a_placement_is_dropped_only_before_it_began() {
    let (coordinator, student) = (actor(COORDINATOR), actor(STUDENT));
    for (state, placement) in in_every_state() {
        let before = matches!(
            state,
            PlacementStateName::Proposed
                | PlacementStateName::ChangesRequested
                | PlacementStateName::Approved
        );
        let cancelled = placement.clone().cancel(None, &acting(&coordinator, day(6, 5)));
        assert_eq!(cancelled.is_ok(), before, "cancel {state}");
        let withdrawn = placement.withdraw(remark("another offer"), &acting(&student, day(6, 5)));
        assert_eq!(withdrawn.is_ok(), before, "withdraw {state}");
        if let Ok((withdrawn, event)) = withdrawn {
            assert_eq!(withdrawn.days_taken(), None);
            assert_eq!(
                (event.name(), event.by),
                ("placement.withdrawn", Some(user(STUDENT)))
            );
        }
    }
}

#[test]
fn a_placement_that_ended_before_it_began_takes_no_day() {
    let mut parts = parts(terminated(day(8, 14)).state().clone());
    parts.period = period((8, 17), (10, 30));
    let never_begun = crate::placement::placement::Placement::from_parts(parts).unwrap();
    assert_eq!(never_begun.days_taken(), None);
    assert_eq!(terminated(day(8, 14)).days_taken(), Some(period((7, 6), (8, 14))));
}
