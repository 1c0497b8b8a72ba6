//! The outbox and its leases.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::future::join_all;
use ipt_domain::{Instant, id::JobId};
use ipt_ports::{
    Scope, SystemScope,
    engagement::{FailureSort, Kept, Message, PendingMessage},
    page::{Direction, PageRequest, Position, Sort},
};

use crate::support::{
    Fixture, on_every_database,
    seeds::{OPERATOR, at},
};

const WORKER: Scope = Scope::System(SystemScope::Worker);

async fn enqueue(fixture: &Fixture, messages: &[Message]) {
    let mut unit = fixture.begin(WORKER).await;
    unit.outbox().enqueue(messages).await.unwrap();
    unit.commit().await.unwrap();
}

async fn claim(fixture: &Fixture, limit: u32, now: Instant, until: Instant) -> Vec<PendingMessage> {
    let mut unit = fixture.begin(WORKER).await;
    let claimed = unit.outbox().claim(limit, now, until).await.unwrap();
    unit.commit().await.unwrap();
    claimed
}

/// The newest that were given up.
fn failures(limit: u16, after: Option<Position>) -> PageRequest<FailureSort> {
    let sort = Sort {
        field: FailureSort::FailedAt,
        direction: Direction::Descending,
    };
    PageRequest {
        limit,
        after,
        sort: vec![sort],
    }
}

fn ids(claimed: &[PendingMessage]) -> Vec<JobId> {
    claimed.iter().map(|pending| pending.message.id).collect()
}

