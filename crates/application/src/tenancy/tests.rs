//! Tests of the use cases about the institution.

use std::collections::BTreeSet;

use chrono::{TimeDelta, Weekday};
use ipt_domain::{identity::role::Role, version::Version};

use super::{BrandingDraft, Changes, get, replace_calendar, update};
use crate::tests::{World, date};

fn changing(changes: Changes) -> update::Command {
    update::Command { seen: None, changes }
}

fn named(name: &str, seen: Option<Version>) -> update::Command {
    let changes = Changes {
        name: Some(name.to_owned()),
        ..Changes::default()
    };
    update::Command { seen, changes }
}

#[tokio::test]
async fn every_member_reads_the_institution_and_its_administrator_changes_it() {
    let world = World::new();
    let asha = world.caller(world.with_roles("asha", &[Role::Student]));
    assert_eq!(
        get::execute(&world.services, &asha)
            .await
            .unwrap()
            .code()
            .as_str(),
        "udsm"
    );
    let command = named("Another", None);
    let refusal = update::execute(&world.services, &asha, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    let cora = world.caller(world.with_roles("cora", &[Role::Coordinator]));
    let refusal = update::execute(&world.services, &cora, &command)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "forbidden");
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let changed = update::execute(&world.services, &admin, &command).await.unwrap();
    assert_eq!(changed.name(), "Another");
    assert_eq!(get::execute(&world.services, &asha).await.unwrap(), changed);
    assert_eq!(world.state().deeds(), ["tenancy.update"]);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_together() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let command = changing(Changes {
        name: Some(" ".to_owned()),
        timezone: Some("Mars/Olympus".to_owned()),
        branding: Some(BrandingDraft {
            display_name: Some("Two\nlines".to_owned()),
            colour: Some("red".to_owned()),
            logo_text: Some("x".repeat(41)),
            logo_url: Some("http://udsm.ac.tz/logo.png".to_owned()),
        }),
        ..Changes::default()
    });
    let super::TenancyError::Rules(rules) = update::execute(&world.services, &admin, &command)
        .await
        .unwrap_err()
    else {
        panic!("the rules are broken");
    };
    let told: Vec<_> = rules.iter().map(|rule| (rule.code(), rule.pointer())).collect();
    assert_eq!(
        told,
        [
            ("timezone_unknown", "/timezone"),
            ("text_characters", "/branding/display_name"),
            ("colour_invalid", "/branding/colour"),
            ("text_too_long", "/branding/logo_text"),
            ("logo_url_invalid", "/branding/logo_url"),
            ("text_required", "/name"),
        ]
    );
}

#[tokio::test]
async fn a_day_is_judged_by_the_new_time_zone() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let command = changing(Changes {
        timezone: Some("Pacific/Auckland".to_owned()),
        ..Changes::default()
    });
    let changed = update::execute(&world.services, &admin, &command).await.unwrap();
    let evening = world.clock_now() + TimeDelta::hours(4);
    assert_eq!(changed.calendar().local_date(evening), date("2026-07-07"));
}

#[tokio::test]
async fn the_administrator_closes_the_registration_and_opens_it_again() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    for open in [false, true] {
        let command = changing(Changes {
            self_registration: Some(open),
            ..Changes::default()
        });
        let changed = update::execute(&world.services, &admin, &command).await.unwrap();
        assert_eq!(changed.takes_registrations(), open);
    }
    let detail = world.state().trail().remove(0).detail.unwrap();
    assert_eq!(detail.values["values"]["after"]["self_registration"], false);
}

#[tokio::test]
async fn a_stale_version_is_refused_and_a_lost_race_is_not() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let first = named("First", Some(Version::FIRST));
    update::execute(&world.services, &admin, &first).await.unwrap();
    let second = named("Second", Some(Version::FIRST));
    let refusal = update::execute(&world.services, &admin, &second)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "stale_version");
    world.database.lose_races(1);
    let third = update::execute(&world.services, &admin, &named("Third", None))
        .await
        .unwrap();
    assert_eq!(third.name(), "Third");
}

#[tokio::test]
async fn the_calendar_is_replaced_as_a_whole_and_keeps_a_working_day() {
    let world = World::new();
    let admin = world.caller(world.with_roles("admin", &[Role::TenantAdmin]));
    let friday = replace_calendar::Command {
        seen: None,
        weekend_days: vec![Weekday::Fri, Weekday::Sat],
        holidays: BTreeSet::from([date("2026-07-07")]),
    };
    let changed = replace_calendar::execute(&world.services, &admin, &friday)
        .await
        .unwrap();
    assert!(!changed.calendar().is_working_day(date("2026-07-10")));
    assert!(changed.calendar().is_working_day(date("2026-07-12")));
    assert_eq!(
        changed.calendar().next_working_day(date("2026-07-06")),
        date("2026-07-08")
    );
    let never = replace_calendar::Command {
        weekend_days: [
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
        ]
        .into_iter()
        .chain([Weekday::Sat, Weekday::Sun])
        .collect(),
        ..replace_calendar::Command::default()
    };
    let refusal = replace_calendar::execute(&world.services, &admin, &never)
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "weekend_days");
}
