//! Notifications, preferences, reminders, and reviews that fall due.

use futures_util::future::join_all;
use ipt_domain::{
    Instant,
    id::{LogEntryId, NotificationId, PlacementId, TenantId, UserId},
    identity::role::Role,
    version::Version,
};
use ipt_ports::{
    Scope, SystemScope,
    engagement::{Channel, Notification, NotificationFilter, NotificationSort, Preference, ReviewDue},
    page::{Direction, PageRequest, Position, Sort},
};
use serde_json::json;

use crate::support::{
    Fixture, on_every_database,
    rows::{Entry, Placed},
    seeds::{at, july},
};

const WORKER: Scope = Scope::System(SystemScope::Worker);

fn notification(fixture: &Fixture, tenant: TenantId, user: UserId, created_at: Instant) -> Notification {
    Notification {
        id: fixture.id(),
        tenant_id: tenant,
        user_id: user,
        kind: "log_submitted".to_owned(),
        cause: fixture.id(),
        object: ("log".to_owned(), fixture.id()),
        values: json!({"student": "Asha Mushi", "date": "2026-07-06"}),
        created_at,
        read_at: None,
    }
}

async fn notify(fixture: &Fixture, notifications: &[Notification]) -> Vec<NotificationId> {
    let mut unit = fixture.begin(WORKER).await;
    let added = unit.notifications().notify(notifications).await.unwrap();
    unit.commit().await.unwrap();
    added
}

fn newest(limit: u16, after: Option<Position>) -> PageRequest<NotificationSort> {
    let sort = Sort {
        field: NotificationSort::CreatedAt,
        direction: Direction::Descending,
    };
    PageRequest {
        limit,
        after,
        sort: vec![sort],
    }
}

async fn listed(fixture: &Fixture, scope: Scope, filter: NotificationFilter) -> Vec<Notification> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let mut reader = fixture.read(scope.clone()).await;
        let page = reader
            .notifications()
            .notification_page(&filter, &newest(2, after))
            .await
            .unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            let count = reader.notifications().notification_count(&filter).await.unwrap();
            assert_eq!(
                count,
                all.len() as u64,
                "the count and the list share their condition"
            );
            return all;
        }
    }
}

const fn of(user_id: UserId, unread: bool) -> NotificationFilter {
    NotificationFilter { user_id, unread }
}

async fn due(
    fixture: &Fixture,
    until: Instant,
    after: Option<(UserId, LogEntryId)>,
    limit: u32,
) -> Vec<ReviewDue> {
    fixture
        .read(WORKER)
        .await
        .notifications()
        .reviews_due(until, after, limit)
        .await
        .unwrap()
}

