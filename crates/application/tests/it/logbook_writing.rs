//! What a student writes, and who sees it.

use ipt_application::logbook::{LogbookError, delete, edit, get, hand_in, history};
use ipt_domain::{
    id::{PlacementId, TenantId},
    identity::{membership, role::Role},
    logbook::{
        refusal::Refusal,
        state::StateName,
        visibility::{ShownReport, View},
    },
    version::Version,
};
use ipt_testkit::builders;
use uuid::Uuid;

use crate::support::{Stage, TEXT, codes, command, draft, recall, reject, worked};

#[tokio::test]
async fn a_submitted_day_waits_for_industry_and_leaves_one_event_and_one_audit_record() {
    let stage = Stage::new().await;
    let records = stage.database.audit_records().len();
    let shown = stage.submit("07-06").await.unwrap();
    assert_eq!(shown.entry.state().name(), StateName::Submitted);
    assert_eq!(
        (shown.view, shown.student_name.as_str()),
        (View::Author, "Asha Mushi")
    );

    let left: Vec<_> = stage
        .database
        .messages_left()
        .into_iter()
        .map(|left| left.message.topic.as_str())
        .collect();
    assert_eq!(left, ["log_transition"]);
    let new = stage.database.audit_records().split_off(records);
    let deeds: Vec<_> = new
        .iter()
        .map(|record| (record.action.as_ref(), record.object_id))
        .collect();
    assert_eq!(deeds, [("logbook.submit", shown.entry.id().uuid())]);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_together_and_nothing_is_stored() {
    let stage = Stage::new().await;
    stage.submit("07-06").await.unwrap();
    let before = stage.database.audit_records().len();
    let short = command("07-06", "Too short.");
    assert_eq!(
        codes(stage.submit_as(&stage.student(), short).await),
        ["duplicate_day", "content_too_short"]
    );
    let early = command("07-05", TEXT);
    assert_eq!(
        codes(stage.submit_as(&stage.student(), early).await),
        ["outside_placement_period"]
    );
    assert_eq!(codes(stage.submit("07-07").await), ["in_the_future"]);
    assert_eq!(stage.database.audit_records().len(), before);
    assert_eq!(stage.found(&stage.student(), <_>::default()).await.len(), 1);
}

#[tokio::test]
async fn hours_above_the_limit_of_the_week_are_accepted_and_marked() {
    let stage = Stage::new().await;
    let long = |date: &str| {
        let mut command = command(date, TEXT);
        command.report.hours_worked = Some(Some(12.0));
        command
    };
    for (date, excess) in [
        ("07-06", false),
        ("07-07", false),
        ("07-08", false),
        ("07-09", false),
        ("07-10", false),
        ("07-11", true),
    ] {
        stage.at(&format!("{date} 20:00"));
        let shown = stage.submit_as(&stage.student(), long(date)).await.unwrap();
        assert_eq!(shown.entry.submission().unwrap().excess_hours, excess, "{date}");
    }
}

#[tokio::test]
async fn a_placement_must_be_named_where_there_are_several_and_found_where_it_is_named() {
    let stage = Stage::new().await;
    let second = stage.world.id();
    stage
        .world
        .add_placement(&builders::active_placement(second, stage.world.placed()))
        .await;
    assert!(matches!(
        stage.submit("07-06").await,
        Err(LogbookError::PlacementRequired)
    ));

    let named = |id| ipt_application::logbook::submit::Command {
        placement_id: Some(id),
        ..command("07-06", TEXT)
    };
    let shown = stage.submit_as(&stage.student(), named(second)).await.unwrap();
    assert_eq!(shown.entry.placement_id(), second);
    let unknown = PlacementId::new(Uuid::from_u128(1));
    let missing = stage.submit_as(&stage.student(), named(unknown)).await;
    assert!(matches!(missing, Err(LogbookError::PlacementNotFound)));
    let foreign = stage.submit_as(&stage.industrial(), command("07-06", TEXT)).await;
    assert!(matches!(foreign, Err(LogbookError::NoActivePlacement)));
}

#[tokio::test]
async fn a_draft_exists_for_its_author_alone() {
    let stage = Stage::new().await;
    let id = stage
        .submit_as(&stage.student(), draft("07-06", "So far"))
        .await
        .unwrap()
        .entry
        .id();
    assert_eq!(
        get::execute(&stage.services, &stage.student(), id)
            .await
            .unwrap()
            .view,
        View::Author
    );
    for other in [stage.industrial(), stage.university(), stage.coordinator()] {
        assert_eq!(
            codes(get::execute(&stage.services, &other, id).await),
            ["not_found"]
        );
        assert_eq!(
            codes(history::execute(&stage.services, &other, id).await),
            ["not_found"]
        );
        assert_eq!(stage.found(&other, <_>::default()).await, []);
    }
    assert_eq!(stage.found(&stage.student(), <_>::default()).await, [id]);

    let told = codes(hand_in::execute(&stage.services, &stage.student(), id, None).await);
    assert_eq!(told, ["content_too_short"]);
    let report = worked(TEXT);
    let complete = edit::Command {
        id,
        report,
        files: Vec::new(),
        submit: true,
        seen: None,
    };
    let shown = edit::execute(&stage.services, &stage.student(), complete)
        .await
        .unwrap();
    assert_eq!(
        (shown.entry.id(), shown.entry.state().name()),
        (id, StateName::Submitted)
    );
    assert_eq!(stage.found(&stage.industrial(), <_>::default()).await, [id]);
}

#[tokio::test]
async fn reviewers_read_what_was_handed_in_last_while_the_student_writes_on() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage
        .take(&stage.industrial(), id, reject("Which bearings?"))
        .await
        .unwrap();
    let report = worked("Fitted the bearings 6204 and measured the play.");
    let edited = edit::Command {
        id,
        report,
        files: Vec::new(),
        submit: false,
        seen: None,
    };
    edit::execute(&stage.services, &stage.student(), edited)
        .await
        .unwrap();

    let text =
        |shown: &ipt_application::logbook::ShownLog| match shown.entry.shown_report(shown.view).unwrap() {
            ShownReport::InProgress(draft) => draft.content.as_str().to_owned(),
            ShownReport::Submitted(told) => told.report.content.as_ref().unwrap().as_str().to_owned(),
        };
    let of_student = get::execute(&stage.services, &stage.student(), id).await.unwrap();
    let of_reviewer = get::execute(&stage.services, &stage.industrial(), id)
        .await
        .unwrap();
    assert_eq!(
        text(&of_student),
        "Fitted the bearings 6204 and measured the play."
    );
    assert_eq!(text(&of_reviewer), TEXT);

    let revised = hand_in::execute(&stage.services, &stage.student(), id, None)
        .await
        .unwrap();
    assert_eq!(
        (revised.entry.revision(), revised.entry.state().name()),
        (2, StateName::Submitted)
    );
    let history = history::execute(&stage.services, &stage.industrial(), id)
        .await
        .unwrap();
    let texts: Vec<_> = history.revisions.iter().map(|text| text.revision).collect();
    assert_eq!(texts, [1, 2]);
    let steps: Vec<_> = history
        .reviews
        .iter()
        .map(|review| (review.record.action.as_str(), review.by_name.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("submit", "Asha Mushi"),
            ("reject", "Juma Said"),
            ("revise", "Asha Mushi")
        ]
    );
}

