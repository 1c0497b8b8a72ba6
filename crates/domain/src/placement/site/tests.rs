use chrono_tz::{Africa, Asia};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    error::Violation as _,
    placement::{
        mode::Mode,
        policy::{Policy, PolicyDraft},
    },
};

fn institution() -> WorkingCalendar {
    let holiday = NaiveDate::from_ymd_opt(2026, 7, 7).unwrap();
    WorkingCalendar::new(
        Africa::Dar_es_Salaam,
        WeekendDays::SATURDAY_AND_SUNDAY,
        BTreeSet::from([holiday]),
    )
}

fn position() -> Position {
    Position::new(-6.7788, 39.2050).unwrap()
}

fn draft() -> SiteDraft {
    SiteDraft {
        name: " Head office ".to_owned(),
        address: Some("Samora Avenue".to_owned()),
        position: Some(position()),
        geofence: Some(GeofenceDraft::Radius(300)),
        ..SiteDraft::default()
    }
}

fn create(draft: SiteDraft) -> Result<Site, Vec<SiteViolation>> {
    let owner = Some(TenantId::new(Uuid::from_u128(900)));
    Site::create(
        SiteId::new(Uuid::from_u128(1)),
        OrganisationId::new(Uuid::from_u128(2)),
        owner,
        draft,
    )
}

fn radius_m(geofence: Option<&Geofence>) -> Option<u32> {
    match geofence {
        Some(Geofence::Circle(circle)) => Some(circle.radius_m()),
        Some(Geofence::Polygon(_)) | None => None,
    }
}

#[test]
fn a_site_that_an_institution_adds_is_seen_there_only_and_a_shared_one_everywhere() {
    let (own, other) = (
        TenantId::new(Uuid::from_u128(900)),
        TenantId::new(Uuid::from_u128(901)),
    );
    let site = create(draft()).unwrap();
    assert_eq!((site.is_seen_in(own), site.is_seen_in(other)), (true, false));
    let shared = Site::create(site.id(), site.organisation_id(), None, draft()).unwrap();
    assert_eq!((shared.is_seen_in(own), shared.is_seen_in(other)), (true, true));
    assert_eq!(site.name(), "Head office");
}

#[test]
fn everything_that_is_wrong_with_a_site_is_told_together() {
    let wrong = SiteDraft {
        name: "  ".to_owned(),
        address: Some("a".repeat(501)),
        geofence: Some(GeofenceDraft::Radius(24)),
        ..draft()
    };
    let told: Vec<_> = create(wrong)
        .unwrap_err()
        .iter()
        .map(|it| (it.code(), it.pointer()))
        .collect();
    let expected = [
        ("text_required", "/name"),
        ("text_too_long", "/address"),
        ("geofence_invalid", "/geofence/radius_m"),
    ];
    assert_eq!(told, expected);
    let nowhere = SiteDraft {
        position: None,
        ..draft()
    };
    assert_eq!(create(nowhere), Err(vec![SiteViolation::PositionMissing]));
}

#[test]
fn a_circle_moves_with_the_position_of_its_site() {
    let site = create(draft()).unwrap();
    let moved = Position::new(-6.8161, 39.2894).unwrap();
    let amended = site
        .clone()
        .amended(SiteDraft {
            position: Some(moved),
            ..SiteDraft::from(&site)
        })
        .unwrap();
    assert_eq!(amended.geofence().map(Geofence::centre), Some(moved));
    assert_eq!(radius_m(amended.geofence()), Some(300));
    assert_eq!(amended.version(), site.version().next());
}

#[test]
fn a_site_without_zone_weekend_and_holidays_has_those_of_the_institution() {
    let site = create(draft()).unwrap();
    let workplace = Workplace::of(Some(&site), &institution(), Mode::OnSite, &Policy::default());
    assert_eq!(*workplace.calendar(), institution());
    assert_eq!(
        Workplace::of(None, &institution(), Mode::OnSite, &Policy::default()).geofence(),
        None
    );
}

#[test]
fn each_part_of_a_sites_own_calendar_stands_for_itself() {
    let calendar = SiteCalendar {
        weekend: Some(WeekendDays::FRIDAY_AND_SATURDAY),
        holidays: None,
    };
    let site = create(SiteDraft {
        zone: Some(Asia::Riyadh),
        calendar,
        ..draft()
    })
    .unwrap();
    let own = site.calendar_within(&institution());
    assert_eq!(own.zone(), Asia::Riyadh);
    assert_eq!(own.weekend(), WeekendDays::FRIDAY_AND_SATURDAY);
    assert_eq!(own.holidays(), institution().holidays());
    let calendar = SiteCalendar {
        weekend: None,
        holidays: Some(BTreeSet::new()),
    };
    let open_all_year = create(SiteDraft { calendar, ..draft() }).unwrap();
    assert!(
        open_all_year
            .calendar_within(&institution())
            .holidays()
            .is_empty()
    );
}

#[test]
fn a_remote_placement_has_no_area_and_the_others_have_that_of_the_site() {
    let site = create(draft()).unwrap();
    let area =
        |mode| radius_m(Workplace::of(Some(&site), &institution(), mode, &Policy::default()).geofence());
    assert_eq!(
        (area(Mode::OnSite), area(Mode::Hybrid), area(Mode::Remote)),
        (Some(300), Some(300), None)
    );
}

proptest! {
    #[test]
    fn a_position_without_an_area_has_the_policys_radius_around_it(radius in 25_i64..=20_000) {
        let site = create(SiteDraft { geofence: None, ..draft() }).unwrap();
        let policy = Policy::from_draft(PolicyDraft { geofence_radius_m: Some(radius), ..PolicyDraft::default() }).unwrap();
        let workplace = Workplace::of(Some(&site), &institution(), Mode::OnSite, &policy);
        prop_assert_eq!(radius_m(workplace.geofence()).map(i64::from), Some(radius));
        prop_assert_eq!(workplace.geofence().map(Geofence::centre), Some(position()));
    }
}

#[test]
fn a_site_without_area_and_position_has_none() {
    let site = create(SiteDraft {
        geofence: None,
        position: None,
        ..draft()
    })
    .unwrap();
    let workplace = Workplace::of(Some(&site), &institution(), Mode::OnSite, &Policy::default());
    assert_eq!(workplace.geofence(), None);
}