on_every_database! {
    async fn messages_are_claimed_when_they_are_due_and_the_longest_waiting_first(fixture: &Fixture) {
        let mut messages: Vec<_> = (0..4).map(|_| fixture.message(None)).collect();
        messages[0].available_at = at("09:00:00");
        messages[1].available_at = at("08:30:00.000001");
        messages[2].available_at = at("08:30:00");
        messages[3].available_at = at("09:00:00.000001");
        enqueue(fixture, &messages).await;
        assert!(claim(fixture, 10, at("08:29:59.999999"), at("10:00:00")).await.is_empty());
        let two = claim(fixture, 2, at("09:00:00"), at("10:00:00")).await;
        assert_eq!(ids(&two), [messages[2].id, messages[1].id]);
        assert_eq!(two[0].message, messages[2]);
        assert_eq!(two[0].attempts, 1);
        assert_eq!(ids(&claim(fixture, 10, at("09:00:00"), at("10:00:00")).await), [messages[0].id]);
    }

    async fn several_workers_never_claim_the_same(fixture: &Fixture) {
        let messages: Vec<_> = (0..200).map(|_| fixture.message(None)).collect();
        enqueue(fixture, &messages).await;
        let work = async |_| {
            let mut mine = Vec::new();
            loop {
                let claimed = claim(fixture, 7, at("09:00:00"), at("10:00:00")).await;
                assert!(claimed.len() <= 7);
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(ids(&claimed));
            }
        };
        let claimed: Vec<JobId> = join_all((0..8).map(work)).await.concat();
        assert_eq!(claimed.len(), 200);
        assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 200);
    }

    async fn a_claim_that_ran_out_is_due_again(fixture: &Fixture) {
        let message = fixture.message(None);
        enqueue(fixture, std::slice::from_ref(&message)).await;
        assert_eq!(claim(fixture, 1, at("09:00:00"), at("09:05:00")).await.len(), 1);
        assert!(claim(fixture, 1, at("09:04:59.999999"), at("09:10:00")).await.is_empty());
        let again = claim(fixture, 1, at("09:05:00"), at("09:10:00")).await;
        assert_eq!(ids(&again), [message.id]);
        assert_eq!(again[0].attempts, 2);
    }

    async fn a_finished_message_never_comes_back(fixture: &Fixture) {
        let message = fixture.message(None);
        enqueue(fixture, std::slice::from_ref(&message)).await;
        claim(fixture, 1, at("09:00:00"), at("09:05:00")).await;
        let mut unit = fixture.begin(WORKER).await;
        unit.outbox().complete(message.id, at("09:01:00")).await.unwrap();
        // Whoever was slower changes nothing any more.
        unit.outbox().put_back(message.id, at("09:02:00"), "too late").await.unwrap();
        unit.outbox().give_up(message.id, at("09:02:00"), "too late").await.unwrap();
        unit.commit().await.unwrap();
        assert!(claim(fixture, 1, at("23:00:00"), at("23:05:00")).await.is_empty());
        let mut unit = fixture.begin(WORKER).await;
        assert_eq!(unit.retention().remove_past(Kept::Messages, at("09:01:00"), 10).await.unwrap(), 0);
        assert_eq!(unit.retention().remove_past(Kept::Messages, at("09:01:00.000001"), 10).await.unwrap(), 1);
        unit.commit().await.unwrap();
    }

    async fn a_message_put_back_waits_for_its_time(fixture: &Fixture) {
        let message = fixture.message(None);
        enqueue(fixture, std::slice::from_ref(&message)).await;
        claim(fixture, 1, at("09:00:00"), at("09:05:00")).await;
        let mut unit = fixture.begin(WORKER).await;
        unit.outbox().put_back(message.id, at("09:30:00"), "the mail server is away").await.unwrap();
        unit.commit().await.unwrap();
        assert!(claim(fixture, 1, at("09:29:59"), at("10:00:00")).await.is_empty());
        assert_eq!(claim(fixture, 1, at("09:30:00"), at("10:00:00")).await[0].attempts, 2);
    }

    async fn a_message_given_up_is_seen_and_can_be_retried_by_its_institution_alone(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let (theirs, ours) = (fixture.message(Some(udsm)), fixture.message(None));
        enqueue(fixture, &[theirs.clone(), ours.clone()]).await;
        claim(fixture, 2, at("09:00:00"), at("09:05:00")).await;
        let mut unit = fixture.begin(WORKER).await;
        for message in [&theirs, &ours] {
            unit.outbox().give_up(message.id, at("09:01:00"), "refused for good").await.unwrap();
        }
        unit.commit().await.unwrap();
        let mut reader = fixture.read(Scope::tenant(udsm)).await;
        let failed = reader.notifications().failed_messages(Some(udsm), &failures(10, None)).await.unwrap().items;
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0].message, theirs);
        assert_eq!((failed[0].attempts, failed[0].error.as_str()), (1, "refused for good"));
        assert_eq!(failed[0].failed_at, at("09:01:00"));
        assert!(reader.notifications().failed_messages(None, &failures(10, None)).await.unwrap().items.is_empty());
        assert_eq!(reader.notifications().failed_count(Some(udsm)).await.unwrap(), 1);
        let one = reader.notifications().failed_message(theirs.id, Some(udsm)).await.unwrap();
        assert_eq!(one.as_ref(), failed.first());
        for (id, tenant) in [(theirs.id, None), (theirs.id, Some(ardhi)), (ours.id, Some(udsm)), (ours.id, None)] {
            assert_eq!(reader.notifications().failed_message(id, tenant).await.unwrap(), None);
        }
        drop(reader);
        let mut unit = fixture.begin(Scope::tenant(ardhi)).await;
        assert!(!unit.outbox().retry(theirs.id, Some(ardhi), at("10:00:00")).await.unwrap());
        assert!(!unit.outbox().retry(theirs.id, Some(udsm), at("10:00:00")).await.unwrap());
        drop(unit);
        let mut unit = fixture.begin(Scope::tenant(udsm)).await;
        assert!(unit.outbox().retry(theirs.id, Some(udsm), at("10:00:00")).await.unwrap());
        assert!(!unit.outbox().retry(theirs.id, Some(udsm), at("10:00:00")).await.unwrap());
        unit.commit().await.unwrap();
        let again = claim(fixture, 5, at("10:00:00"), at("10:05:00")).await;
        assert_eq!(ids(&again), [theirs.id]);
        assert_eq!(again[0].attempts, 1, "the count begins anew");
    }

    async fn what_was_given_up_is_listed_page_by_page_the_newest_first(fixture: &Fixture) {
        let messages: Vec<_> = (0..5).map(|_| fixture.message(None)).collect();
        enqueue(fixture, &messages).await;
        claim(fixture, 5, at("09:00:00"), at("09:05:00")).await;
        let mut unit = fixture.begin(WORKER).await;
        // Two at the same moment: their ids break the tie.
        for (message, time) in messages.iter().zip(["09:03:00", "09:01:00", "09:02:00", "09:02:00", "09:04:00"]) {
            unit.outbox().give_up(message.id, at(time), "refused").await.unwrap();
        }
        unit.commit().await.unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let mut reader = fixture.read(OPERATOR).await;
            let page = reader.notifications().failed_messages(None, &failures(2, after)).await.unwrap();
            assert!(page.items.len() <= 2);
            seen.extend(page.items.iter().map(|failed| failed.message.id));
            after = page.next;
            if after.is_none() {
                assert_eq!(reader.notifications().failed_count(None).await.unwrap(), 5);
                break;
            }
        }
        let [third, fifth, earlier, later, first] = [0, 1, 2, 3, 4].map(|number: usize| messages[number].id);
        let (earlier, later) = (earlier.min(later), earlier.max(later));
        assert_eq!(seen, [first, third, later, earlier, fifth]);
    }

    async fn what_is_undone_sends_nothing(fixture: &Fixture) {
        let mut unit = fixture.begin(WORKER).await;
        unit.outbox().enqueue(&[fixture.message(None)]).await.unwrap();
        drop(unit);
        assert!(claim(fixture, 1, at("09:00:00"), at("10:00:00")).await.is_empty());
    }

    async fn a_message_of_another_institution_cannot_be_written(fixture: &Fixture) {
        let (udsm, ardhi) = (fixture.institution("udsm").await, fixture.institution("ardhi").await);
        let mut unit = fixture.begin(Scope::tenant(udsm)).await;
        assert!(unit.outbox().enqueue(&[fixture.message(Some(ardhi))]).await.is_err());
    }

    async fn the_backlog_tells_how_many_wait_and_since_when(fixture: &Fixture) {
        let backlog = async || fixture.read(WORKER).await.notifications().backlog().await.unwrap();
        assert_eq!(backlog().await, (0, None));
        let (mut first, second) = (fixture.message(None), fixture.message(None));
        first.available_at = at("07:00:00.5");
        enqueue(fixture, &[first.clone(), second]).await;
        assert_eq!(backlog().await, (2, Some(at("07:00:00.5"))));
        claim(fixture, 1, at("09:00:00"), at("09:05:00")).await;
        let mut unit = fixture.begin(WORKER).await;
        unit.outbox().complete(first.id, at("09:01:00")).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(backlog().await, (1, Some(at("08:00:00"))));
    }

    async fn a_lease_has_one_holder_until_it_runs_out(fixture: &Fixture) {
        let take = async |holder: &str, now: Instant| {
            let mut unit = fixture.begin(WORKER).await;
            let taken = unit.outbox().take_lease("reminders", holder, now, now + TimeDelta::minutes(1)).await.unwrap();
            unit.commit().await.unwrap();
            taken
        };
        assert!(take("a", at("09:00:00")).await);
        assert!(!take("b", at("09:00:30")).await);
        assert!(take("a", at("09:00:30")).await, "a holder renews its own");
        assert!(!take("b", at("09:01:29")).await);
        assert!(take("b", at("09:01:30")).await);
        assert!(!take("a", at("09:01:31")).await);
    }

    async fn of_eight_that_take_a_lease_at_once_one_gets_it(fixture: &Fixture) {
        let take = async |number: u32| {
            let mut unit = fixture.begin(WORKER).await;
            let holder = format!("worker {number}");
            let taken = unit.outbox().take_lease("digest", &holder, at("09:00:00"), at("09:01:00")).await.unwrap();
            unit.commit().await.unwrap();
            taken
        };
        let taken = join_all((0..8).map(take)).await;
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
    }
}
