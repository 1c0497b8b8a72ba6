use super::world::*;
use crate::{
    id::{OrganisationId, PlacementId, SiteId, UserId},
    placement::{
        amendment::{AmendedField, Amendment},
        event::PlacementEventKind,
        mode::Mode,
        placement::Placement,
        policy::{Policy, PolicyDraft},
        refusal::PlacementRefusal,
        state::{PlacementState, PlacementStateName},
        supervisor::Candidate,
        violation::PlacementViolation,
    },
};

fn to(days: crate::placement::period::Period) -> Amendment {
    Amendment {
        period: Some(days),
        ..Amendment::default()
    }
}

fn amend(placement: Placement, amendment: Amendment, entry_days: &[chrono::NaiveDate], by: u128) -> Decided {
    let actor = actor(by);
    placement.amend(
        amendment,
        entry_days,
        &acting(&actor, day(8, 3)),
        &World::new().setting(),
    )
}

#[test]
fn a_placement_is_not_shortened_while_entries_would_fall_outside_and_they_are_named() {
    let entries = [day(9, 18), day(9, 25), day(9, 11), day(9, 25)];
    let refused = amend(active(), to(period((7, 6), (9, 11))), &entries, COORDINATOR);
    let expected = PlacementViolation::EntriesOutsidePeriod {
        days: vec![day(9, 18), day(9, 25)],
    };
    assert!(expected.to_string().contains("2026-09-18, 2026-09-25"));
    assert_eq!(refused, Err(PlacementRefusal::Rules(vec![expected])));
}

#[test]
fn a_placement_is_shortened_to_the_day_of_its_last_entry() {
    let (shorter, event) = amend(active(), to(period((7, 6), (9, 11))), &[day(9, 11)], COORDINATOR).unwrap();
    assert_eq!(shorter.period(), period((7, 6), (9, 11)));
    assert_eq!(
        event.kind,
        PlacementEventKind::Amended {
            changed: vec![AmendedField::Period],
            period_before: period((7, 6), (9, 25)),
            period: period((7, 6), (9, 11)),
        }
    );
    assert_eq!(
        (event.from, event.to),
        (Some(PlacementStateName::Active), PlacementStateName::Active)
    );
}

#[test]
fn an_extension_obeys_the_same_limits_as_a_proposal() {
    let long = period((7, 6), (12, 31));
    assert_eq!(long.days(), 179);
    assert!(amend(active(), to(long), &[], COORDINATOR).is_ok());
    let tight = PolicyDraft {
        max_days: Some(178),
        ..PolicyDraft::default()
    };
    let world = World {
        policy: Policy::from_draft(tight).unwrap(),
        ..World::new()
    };
    let coordinator = actor(COORDINATOR);
    let refused = active().amend(to(long), &[], &acting(&coordinator, day(8, 3)), &world.setting());
    assert_eq!(codes(&refused), ["placement_length"]);
}

#[test]
fn a_placement_among_its_own_neighbours_is_not_in_its_own_way() {
    let world = World::beside(&[&active()]);
    let coordinator = actor(COORDINATOR);
    let extended = active().amend(
        to(period((7, 6), (10, 9))),
        &[],
        &acting(&coordinator, day(8, 3)),
        &world.setting(),
    );
    assert!(extended.is_ok());
}

#[test]
fn a_placement_under_way_does_not_begin_later_than_today() {
    let refused = amend(active(), to(period((8, 4), (10, 30))), &[], COORDINATOR);
    assert_eq!(codes(&refused), ["placement_begun"]);
    assert!(amend(active(), to(period((8, 3), (10, 30))), &[], COORDINATOR).is_ok());
    let approved = placement(PlacementState::Approved);
    assert!(amend(approved, to(period((8, 4), (10, 30))), &[], COORDINATOR).is_ok());
}

#[test]
fn a_student_mends_a_placement_only_until_it_is_approved() {
    for (state, placement) in in_every_state() {
        let mended = amend(
            placement,
            Amendment {
                mode: Some(Mode::Remote),
                ..Amendment::default()
            },
            &[],
            STUDENT,
        );
        let open = matches!(
            state,
            PlacementStateName::Proposed | PlacementStateName::ChangesRequested
        );
        assert_eq!(mended.is_ok(), open, "{state}");
        if !open {
            assert_eq!(codes(&mended), ["invalid_transition"], "{state}");
        }
    }
}

#[test]
fn host_and_continuation_are_fixed_by_the_approval() {
    let other = crate::id::OrganisationId::new(uuid::Uuid::from_u128(801));
    let change = Amendment {
        organisation_id: Some(other),
        ..Amendment::default()
    };
    assert_eq!(
        codes(&amend(active(), change.clone(), &[], COORDINATOR))[0],
        "fixed_once_approved"
    );
    let sent_back = placement(PlacementState::ChangesRequested {
        reason: remark("another host").unwrap(),
    });
    let refused = amend(sent_back, change, &[], COORDINATOR);
    assert_eq!(
        codes(&refused),
        ["supervisor_not_eligible"],
        "the industrial supervisor is of the former host"
    );
}

/// P as it was brought, moved to another organisation whose people are known, with `amendment` besides.
fn moved(amendment: Amendment, candidate: Candidate) -> Decided {
    let world = World {
        industrial: Some(candidate),
        ..World::new()
    };
    let student = actor(STUDENT);
    let elsewhere = Amendment {
        organisation_id: Some(OTHER_HOST),
        ..amendment
    };
    placement(PlacementState::Proposed).amend(elsewhere, &[], &acting(&student, day(6, 8)), &world.setting())
}

