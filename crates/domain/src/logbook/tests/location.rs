//! Positions: judged where there is an area, and dropped where there is none.

use super::{fixtures::*, world::World};
use crate::{
    logbook::{
        anomaly::Anomaly,
        input::{LocationInput, ReportInput},
        location::Verdict,
        nearby::OtherFix,
        report::Location,
    },
    placement::{
        mode::Mode,
        policy::Policy,
        position::Position,
        site::{Site, SiteDraft, Workplace},
    },
};

fn location(world: &World) -> &Location {
    &world.entry().submission().unwrap().report.location
}

#[test]
fn a_remote_placement_keeps_no_coordinates_not_even_in_a_draft() {
    let mut world = World::new();
    world.setting.workplace = workplace(&site(None), Mode::Remote);
    world.draft("07-06", &at_position(metres_east(0.0))).unwrap();
    assert_eq!(world.entry().draft_report().unwrap().fix, None);
    world.edit(&at_position(metres_east(0.0))).unwrap();
    assert_eq!(world.entry().draft_report().unwrap().fix, None);
    world.hand_in(&at_position(metres_east(0.0))).unwrap();
    let none = Location {
        fix: None,
        verdict: Verdict::NotApplicable,
        notes: Vec::new(),
    };
    assert_eq!(location(&world), &none);
}

#[test]
fn a_workplace_without_position_and_area_keeps_no_coordinates_either() {
    let nowhere = SiteDraft {
        position: None,
        ..SiteDraft::from(&site(None))
    };
    let mut world = World::new();
    world.setting.workplace = workplace(&site(None).amended(nowhere).unwrap(), Mode::OnSite);
    world.submit_new("07-06", &at_position(metres_east(0.0))).unwrap();
    assert_eq!(
        (location(&world).fix.is_none(), location(&world).verdict),
        (true, Verdict::NotApplicable)
    );
}

#[test]
fn on_site_and_hybrid_placements_keep_what_was_sent() {
    for mode in [Mode::OnSite, Mode::Hybrid] {
        let mut world = World::new();
        world.setting.workplace = workplace(&site(None), mode);
        let sent = LocationInput {
            accuracy_m: Some(12.0),
            captured_at: Some(local("07-06 16:50")),
            ..metres_east(0.0)
        };
        world.submit_new("07-06", &at_position(sent)).unwrap();
        let kept = location(&world).fix.clone().unwrap();
        assert_eq!(
            (kept.position().lng(), kept.accuracy_m()),
            (WORKPLACE_LNG, Some(12.0))
        );
        assert_eq!(kept.captured_at(), sent.captured_at);
        assert_eq!(location(&world).verdict, Verdict::Inside);
    }
}

#[test]
fn a_log_without_a_position_is_unreported_and_not_refused() {
    assert_eq!(location(&World::submitted()).verdict, Verdict::Unreported);
}

#[test]
fn a_position_is_kept_through_a_revision_until_it_is_taken_away() {
    let mut world = World::new();
    world.submit_new("07-06", &at_position(metres_east(0.0))).unwrap();
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.at("07-20 09:00").hand_in(&worked()).unwrap();
    assert_eq!(location(&world).verdict, Verdict::Inside);
    assert_eq!(
        location(&world).notes,
        [],
        "the fix is as old as the capture, not as the revision"
    );
    world.take(INDUSTRIAL, &reject()).unwrap();
    world
        .hand_in(&ReportInput {
            location: Some(None),
            ..worked()
        })
        .unwrap();
    assert_eq!(
        (location(&world).fix.is_none(), location(&world).verdict),
        (true, Verdict::Unreported)
    );
}

#[test]
fn without_a_time_of_its_own_an_entry_is_captured_when_it_is_handed_in() {
    let sent = LocationInput {
        captured_at: Some(local("07-06 16:00")),
        ..metres_east(0.0)
    };
    let mut world = World::new();
    world.submit_new("07-06", &at_position(sent)).unwrap();
    assert_eq!(
        world.entry().submission().unwrap().report.captured_at,
        local("07-06 17:00")
    );
    assert_eq!(location(&world).notes, [Anomaly::StaleFix { seconds: 3_600 }]);
}

#[test]
fn fixes_of_other_logs_are_compared_with_it() {
    let mut world = World::new();
    let position = Position::new(0.0, WORKPLACE_LNG + 3.0).unwrap();
    world.setting.surroundings.nearby_fixes.earlier = Some(OtherFix {
        position,
        at: local("07-06 16:00"),
    });
    world.submit_new("07-06", &at_position(metres_east(0.0))).unwrap();
    assert_eq!(
        location(&world).notes,
        [Anomaly::ImpossibleTravel { speed_kmh: 334 }]
    );
}

#[test]
fn a_site_at_the_date_line_is_near_from_the_other_side() {
    let draft = SiteDraft {
        position: Some(Position::new(0.0, 179.999).unwrap()),
        ..SiteDraft::from(&site(None))
    };
    let there: Site = site(None).amended(draft).unwrap();
    let mut world = World::new();
    world.setting.workplace = Workplace::of(Some(&there), &calendar(&[]), Mode::OnSite, &Policy::default());
    world
        .submit_new(
            "07-06",
            &at_position(LocationInput {
                lng: -179.999,
                ..metres_east(0.0)
            }),
        )
        .unwrap();
    assert_eq!(location(&world).verdict, Verdict::Outside { distance_m: 23 });
}

#[test]
fn a_wrong_position_is_refused_even_where_none_would_be_kept() {
    let mut world = World::new();
    world.setting.workplace = workplace(&site(None), Mode::Remote);
    let wrong = LocationInput {
        accuracy_m: Some(-1.0),
        ..metres_east(0.0)
    };
    assert_eq!(
        codes(&world.submit_new("07-06", &at_position(wrong))),
        ["location_accuracy"]
    );
}
