//! Who is told of the verification chain.

use ipt_domain::{
    id::{DelegationId, UserId},
    identity::role::Role,
    logbook::transition::{ReturnTo, StepKind},
    placement::delegation::{Delegation, DelegationParts, Part},
};
use ipt_ports::engagement::{Channel, Topic};
use ipt_testkit::memory::Standing;
use uuid::Uuid;

use super::{deliver_all, under_way};
use crate::tests::{Place, approve, date};

#[tokio::test]
async fn each_step_of_the_chain_is_told_to_the_next_one() {
    let (place, placement) = under_way().await;
    let log = place.submit(placement, "2026-07-06").await;
    place.decide(place.salim, log, approve()).await;
    place.decide(place.juma, log, StepKind::Validate).await;
    let delivered = deliver_all(&place.world).await;
    // Three events, and a mail for each.
    assert_eq!(
        (delivered.done, delivered.given_up, delivered.put_back),
        (6, 0, 0)
    );
    let state = place.world.state();
    assert_eq!(state.told(place.salim), ["log_submitted"]);
    assert_eq!(state.told(place.juma), ["log_approved"]);
    assert_eq!(state.told(place.asha), ["log_validated"]);
    assert!(state.told(place.cora).is_empty());
    let to: Vec<_> = place
        .world
        .mailer
        .mails()
        .into_iter()
        .map(|mail| (mail.to_address, mail.subject))
        .collect();
    let expected = [
        ("salim", "log_submitted"),
        ("juma", "log_approved"),
        ("asha", "log_validated"),
    ];
    for (name, template) in expected {
        assert!(
            to.contains(&(format!("{name}@uni.example"), template.to_owned())),
            "{to:?}"
        );
    }
}