const OTHER_HOST: OrganisationId = OrganisationId::new(uuid::Uuid::from_u128(801));
const OF_OTHER_HOST: u128 = 44;

fn of_other_host() -> Candidate {
    Candidate {
        organisation_id: Some(OTHER_HOST),
        ..candidate(OF_OTHER_HOST)
    }
}

#[test]
fn host_and_supervisor_change_together() {
    let both = Amendment {
        industrial_supervisor: Some(Some(user(OF_OTHER_HOST))),
        reason: remark("the first one cannot take me"),
        ..Amendment::default()
    };
    let (there, event) = moved(both.clone(), of_other_host()).unwrap();
    assert_eq!(there.organisation_id(), OTHER_HOST);
    assert_eq!(there.industrial_supervisor(), Some(user(OF_OTHER_HOST)));
    let PlacementEventKind::Amended { changed, .. } = event.kind else {
        panic!("the details were changed")
    };
    assert_eq!(
        changed,
        [AmendedField::Organisation, AmendedField::IndustrialSupervisor]
    );
    assert_eq!(event.reason, remark("the first one cannot take me"));
    let of_the_first = moved(both, candidate(OF_OTHER_HOST));
    assert_eq!(codes(&of_the_first), ["supervisor_not_eligible"]);
}

#[test]
fn the_host_changes_and_leaves_the_supervisor_open() {
    let without = Amendment {
        industrial_supervisor: Some(None),
        reason: remark("nobody is named there yet"),
        ..Amendment::default()
    };
    let (there, _) = moved(without, candidate(INDUSTRIAL)).unwrap();
    assert_eq!(
        (there.organisation_id(), there.industrial_supervisor()),
        (OTHER_HOST, None)
    );
}

#[test]
fn a_supervisor_who_loses_a_proposal_is_told_why() {
    let without = Amendment {
        industrial_supervisor: Some(None),
        ..Amendment::default()
    };
    assert_eq!(
        codes(&moved(without, candidate(INDUSTRIAL))),
        ["comments_required"]
    );
}

#[test]
fn a_part_is_not_left_open_once_the_placement_is_approved() {
    let without = Amendment {
        university_supervisor: Some(None),
        reason: remark("on leave"),
        ..Amendment::default()
    };
    for (state, placement) in in_every_state() {
        let outcome = amend(placement, without.clone(), &[], COORDINATOR);
        match state {
            PlacementStateName::Proposed | PlacementStateName::ChangesRequested => {
                assert_eq!(outcome.unwrap().0.university_supervisor(), None);
            }
            PlacementStateName::Approved | PlacementStateName::Active | PlacementStateName::Suspended => {
                assert_eq!(codes(&outcome), ["supervisor_required"], "{state}");
            }
            PlacementStateName::Completed
            | PlacementStateName::Terminated
            | PlacementStateName::Cancelled
            | PlacementStateName::Withdrawn => assert_eq!(codes(&outcome), ["invalid_transition"], "{state}"),
        }
    }
}

#[test]
fn the_details_that_differ_are_told_and_no_others() {
    let amendment = Amendment {
        period: Some(period((7, 6), (9, 25))),
        mode: Some(Mode::Hybrid),
        relationship_declared: Some(remark("my uncle works there")),
        ..Amendment::default()
    };
    let expected = vec![AmendedField::Mode, AmendedField::RelationshipDeclared];
    assert_eq!(active().changed_by(&amendment), expected);
    let (amended, _) = amend(active(), amendment, &[], COORDINATOR).unwrap();
    assert_eq!((amended.mode(), amended.version().number()), (Mode::Hybrid, 5));
}

#[test]
fn each_detail_is_told_when_it_differs_and_not_when_it_is_as_before() {
    let placement = active();
    let same = Amendment {
        period: Some(placement.period()),
        site_id: Some(placement.site_id()),
        mode: Some(placement.mode()),
        relationship_declared: Some(placement.relationship_declared().cloned()),
        organisation_id: Some(placement.organisation_id()),
        continues: Some(placement.continues()),
        industrial_supervisor: Some(placement.industrial_supervisor()),
        university_supervisor: Some(placement.university_supervisor()),
        reason: None,
    };
    assert_eq!(placement.changed_by(&same), []);
    let someone = uuid::Uuid::from_u128(4_711);
    let cases = [
        (AmendedField::Period, to(period((7, 6), (9, 24)))),
        (
            AmendedField::Site,
            Amendment {
                site_id: Some(Some(SiteId::new(someone))),
                ..same.clone()
            },
        ),
        (
            AmendedField::Mode,
            Amendment {
                mode: Some(Mode::Remote),
                ..same.clone()
            },
        ),
        (
            AmendedField::RelationshipDeclared,
            Amendment {
                relationship_declared: Some(remark("my uncle works there")),
                ..same.clone()
            },
        ),
        (
            AmendedField::Organisation,
            Amendment {
                organisation_id: Some(OrganisationId::new(someone)),
                ..same.clone()
            },
        ),
        (
            AmendedField::Continues,
            Amendment {
                continues: Some(Some(PlacementId::new(someone))),
                ..same.clone()
            },
        ),
        (
            AmendedField::IndustrialSupervisor,
            Amendment {
                industrial_supervisor: Some(None),
                ..same.clone()
            },
        ),
        (
            AmendedField::UniversitySupervisor,
            Amendment {
                university_supervisor: Some(Some(UserId::new(someone))),
                ..same
            },
        ),
    ];
    for (field, amendment) in cases {
        assert_eq!(placement.changed_by(&amendment), [field]);
    }
}
