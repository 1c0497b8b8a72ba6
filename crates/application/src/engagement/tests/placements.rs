//! Who is told of placements.

use ipt_domain::{identity::role::Role, text::Remark};

use super::deliver_all;
use crate::{
    placement::placements::{create, step::Step, update},
    tests::Place,
};

#[tokio::test]
async fn a_students_proposal_is_told_to_the_coordinators_and_mended_by_the_student() {
    let place = Place::new();
    let command = create::Command {
        student_id: None,
        ..place.supervised()
    };
    let id = place
        .propose(place.asha, &command)
        .await
        .unwrap()
        .view
        .placement
        .id();
    place.take(place.cora, id, Step::RequestChanges).await.unwrap();
    deliver_all(&place.world).await;
    let state = place.world.state();
    assert_eq!(state.told(place.cora), ["placement_proposed"]);
    assert_eq!(state.told(place.asha), ["placement_changes_requested"]);
    let told = state
        .notifications
        .values()
        .find(|note| note.user_id == place.asha)
        .unwrap();
    assert_eq!(
        told.values["reason"],
        Remark::parse(Some("because")).unwrap().unwrap().as_str()
    );
    assert!(state.told(place.salim).is_empty(), "nobody has agreed yet");
}

#[tokio::test]
async fn an_approval_is_told_to_the_student_and_both_supervisors() {
    let place = Place::new();
    place.approved(&place.supervised()).await;
    deliver_all(&place.world).await;
    let state = place.world.state();
    for user in [place.asha, place.salim, place.juma] {
        assert!(state.told(user).contains(&"placement_approved"));
    }
    assert!(state.told(place.cora).is_empty());
    assert!(
        place.world.mailer.mails().is_empty(),
        "placements are told in the application"
    );
}

#[tokio::test]
async fn a_replaced_supervisor_and_the_successor_both_hear_of_it() {
    let place = Place::new();
    let id = place.approved(&place.supervised()).await;
    let rehema = place.world.with_roles("rehema", &[Role::UniversitySupervisor]);
    let command = update::Command {
        university_supervisor_id: Some(Some(rehema)),
        reason: Some("on leave".to_owned()),
        ..update::Command::of(id)
    };
    update::execute(&place.world.services, &place.caller(place.cora), &command)
        .await
        .unwrap();
    deliver_all(&place.world).await;
    let state = place.world.state();
    for user in [place.asha, place.juma, rehema] {
        assert!(state.told(user).contains(&"placement_supervisor_changed"));
    }
    assert!(!state.told(place.salim).contains(&"placement_supervisor_changed"));
}

#[tokio::test]
async fn a_termination_is_told_to_everybody_with_its_reason() {
    let place = Place::new();
    let id = place.active().await;
    place
        .take(place.cora, id, Step::Terminate { effective_date: None })
        .await
        .unwrap();
    deliver_all(&place.world).await;
    let state = place.world.state();
    for user in [place.asha, place.salim, place.juma] {
        let told = state
            .notifications
            .values()
            .find(|note| note.user_id == user && note.kind == "placement_terminated");
        assert_eq!(told.unwrap().values["reason"], "because");
    }
}
