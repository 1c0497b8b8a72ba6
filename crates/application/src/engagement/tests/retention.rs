//! Clearing away what was kept long enough.

use chrono::TimeDelta;
use ipt_ports::{
    Scope, SystemScope,
    engagement::{IdempotencyRequest, IdempotencyState, Kept},
};
use ipt_testkit::memory::Standing;

use super::{deliver_all, under_way};
use crate::{
    Services,
    engagement::retention::{self, Periods},
    tests::World,
};

async fn removed(services: &Services, kind: Kept) -> u64 {
    let all = retention::execute(services).await.unwrap();
    all.iter().find(|past| past.kind == kind).unwrap().rows
}

#[tokio::test]
async fn messages_are_kept_for_a_week_once_done_and_failed_ones_for_good() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    let now = place.world.clock_now();
    place.world.database.change(|state| {
        let mut failed = state.outbox.first_entry().unwrap();
        failed.get_mut().standing = Standing::Failed { at: now };
    });
    let all = place.world.state().outbox.len() as u64;
    place.world.clock.advance(TimeDelta::days(7));
    assert_eq!(removed(&place.world.services, Kept::Messages).await, 0);
    place.world.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(removed(&place.world.services, Kept::Messages).await, all - 1);
    assert_eq!(place.world.state().outbox.len(), 1);
}

#[tokio::test]
async fn answers_are_kept_for_a_day_however_many_there_are() {
    let world = World::new();
    let asha = world.person("asha");
    let scope = Scope::System(SystemScope::Operator);
    let mut work = world.services.database.begin(scope).await.unwrap();
    for number in 0..=2_500 {
        let request = IdempotencyRequest {
            user_id: asha,
            key: format!("key-{number}"),
            route: "POST /logs".to_owned(),
            tenant_id: None,
            body_hash: [7; 32],
        };
        let age = TimeDelta::hours(if number == 0 { 23 } else { 25 });
        let then = world.clock_now() - age;
        let reserved = work.idempotency().reserve(&request, then, then, then).await;
        assert_eq!(reserved.unwrap(), IdempotencyState::Reserved);
    }
    work.commit().await.unwrap();
    assert_eq!(removed(&world.services, Kept::Answers).await, 2_500);
    world.clock.advance(TimeDelta::hours(2));
    assert_eq!(
        removed(&world.services, Kept::Answers).await,
        1,
        "one was left until its day was over"
    );
}

#[tokio::test]
async fn notifications_go_after_two_years_which_is_written_down_and_looking_removes_nothing() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    let all = place.world.state().notifications.len() as u64;
    assert!(all > 0);
    place.world.clock.advance(TimeDelta::days(731));
    let services = &place.world.services;
    let told = retention::look(services).await.unwrap();
    let past = told.iter().find(|past| past.kind == Kept::Notifications).unwrap();
    assert_eq!((past.rows, past.kept_for), (all, Some(TimeDelta::days(730))));
    assert_eq!(place.world.state().notifications.len() as u64, all);

    assert_eq!(removed(services, Kept::Notifications).await, all);
    assert!(place.world.state().notifications.is_empty());
    let last = place.world.state().trail().pop().unwrap();
    assert_eq!(last.record.action, "retention.remove");
    assert_eq!(last.detail.unwrap().values["values"]["notifications"], all);
    let records = place.world.state().records.len();
    assert_eq!(removed(services, Kept::Notifications).await, 0);
    assert_eq!(
        place.world.state().records.len(),
        records,
        "of nothing no record is left"
    );
}

#[tokio::test]
async fn the_values_beside_records_are_kept_for_good_unless_an_operator_says_otherwise() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    let mut services = place.world.services.clone();
    place.world.clock.advance(TimeDelta::days(10_000));
    assert_eq!(removed(&services, Kept::AuditValues).await, 0);
    let mut settings = (*services.settings).clone();
    settings.retention = Periods {
        audit_values: Some(TimeDelta::days(3_650)),
        ..Periods::default()
    };
    services.settings = std::sync::Arc::new(settings);
    let records = place.world.state().records.len();
    assert!(removed(&services, Kept::AuditValues).await > 0);
    assert_eq!(
        place.world.state().records.len(),
        records + 1,
        "the records stay, and one tells of it"
    );
}

#[test]
fn what_is_known_of_a_copy_is_kept_while_it_can_be_fetched() {
    let hasty = Periods {
        exports: Some(TimeDelta::zero()),
        ..Periods::default()
    };
    assert!(hasty.of(Kept::Exports) > Some(TimeDelta::days(7)));
}
