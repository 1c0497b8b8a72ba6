//! Lists: each role sees its own, page by page.

use ipt_application::logbook::{
    LogbookError, edit,
    list::{self, Filter},
};
use ipt_domain::{
    id::LogEntryId,
    logbook::state::StateName,
    placement::{placement::Placement, state::PlacementState},
};
use ipt_ports::{
    RepositoryError,
    logbook::LogSort,
    page::{Direction, PageRequest, Position, Sort},
};
use ipt_testkit::builders::{self, day, remark};

use crate::support::{Stage, TEXT, approve, command, draft, flag, reject, validate, worked};

/// One entry in each state that a chain passes, from Monday on: draft, submitted, revision requested, verified, flagged,
/// validated.
async fn one_in_each_state(stage: &Stage) -> Vec<LogEntryId> {
    let (student, industrial, university) = (stage.student(), stage.industrial(), stage.university());
    let mut ids = Vec::new();
    for date in ["07-06", "07-07", "07-08", "07-09", "07-10", "07-11"] {
        stage.at(&format!("{date} 17:00"));
        let made = if date == "07-06" {
            draft(date, "So far")
        } else {
            command(date, TEXT)
        };
        ids.push(stage.submit_as(&student, made).await.unwrap().entry.id());
    }
    stage
        .take(&industrial, ids[2], reject("Which bearings?"))
        .await
        .unwrap();
    for id in &ids[3..] {
        stage.take(&industrial, *id, approve()).await.unwrap();
    }
    stage
        .take(&university, ids[4], flag("This is the text of last week."))
        .await
        .unwrap();
    stage.take(&university, ids[5], validate()).await.unwrap();
    ids
}

#[tokio::test]
async fn an_inbox_holds_what_waits_for_the_person() {
    let stage = Stage::new().await;
    let ids = one_in_each_state(&stage).await;
    let awaiting = || Filter {
        awaiting_me: true,
        ..Filter::default()
    };
    assert_eq!(stage.found(&stage.student(), awaiting()).await, [ids[0], ids[2]]);
    assert_eq!(stage.found(&stage.industrial(), awaiting()).await, [ids[1]]);
    assert_eq!(stage.found(&stage.university(), awaiting()).await, [ids[3]]);
    assert_eq!(stage.found(&stage.coordinator(), awaiting()).await, [ids[4]]);
    assert_eq!(
        stage.found(&stage.coordinator(), Filter::default()).await,
        ids[1..]
    );
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let stage = Stage::new().await;
    let ids = one_in_each_state(&stage).await;
    let coordinator = stage.coordinator();
    let found = |filter| stage.found(&coordinator, filter);
    let states = vec![StateName::Submitted, StateName::Validated];
    assert_eq!(
        found(Filter {
            states,
            ..Filter::default()
        })
        .await,
        [ids[1], ids[5]]
    );
    let days = Filter {
        from: Some(day("2026-07-08")),
        to: Some(day("2026-07-09")),
        ..Filter::default()
    };
    assert_eq!(found(days).await, [ids[2], ids[3]]);
    assert_eq!(
        found(Filter {
            flagged: Some(true),
            ..Filter::default()
        })
        .await,
        [ids[4]]
    );
    assert_eq!(
        found(Filter {
            student_id: Some(stage.world.industrial),
            ..Filter::default()
        })
        .await,
        []
    );
    assert_eq!(
        found(Filter {
            placement_id: Some(stage.world.id()),
            ..Filter::default()
        })
        .await,
        []
    );
}

#[tokio::test]
async fn a_search_looks_into_what_was_handed_in_whatever_its_case() {
    let stage = Stage::new().await;
    let id = stage
        .submit_as(
            &stage.student(),
            command("07-06", "Die Welle GEÖLT, und 100% geprüft."),
        )
        .await;
    let id = id.unwrap().entry.id();
    stage
        .take(&stage.industrial(), id, reject("In English, please."))
        .await
        .unwrap();
    let report = worked("Oiled the shaft and tested all of it.");
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

    let text = |text: &str| Filter {
        text: Some(text.to_owned()),
        ..Filter::default()
    };
    for (searched, hits) in [("geölt", 1), ("WELLE", 1), ("100%", 1), ("100_", 0), ("shaft", 0)] {
        assert_eq!(
            stage.found(&stage.industrial(), text(searched)).await.len(),
            hits,
            "{searched}"
        );
    }
}

#[tokio::test]
async fn a_review_is_overdue_once_its_day_has_ended_and_never_while_the_placement_is_suspended() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    let overdue = |wanted| Filter {
        overdue: Some(wanted),
        ..Filter::default()
    };
    let coordinator = stage.coordinator();
    stage.at("07-09 23:59");
    assert_eq!(stage.found(&coordinator, overdue(true)).await, []);
    assert_eq!(stage.found(&coordinator, overdue(false)).await, [id]);
    stage.at("07-10 00:00");
    assert_eq!(stage.found(&coordinator, overdue(true)).await, [id]);

    let before = builders::active_placement(stage.world.placement, stage.world.placed());
    let suspended = PlacementState::Suspended {
        active_since: day("2026-07-06"),
        since: day("2026-07-09"),
        reason: remark("The plant is flooded."),
    };
    let mut parts = builders::placement_parts(stage.world.placement, stage.world.placed(), suspended);
    parts.version = before.version().next();
    stage
        .world
        .replace_placement(&Placement::from_parts(parts).unwrap(), &before)
        .await;
    assert_eq!(stage.found(&coordinator, overdue(true)).await, []);
    assert_eq!(stage.found(&coordinator, overdue(false)).await, [id]);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_what_has_no_due_date_comes_last() {
    let stage = Stage::new().await;
    let ids = one_in_each_state(&stage).await;
    let mut page = PageRequest {
        limit: 2,
        after: None,
        sort: vec![Sort {
            field: LogSort::DueAt,
            direction: Direction::Descending,
        }],
    };
    let mut seen = Vec::new();
    loop {
        let listed = list::execute(
            &stage.services,
            &stage.coordinator(),
            <_>::default(),
            &page,
            false,
        )
        .await
        .unwrap();
        assert_eq!(listed.total, None);
        seen.extend(listed.page.items.iter().map(|shown| shown.entry.id()));
        page.after = listed.page.next;
        if page.after.is_none() {
            break;
        }
    }
    assert_eq!(seen, [ids[3], ids[1], ids[5], ids[4], ids[2]]);

    page.after = Some(Position {
        values: vec![Some("no moment".to_owned())],
        id: ids[1].uuid(),
    });
    let foreign = list::execute(
        &stage.services,
        &stage.coordinator(),
        <_>::default(),
        &page,
        false,
    )
    .await;
    assert!(matches!(
        foreign,
        Err(LogbookError::Repository(RepositoryError::Backend(_)))
    ));
}
