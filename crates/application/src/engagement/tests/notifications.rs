//! One's own notifications and preferences.

use ipt_ports::engagement::{Channel, NotificationSort, Preference};

use super::{deliver_all, under_way};
use crate::{
    engagement::{
        EngagementError,
        notifications::{list, read, read_all},
        preferences,
    },
    tests::first_page,
};

fn page(unread: bool) -> list::Command {
    list::Command {
        unread,
        page: first_page(NotificationSort::CreatedAt),
        count: true,
    }
}

#[tokio::test]
async fn a_person_reads_the_own_notifications_and_nobody_elses() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    let (salim, juma) = (place.caller(place.salim), place.caller(place.juma));
    let services = &place.world.services;
    let (told, total) = list::execute(services, &salim, &page(true)).await.unwrap();
    assert_eq!(total, Some(1));
    let id = told.items[0].id;
    assert!(matches!(
        read::execute(services, &juma, id, None).await,
        Err(EngagementError::NotFound(_))
    ));
    let first = told.items[0].version();
    let read = read::execute(services, &salim, id, Some(first)).await.unwrap();
    assert!(read.read_at.is_some());
    let stale = read::execute(services, &salim, id, Some(first)).await;
    assert!(matches!(stale, Err(EngagementError::Stale(_))));
    assert_eq!(read::execute(services, &salim, id, None).await.unwrap(), read);
    let (unread, _) = list::execute(services, &salim, &page(true)).await.unwrap();
    assert!(unread.items.is_empty());
    let (all, _) = list::execute(services, &salim, &page(false)).await.unwrap();
    assert_eq!(all.items.len(), 1);
    let (others, _) = list::execute(services, &juma, &page(false)).await.unwrap();
    assert!(others.items.is_empty());
}

#[tokio::test]
async fn all_are_marked_as_read_at_once() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    place.world.clock.advance(chrono::TimeDelta::days(1));
    place.submit(placement, "2026-07-07").await;
    deliver_all(&place.world).await;
    let salim = place.caller(place.salim);
    assert_eq!(read_all::execute(&place.world.services, &salim).await.unwrap(), 2);
    assert_eq!(read_all::execute(&place.world.services, &salim).await.unwrap(), 0);
}

#[tokio::test]
async fn preferences_are_shown_with_what_holds_by_default_and_replaced_as_a_whole() {
    let (place, _) = under_way().await;
    let salim = place.caller(place.salim);
    let services = &place.world.services;
    let all = preferences::get::execute(services, &salim).await.unwrap();
    assert!(all.items.iter().all(|preference| preference.wanted));
    let no_mail = Preference {
        kind: "log_submitted".to_owned(),
        channel: Channel::Mail,
        wanted: false,
    };
    let replaced = preferences::replace::execute(
        services,
        &salim,
        std::slice::from_ref(&no_mail),
        Some(all.version()),
    )
    .await
    .unwrap();
    assert_eq!(
        replaced
            .items
            .iter()
            .filter(|preference| !preference.wanted)
            .collect::<Vec<_>>(),
        [&no_mail]
    );
    assert_eq!(
        preferences::get::execute(services, &salim).await.unwrap(),
        replaced
    );
    // What was read can be sent back as it is.
    preferences::replace::execute(services, &salim, &replaced.items, None)
        .await
        .unwrap();
    let stale = preferences::replace::execute(services, &salim, &[], Some(all.version())).await;
    assert!(matches!(stale, Err(EngagementError::Stale(_))));
    preferences::replace::execute(services, &salim, &[], Some(replaced.version()))
        .await
        .unwrap();
    assert_eq!(preferences::get::execute(services, &salim).await.unwrap(), all);
}

#[tokio::test]
async fn an_unknown_kind_a_channel_that_is_none_and_a_kind_named_twice_are_refused() {
    let (place, _) = under_way().await;
    let salim = place.caller(place.salim);
    let named = |kind: &str, channel| Preference {
        kind: kind.to_owned(),
        channel,
        wanted: true,
    };
    let wrong = [
        named("spam", Channel::Mail),
        named("placement_approved", Channel::Mail),
        named("log_submitted", Channel::InApp),
        named("log_submitted", Channel::InApp),
    ];
    let refusal = preferences::replace::execute(&place.world.services, &salim, &wrong, None)
        .await
        .unwrap_err();
    let EngagementError::Rules(rules) = refusal else {
        panic!("{refusal}")
    };
    let codes: Vec<_> = rules.iter().map(ipt_domain::error::Violation::code).collect();
    assert_eq!(
        codes,
        [
            "notification_kind_unknown",
            "notification_channel_unknown",
            "named_twice"
        ]
    );
}