#[tokio::test]
async fn a_request_for_revision_tells_the_student_why() {
    let (place, placement) = under_way().await;
    let log = place.submit(placement, "2026-07-06").await;
    place
        .decide(place.salim, log, StepKind::Reject { skills: Vec::new() })
        .await;
    deliver_all(&place.world).await;
    let state = place.world.state();
    let told = state
        .notifications
        .values()
        .find(|note| note.user_id == place.asha)
        .unwrap();
    assert_eq!(told.kind, "log_rejected");
    assert_eq!(told.object, ("log".to_owned(), log.uuid()));
    assert_eq!(told.values["comments"], "the second pump");
    assert_eq!(told.values["organisation"], "TANESCO");
    let mail = place
        .world
        .mailer
        .mails()
        .into_iter()
        .find(|mail| mail.subject == "log_rejected")
        .unwrap();
    assert!(mail.text.contains("the second pump"), "{}", mail.text);
    assert!(
        mail.text.contains(&format!("https://ipt.example/logs/{log}")),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn disputes_and_flags_go_to_the_coordinators_and_come_back() {
    let (place, placement) = under_way().await;
    let second = place.world.with_roles("second", &[Role::Coordinator]);
    let log = place.submit(placement, "2026-07-06").await;
    place.decide(place.salim, log, approve()).await;
    place.decide(place.juma, log, StepKind::Flag).await;
    place
        .decide(place.cora, log, StepKind::Return(ReturnTo::Academic))
        .await;
    deliver_all(&place.world).await;
    let state = place.world.state();
    assert_eq!(state.told(place.cora), ["log_flagged"]);
    assert_eq!(state.told(second), ["log_flagged"]);
    assert_eq!(state.told(place.juma), ["log_approved", "log_returned_academic"]);
}

#[tokio::test]
async fn without_a_coordinator_an_administrator_is_told() {
    let (place, placement) = under_way().await;
    let admin = place.world.with_roles("admin", &[Role::TenantAdmin]);
    let cora = place.world.memberships_of(place.cora, place.world.tenant)[0].id;
    place
        .world
        .change_membership(cora, |held| held.roles = vec![Role::Student]);
    let log = place.submit(placement, "2026-07-06").await;
    place
        .decide(place.salim, log, StepKind::Reject { skills: Vec::new() })
        .await;
    place.decide(place.asha, log, StepKind::Dispute).await;
    deliver_all(&place.world).await;
    assert_eq!(place.world.state().told(admin), ["log_disputed"]);
}

#[tokio::test]
async fn a_void_is_told_to_all_three_but_not_to_whoever_did_it() {
    let (place, placement) = under_way().await;
    let log = place.submit(placement, "2026-07-06").await;
    place.decide(place.cora, log, StepKind::Void).await;
    deliver_all(&place.world).await;
    let state = place.world.state();
    for user in [place.asha, place.salim, place.juma] {
        assert!(state.told(user).contains(&"log_voided"));
    }
    assert!(state.told(place.cora).is_empty());
}

#[tokio::test]
async fn a_delegate_is_told_on_the_days_of_the_delegation() {
    let (place, placement) = under_way().await;
    let neema = place.world.person("neema");
    let delegation = Delegation::from_parts(DelegationParts {
        id: DelegationId::new(Uuid::from_u128(5)),
        placement_id: placement,
        part: Part::Industrial,
        delegate: neema,
        from: date("2026-07-07"),
        to: date("2026-07-10"),
        appointed_by: place.salim,
    });
    place.world.database.put_delegation(delegation.unwrap());
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    assert!(place.world.state().told(neema).is_empty());
    place.world.clock.advance(chrono::TimeDelta::days(1));
    place.submit(placement, "2026-07-07").await;
    deliver_all(&place.world).await;
    assert_eq!(place.world.state().told(neema), ["log_submitted"]);
}

#[tokio::test]
async fn a_mail_says_by_when_even_if_the_review_was_faster_than_the_worker() {
    let (place, placement) = under_way().await;
    let log = place.submit(placement, "2026-07-06").await;
    place.decide(place.salim, log, approve()).await;
    place.decide(place.juma, log, StepKind::Validate).await;
    deliver_all(&place.world).await;
    let due = |kind: &str| {
        let mails = place.world.mailer.mails();
        let mail = mails.into_iter().find(|mail| mail.subject == kind).unwrap();
        let (_, values) = mail.text.split_once(' ').unwrap();
        let values: serde_json::Value = serde_json::from_str(values).unwrap();
        values["due_date"].clone()
    };
    // Three working days for industry, seven for the academic side.
    assert_eq!(due("log_submitted"), "2026-07-09");
    assert_eq!(due("log_approved"), "2026-07-15");
}

#[tokio::test]
async fn told_twice_of_the_same_event_nobody_hears_of_it_twice() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    let (told, mails) = (
        place.world.state().notifications.len(),
        place.world.mailer.mails().len(),
    );
    // The event comes again, as after a crash behind the commit.
    place.world.database.change(|state| {
        let mut queued = state.outbox.values_mut();
        let told = queued.find(|queued| queued.message.topic == Topic::LogTransition);
        told.unwrap().standing = Standing::Queued;
    });
    assert_eq!(deliver_all(&place.world).await.done, 1);
    assert_eq!(place.world.state().notifications.len(), told);
    assert_eq!(place.world.mailer.mails().len(), mails);
}

/// A person does not want to be told of submissions by one channel, and by the others again.
fn declines(place: &Place, user: UserId, channel: Channel) {
    let key = (user, "log_submitted".to_owned(), channel);
    place
        .world
        .database
        .change(|state| state.preferences = [(key, false)].into());
}

#[tokio::test]
async fn a_person_is_told_by_the_channels_wanted() {
    let (place, placement) = under_way().await;
    declines(&place, place.salim, Channel::Mail);
    place.submit(placement, "2026-07-06").await;
    deliver_all(&place.world).await;
    assert_eq!(place.world.state().told(place.salim), ["log_submitted"]);
    assert!(place.world.mailer.mails().is_empty());
    declines(&place, place.salim, Channel::InApp);
    place.world.clock.advance(chrono::TimeDelta::days(1));
    place.submit(placement, "2026-07-07").await;
    deliver_all(&place.world).await;
    assert_eq!(place.world.mailer.mails().len(), 1);
    let state = place.world.state();
    let unread = state
        .notifications
        .values()
        .filter(|note| note.read_at.is_none())
        .count();
    assert_eq!(unread, 1, "the second one counts as read");
}

#[tokio::test]
async fn a_mail_goes_out_in_the_language_of_its_reader_and_holds_no_address_while_it_waits() {
    let (place, placement) = under_way().await;
    place
        .world
        .change_account(place.salim, |account| account.language = "sw".to_owned());
    place.submit(placement, "2026-07-06").await;
    super::deliver::execute(&place.world.services, 50).await.unwrap();
    let waiting = format!("{:?}", place.world.state().outbox);
    assert!(!waiting.contains("salim@uni.example"), "{waiting}");
    assert!(!waiting.contains("dial gauge"), "{waiting}");
    deliver_all(&place.world).await;
    let mail = place.world.mailer.mails().pop().unwrap();
    assert!(mail.text.starts_with("sw "), "{}", mail.text);
    assert_eq!(mail.to_address, "salim@uni.example");
}

#[tokio::test]
async fn somebody_disabled_meanwhile_gets_no_mail() {
    let (place, placement) = under_way().await;
    place.submit(placement, "2026-07-06").await;
    super::deliver::execute(&place.world.services, 50).await.unwrap();
    let now = place.world.clock_now();
    place
        .world
        .change_account(place.salim, |account| account.disabled_at = Some(now));
    let delivered = deliver_all(&place.world).await;
    assert_eq!((delivered.done, delivered.given_up), (1, 0));
    assert!(place.world.mailer.mails().is_empty());
}
