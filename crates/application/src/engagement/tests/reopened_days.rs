//! Who is told of days that were opened again.

use ipt_domain::{id::PlacementId, identity::role::Role};
use ipt_ports::engagement::Channel;

use super::{deliver_all, under_way};
use crate::{
    placement::{placements::create, reopen_days},
    tests::{Place, date},
};

async fn reopen(place: &Place, placement_ids: Vec<PlacementId>) {
    let command = reopen_days::Command {
        placement_ids,
        from: date("2026-07-13"),
        to: date("2026-07-17"),
        reason: Some("the network was down".to_owned()),
    };
    reopen_days::execute(&place.world.services, &place.caller(place.cora), &command)
        .await
        .unwrap();
}

#[tokio::test]
async fn each_student_is_told_once_and_says_by_which_way() {
    let (place, first) = under_way().await;
    let baraka = place.world.with_roles("baraka", &[Role::Student]);
    let second = place
        .approved(&create::Command {
            student_id: Some(baraka),
            ..place.supervised()
        })
        .await;
    deliver_all(&place.world).await;
    place.world.database.change(|state| state.notifications.clear());
    let by_mail = (baraka, "log_days_reopened".to_owned(), Channel::Mail);
    place
        .world
        .database
        .change(|state| state.preferences.insert(by_mail, false));
    reopen(&place, vec![second, first, first]).await;
    deliver_all(&place.world).await;

    let state = place.world.state();
    assert_eq!(state.told(place.asha), ["log_days_reopened"]);
    assert_eq!(state.told(baraka), ["log_days_reopened"]);
    for user in [place.cora, place.salim, place.juma] {
        assert!(state.told(user).is_empty());
    }
    let note = state.notifications.values().next().unwrap();
    assert_eq!(note.values["from_date"], "2026-07-13");
    assert_eq!(note.values["to_date"], "2026-07-17");
    assert_eq!(note.values["reason"], "the network was down");
    let mails = place.world.mailer.mails();
    let to: Vec<_> = mails.iter().map(|mail| mail.to_address.as_str()).collect();
    assert_eq!(to, ["asha@uni.example"]);
}

#[tokio::test]
async fn days_opened_once_more_are_told_once_more() {
    let (place, placement) = under_way().await;
    reopen(&place, vec![placement]).await;
    reopen(&place, vec![placement]).await;
    deliver_all(&place.world).await;
    assert_eq!(
        place.world.state().told(place.asha),
        ["log_days_reopened", "log_days_reopened"]
    );
}