#[tokio::test]
async fn an_edit_of_a_version_that_is_past_is_refused() {
    let stage = Stage::new().await;
    let id = stage
        .submit_as(&stage.student(), draft("07-06", "So far"))
        .await
        .unwrap()
        .entry
        .id();
    let change = |seen| edit::Command {
        id,
        report: worked(TEXT),
        files: Vec::new(),
        submit: false,
        seen,
    };
    let changed = edit::execute(&stage.services, &stage.student(), change(Some(Version::FIRST)))
        .await
        .unwrap();
    assert_eq!(changed.entry.version(), Version::new(2));
    let late = edit::execute(&stage.services, &stage.student(), change(Some(Version::FIRST))).await;
    assert!(matches!(
        late,
        Err(LogbookError::Refusal(Refusal::Stale { seen: Version::FIRST, current })) if current == Version::new(2)
    ));
}

#[tokio::test]
async fn a_draft_can_be_dropped_until_it_was_handed_in() {
    let stage = Stage::new().await;
    let id = stage
        .submit_as(&stage.student(), draft("07-06", "So far"))
        .await
        .unwrap()
        .entry
        .id();
    delete::execute(&stage.services, &stage.student(), id, None)
        .await
        .unwrap();
    assert_eq!(
        codes(get::execute(&stage.services, &stage.student(), id).await),
        ["not_found"]
    );

    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage.take(&stage.student(), id, recall()).await.unwrap();
    let told = codes(delete::execute(&stage.services, &stage.student(), id, None).await);
    assert_eq!(told, ["invalid_transition"]);
}

#[tokio::test]
async fn for_people_of_another_institution_an_entry_does_not_exist() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    let elsewhere: TenantId = stage.world.id();
    stage.world.add_institution(elsewhere, "ardhi").await;
    let held = builders::membership(
        stage.world.id(),
        stage.world.id(),
        Some(elsewhere),
        &[Role::Coordinator],
    );
    let mut foreigner = stage.coordinator();
    foreigner.actor = membership::actor(held.user_id, Some(elsewhere), &[held], false);
    assert_eq!(
        codes(get::execute(&stage.services, &foreigner, id).await),
        ["not_found"]
    );
    assert_eq!(stage.found(&foreigner, <_>::default()).await, []);

    let stranger = stage.world.add_member("Baraka John", &[Role::Student]).await;
    let stranger = stage.caller(stranger, Role::Student);
    assert_eq!(
        codes(get::execute(&stage.services, &stranger, id).await),
        ["forbidden"]
    );
}