on_every_database! {
    async fn a_cause_is_told_to_a_person_once(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.member(tenant, "Asha Mushi", &[Role::Student]).await;
        let first = notification(fixture, tenant, user, at("09:00:00.000001"));
        let second = notification(fixture, tenant, user, at("09:00:00"));
        assert_eq!(notify(fixture, std::slice::from_ref(&first)).await, [first.id]);
        let again = Notification { id: fixture.id(), created_at: at("10:00:00"), ..first.clone() };
        let other_kind = Notification { id: fixture.id(), kind: "log_approved".to_owned(), ..again.clone() };
        let twice = Notification { id: fixture.id(), ..second.clone() };
        let mut added = notify(fixture, &[again, second.clone(), twice, other_kind.clone()]).await;
        added.sort_unstable();
        assert_eq!(added, [second.id, other_kind.id]);
        assert_eq!(listed(fixture, WORKER, of(user, false)).await, [other_kind, first, second]);
    }

    async fn more_notifications_than_fit_one_statement_are_all_told(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.member(tenant, "Asha Mushi", &[Role::Student]).await;
        let many: Vec<_> = (0..1_201).map(|_| notification(fixture, tenant, user, at("09:00:00"))).collect();
        assert_eq!(notify(fixture, &many).await.len(), 1_201);
    }

    async fn read_notifications_leave_the_list_of_unread_ones(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.member(tenant, "Asha Mushi", &[Role::Student]).await;
        let other = fixture.member(tenant, "Juma", &[Role::Student]).await;
        let all: Vec<_> = ["09:00:00", "10:00:00", "11:00:00"]
            .into_iter()
            .map(|time| notification(fixture, tenant, user, at(time)))
            .collect();
        notify(fixture, &all).await;
        let mut unit = fixture.begin(Scope::tenant(tenant)).await;
        let notifications = unit.notifications();
        assert!(!notifications.mark_read(all[0].id, other, at("12:00:00")).await.unwrap());
        assert!(notifications.mark_read(all[0].id, user, at("12:00:00")).await.unwrap());
        assert!(notifications.mark_read(all[0].id, user, at("13:00:00")).await.unwrap());
        assert_eq!(notifications.notification(all[0].id, other).await.unwrap(), None);
        let found = notifications.notification(all[0].id, user).await.unwrap().unwrap();
        assert_eq!((found.read_at, found.version()), (Some(at("12:00:00")), Version::FIRST.next()));
        assert_eq!(notifications.notification(all[1].id, user).await.unwrap(), Some(all[1].clone()));
        unit.commit().await.unwrap();
        let scope = Scope::tenant(tenant);
        assert_eq!(listed(fixture, scope.clone(), of(user, true)).await, [all[2].clone(), all[1].clone()]);
        let read = listed(fixture, scope.clone(), of(user, false)).await.remove(2);
        assert_eq!(read.read_at, Some(at("12:00:00")), "it was read when it was first read");
        let mut unit = fixture.begin(scope.clone()).await;
        assert_eq!(unit.notifications().mark_all_read(user, at("14:00:00")).await.unwrap(), 2);
        assert_eq!(unit.notifications().mark_all_read(user, at("15:00:00")).await.unwrap(), 0);
        unit.commit().await.unwrap();
        assert!(listed(fixture, scope, of(user, true)).await.is_empty());
    }

    async fn notifications_about_another_institution_are_not_shown(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let user = fixture.member(udsm, "Asha Mushi", &[Role::IndustrialSupervisor]).await;
        let here = notification(fixture, udsm, user, at("09:00:00"));
        let there = notification(fixture, ardhi, user, at("09:00:00"));
        notify(fixture, &[here.clone(), there.clone()]).await;
        assert_eq!(listed(fixture, Scope::tenant(udsm), of(user, false)).await, [here]);
        assert_eq!(listed(fixture, Scope::Tenants(vec![udsm, ardhi]), of(user, false)).await.len(), 2);
        assert!(listed(fixture, Scope::Tenants(Vec::new()), of(user, false)).await.is_empty());
        let mut unit = fixture.begin(Scope::tenant(udsm)).await;
        assert!(!unit.notifications().mark_read(there.id, user, at("10:00:00")).await.unwrap());
        assert_eq!(unit.notifications().notification(there.id, user).await.unwrap(), None);
        let foreign = notification(fixture, ardhi, user, at("09:00:00"));
        assert!(unit.notifications().notify(&[foreign]).await.is_err());
    }

    async fn preferences_are_replaced_as_a_whole(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.member(tenant, "Asha Mushi", &[Role::Student]).await;
        let other = fixture.member(tenant, "Juma", &[Role::Student]).await;
        let wish = |kind: &str, channel, wanted| Preference { kind: kind.to_owned(), channel, wanted };
        let first = [wish("digest", Channel::Mail, true), wish("log_submitted", Channel::InApp, false)];
        let second = [wish("log_submitted", Channel::Mail, false)];
        for (person, wishes) in [(user, &first[..]), (other, &first[..1]), (user, &second[..])] {
            let mut unit = fixture.begin(WORKER).await;
            unit.notifications().replace_preferences(person, wishes).await.unwrap();
            unit.commit().await.unwrap();
        }
        let stored = fixture.read(WORKER).await.notifications().preferences(&[other, user]).await.unwrap();
        let [later] = second;
        let [kept, _] = first;
        assert_eq!(stored, [(user, later), (other, kept)]);
    }

    async fn a_reminder_goes_out_once_a_day_however_many_try(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = fixture.member(tenant, "Asha Mushi", &[Role::UniversitySupervisor]).await;
        let note = async |day| {
            let mut unit = fixture.begin(WORKER).await;
            let noted = unit.notifications().note_reminder(user, "digest", july(day), fixture.id()).await.unwrap();
            unit.commit().await.unwrap();
            noted
        };
        let noted = join_all([6, 6, 6, 6, 6, 6, 6, 6].map(note)).await;
        assert_eq!(noted.iter().filter(|noted| **noted).count(), 1);
        assert!(note(7).await);
        assert!(!note(7).await);
    }

    async fn reviews_that_fall_due_come_with_whoever_must_review(fixture: &SqlFixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let placement = placed.placement(fixture, "active").await;
        let entry = async |state, day, due: &'static str| placed.entry(fixture, placement, Entry::due(state, day, at(due))).await;
        let first = entry("submitted", 6, "21:00:00").await;
        let second = entry("industry_verified", 7, "20:00:00").await;
        entry("submitted", 8, "21:00:00.000001").await;
        placed.entry(fixture, placement, Entry::waiting("revision_requested", 9)).await;
        let found = due(fixture, at("21:00:00"), None, 10).await;
        let told: Vec<_> = found.iter().map(|review| (review.reviewer, review.entry_id, review.industry)).collect();
        assert_eq!(told, [(placed.industrial, first, true), (placed.university, second, false)]);
        assert_eq!(found[0].student_name, "The Student");
        assert_eq!((found[0].log_date, found[0].due_on, found[0].due_at), (july(6), july(6), at("21:00:00")));
        assert_eq!((found[0].tenant_id, found[0].placement_id), (placed.tenant, placement));
        assert_eq!(due(fixture, at("21:00:00"), None, 1).await, found[..1]);
        assert_eq!(due(fixture, at("21:00:00"), Some((placed.industrial, first)), 10).await, found[1..]);
    }

    async fn nobody_is_reminded_of_a_review_that_is_not_theirs_to_give(fixture: &SqlFixture) {
        let placed = Placed::new(fixture, "udsm").await;
        let suspended = placed.placement(fixture, "suspended").await;
        placed.entry(fixture, suspended, Entry::due("submitted", 6, at("21:00:00"))).await;
        // Ended on the 10th: industry reviews for 14 more days, the academic side for good.
        let ended: PlacementId = placed.placement(fixture, "terminated").await;
        let soon = placed.entry(fixture, ended, Entry { due_on: Some(july(24)), ..Entry::due("submitted", 7, at("21:00:00")) }).await;
        placed.entry(fixture, ended, Entry { due_on: Some(july(25)), ..Entry::due("submitted", 8, at("21:00:00")) }).await;
        let academic =
            placed.entry(fixture, ended, Entry { due_on: Some(july(30)), ..Entry::due("industry_verified", 9, at("21:00:00")) }).await;
        let found: Vec<_> = due(fixture, at("23:00:00"), None, 10).await.iter().map(|review| review.entry_id).collect();
        assert_eq!(found, [soon, academic]);
        let elsewhere = fixture.institution("ardhi").await;
        let mut reader = fixture.read(Scope::tenant(elsewhere)).await;
        assert!(reader.notifications().reviews_due(at("23:00:00"), None, 10).await.unwrap().is_empty());
    }
}
