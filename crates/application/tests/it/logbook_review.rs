//! From the workplace to credit, one entry and many.

use ipt_application::logbook::{LogbookError, take_step_on_many};
use ipt_domain::{
    id::LogEntryId,
    identity::role::Role,
    logbook::{action::Action, review::Way, state::StateName},
    placement::{
        delegation::{Delegation, DelegationParts, Part},
        state::PlacementState,
    },
};
use ipt_testkit::builders::{self, day, remark};
use uuid::Uuid;

use crate::support::{Stage, approve, codes, draft, flag, reject, validate};

#[tokio::test]
async fn industry_verifies_and_the_university_validates() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    assert_eq!(
        codes(stage.take(&stage.university(), id, validate()).await),
        ["invalid_transition"]
    );
    let verified = stage.take(&stage.industrial(), id, approve()).await.unwrap();
    assert_eq!(verified.entry.state().name(), StateName::IndustryVerified);
    assert_eq!(verified.allowed, [Action::Retract]);
    let validated = stage.take(&stage.university(), id, validate()).await.unwrap();
    assert_eq!(
        (validated.entry.state().name(), validated.allowed),
        (StateName::Validated, Vec::new())
    );
    let by: Vec<_> = validated
        .reviews
        .iter()
        .map(|review| review.by_name.as_str())
        .collect();
    assert_eq!(by, ["Asha Mushi", "Juma Said", "Neema Paul"]);
}

#[tokio::test]
async fn a_supervisor_of_another_placement_cannot_approve() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    let other = stage
        .world
        .add_member("Baraka John", &[Role::IndustrialSupervisor])
        .await;
    let other = stage.caller(other, Role::IndustrialSupervisor);
    assert_eq!(
        codes(stage.take(&other, id, approve()).await),
        ["not_your_placement"]
    );
    assert_eq!(
        codes(stage.take(&stage.student(), id, approve()).await),
        ["forbidden"]
    );
}

#[tokio::test]
async fn a_delegate_acts_for_the_supervisor_on_the_days_of_the_appointment_and_both_are_named() {
    let stage = Stage::new().await;
    let delegate = stage
        .world
        .add_member("Baraka John", &[Role::IndustrialSupervisor])
        .await;
    stage.database.put_delegation(
        Delegation::from_parts(DelegationParts {
            id: stage.world.id(),
            placement_id: stage.world.placement,
            part: Part::Industrial,
            delegate,
            from: day("2026-07-10"),
            to: day("2026-07-14"),
            appointed_by: stage.world.coordinator,
        })
        .unwrap(),
    );
    let (first, second) = (stage.submit("07-06").await.unwrap(), {
        stage.at("07-07 17:00");
        stage.submit("07-07").await.unwrap()
    });
    let delegate = stage.caller(delegate, Role::IndustrialSupervisor);
    stage.at("07-14 23:59");
    assert_eq!(stage.found(&delegate, <_>::default()).await.len(), 2);
    let shown = stage.take(&delegate, first.entry.id(), approve()).await.unwrap();
    let review = shown.reviews.last().unwrap();
    assert_eq!(review.by_name, "Baraka John");
    assert_eq!(review.on_behalf_of_name.as_deref(), Some("Juma Said"));

    stage.at("07-15 00:00");
    assert_eq!(stage.found(&delegate, <_>::default()).await, []);
    let late = stage.take(&delegate, second.entry.id(), approve()).await;
    assert_eq!(codes(late), ["not_your_placement"]);
}

#[tokio::test]
async fn many_are_reviewed_in_one_action_and_each_stands_or_falls_by_itself() {
    let stage = Stage::new().await;
    let mut week: Vec<LogEntryId> = Vec::new();
    for date in ["07-06", "07-07", "07-08"] {
        stage.at(&format!("{date} 17:00"));
        week.push(stage.submit(date).await.unwrap().entry.id());
    }
    stage.at("07-09 17:00");
    let hidden = stage
        .submit_as(&stage.student(), draft("07-09", "So far"))
        .await
        .unwrap()
        .entry
        .id();
    let rejected = week[1];
    stage
        .take(&stage.industrial(), rejected, reject("Which bearings?"))
        .await
        .unwrap();
    let unknown = LogEntryId::new(Uuid::from_u128(1));

    let named = [week[0], rejected, week[2], hidden, unknown, week[0]];
    let outcomes = take_step_on_many::execute(&stage.services, &stage.industrial(), &named, &approve())
        .await
        .unwrap();
    let told: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| (outcome.id, codes(outcome.result)))
        .collect();
    assert_eq!(
        told,
        [
            (week[0], vec![]),
            (rejected, vec!["invalid_transition"]),
            (week[2], vec![]),
            (hidden, vec!["not_found"]),
            (unknown, vec!["not_found"]),
        ]
    );
    let ways = ipt_application::logbook::history::execute(&stage.services, &stage.student(), week[0])
        .await
        .unwrap();
    assert_eq!(ways.reviews.last().unwrap().record.way, Way::Many);

    let too_many: Vec<_> = (0..=100)
        .map(|number| LogEntryId::new(Uuid::from_u128(number)))
        .collect();
    for ids in [&[][..], &too_many] {
        let refused = take_step_on_many::execute(&stage.services, &stage.industrial(), ids, &approve()).await;
        assert!(matches!(refused, Err(LogbookError::NumberOfEntries { max: 100 })));
    }
}

#[tokio::test]
async fn industry_reviews_for_two_weeks_after_a_termination_and_the_university_without_end() {
    let stage = Stage::new().await;
    let (first, second) = (stage.submit("07-06").await.unwrap(), {
        stage.at("07-07 17:00");
        stage.submit("07-07").await.unwrap()
    });
    let ended = PlacementState::Terminated {
        active_since: Some(day("2026-07-06")),
        effective: day("2026-08-14"),
        reason: remark("The company closed."),
    };
    let before = builders::active_placement(stage.world.placement, stage.world.placed());
    let mut parts = builders::placement_parts(stage.world.placement, stage.world.placed(), ended);
    parts.version = before.version().next();
    let after = ipt_domain::placement::placement::Placement::from_parts(parts).unwrap();
    stage.world.replace_placement(&after, &before).await;

    stage.at("08-28 23:59");
    stage
        .take(&stage.industrial(), first.entry.id(), approve())
        .await
        .unwrap();
    stage.at("08-29 00:00");
    let late = stage
        .take(&stage.industrial(), second.entry.id(), approve())
        .await;
    assert_eq!(codes(late), ["not_your_placement"]);
    stage.at("09-10 09:00");
    stage
        .take(&stage.university(), first.entry.id(), validate())
        .await
        .unwrap();
}

#[tokio::test]
async fn who_flagged_an_entry_does_not_resolve_that_flag() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage.take(&stage.industrial(), id, approve()).await.unwrap();
    stage
        .take(&stage.university(), id, flag("This is the text of last week."))
        .await
        .unwrap();
    let both = ipt_application::Caller {
        actor: stage.world.actor(
            stage.world.university,
            &[Role::UniversitySupervisor, Role::Coordinator],
        ),
        ..stage.university()
    };
    let back = ipt_domain::logbook::transition::Step {
        kind: ipt_domain::logbook::transition::StepKind::Return(
            ipt_domain::logbook::transition::ReturnTo::Student,
        ),
        comments: Some("Talked to both of them.".to_owned()),
    };
    assert_eq!(
        codes(stage.take(&both, id, back.clone()).await),
        ["separation_of_duties"]
    );
    let returned = stage.take(&stage.coordinator(), id, back).await.unwrap();
    assert_eq!(returned.entry.state().name(), StateName::RevisionRequested);
}
