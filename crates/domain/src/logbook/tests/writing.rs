//! What a student writes: drafts, changes, files, revisions.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
    world::World,
};
use crate::{
    id::AttachmentId,
    logbook::{
        content::LogContent, hours::WorkedHours, input::ReportInput, kind::DayKind, report::DraftReport,
        state::State,
    },
    placement::attachment_type::AttachmentType,
    version::Version,
};

/// A report with something in every field.
fn full() -> ReportInput {
    ReportInput {
        kind: Some(DayKind::Training),
        skills: Some(vec!["Fitting".to_owned()]),
        captured_at: Some(Some(local("07-06 16:30"))),
        location: Some(Some(metres_east(10.0))),
        add_files: vec![file(1, AttachmentType::Png, 10), file(2, AttachmentType::Pdf, 20)],
        ..worked()
    }
}

fn draft_of(world: &World) -> DraftReport {
    world.entry().draft_report().unwrap().clone()
}

#[test]
fn a_draft_keeps_everything_that_was_told() {
    let mut world = World::new();
    world.draft("07-06", &full()).unwrap();
    let draft = draft_of(&world);
    assert_eq!(
        (draft.kind, draft.content.as_str()),
        (DayKind::Training, "Fitted the bearings and measured the play.")
    );
    assert_eq!(draft.hours.map(WorkedHours::as_hours), Some(8.0));
    assert_eq!(
        (draft.skills.as_slice(), draft.captured_at),
        (&["Fitting".to_owned()][..], Some(local("07-06 16:30")))
    );
    assert!(draft.fix.is_some());
    assert_eq!(
        draft.attachments,
        [file(1, AttachmentType::Png, 10), file(2, AttachmentType::Pdf, 20)]
    );
    let entry = world.entry();
    assert_eq!(
        (entry.student_id(), entry.placement_id(), entry.tenant_id()),
        (STUDENT.id(), placement_id(), tenant())
    );
    assert_eq!(
        (entry.log_date(), entry.revision(), entry.version()),
        (day("07-06"), 1, Version::FIRST)
    );
    assert_eq!(
        (entry.id(), entry.flag_count(), entry.submission()),
        (entry_id(), 0, None)
    );
    assert_eq!(
        *entry.state(),
        State::Draft {
            once_submitted: false
        }
    );
}

#[test]
fn a_change_that_says_nothing_changes_nothing() {
    let mut world = World::new();
    world.draft("07-06", &full()).unwrap();
    let before = draft_of(&world);
    world.edit(&ReportInput::default()).unwrap();
    assert_eq!(draft_of(&world), before);
}

#[test]
fn a_change_replaces_what_it_names_and_clears_what_it_empties() {
    let mut world = World::new();
    world.draft("07-06", &full()).unwrap();
    let change = ReportInput {
        kind: Some(DayKind::Worked),
        content: Some(String::new()),
        hours_worked: Some(None),
        skills: Some(Vec::new()),
        captured_at: Some(None),
        location: Some(None),
        remove_files: vec![AttachmentId::new(uuid::Uuid::from_u128(1))],
        add_files: vec![file(3, AttachmentType::Csv, 30)],
    };
    world.edit(&change).unwrap();
    let attachments = vec![file(2, AttachmentType::Pdf, 20), file(3, AttachmentType::Csv, 30)];
    assert_eq!(
        draft_of(&world),
        DraftReport {
            attachments,
            ..DraftReport::default()
        }
    );
}

#[test]
fn an_edit_that_is_refused_changes_nothing() {
    let mut world = World::new();
    world.draft("07-06", &full()).unwrap();
    let before = world.entry().clone();
    let wrong = ReportInput {
        content: Some("Another text.".to_owned()),
        ..worked_hours(-1.0)
    };
    assert_eq!(codes(&world.edit(&wrong)), ["hours_out_of_range"]);
    assert_eq!(*world.entry(), before);
}

#[test]
fn a_submission_keeps_everything_that_was_told_and_leaves_no_edit() {
    let mut world = World::new();
    world.submit_new("07-06", &full()).unwrap();
    assert_eq!(world.entry().draft_report(), None);
    let submission = world.entry().submission().unwrap();
    assert_eq!(
        (submission.by, submission.at),
        (STUDENT.id(), local("07-06 17:00"))
    );
    let report = &submission.report;
    assert_eq!(
        (report.kind, report.captured_at),
        (DayKind::Training, local("07-06 16:30"))
    );
    assert_eq!(
        (report.skills.as_slice(), report.attachments.len()),
        (&["Fitting".to_owned()][..], 2)
    );
}

#[test]
fn a_revision_starts_from_what_was_submitted() {
    let mut world = World::new();
    world.submit_new("07-06", &full()).unwrap();
    let before = world.entry().submission().unwrap().report.clone();
    world.take(INDUSTRIAL, &reject()).unwrap();
    world.hand_in(&ReportInput::default()).unwrap();
    assert_eq!(world.entry().submission().unwrap().report, before);
    assert_eq!(world.entry().revision(), 2);
}

#[test]
fn a_revision_starts_from_the_edit_in_progress_where_there_is_one() {
    let mut world = entry_in(Shape::RevisionBegun);
    world
        .hand_in(&ReportInput {
            content: None,
            ..worked_hours(7.0)
        })
        .unwrap();
    let report = &world.entry().submission().unwrap().report;
    let content = report.content.as_ref().map(LogContent::as_str);
    assert_eq!(content, Some("Fitted the bearings of the second pump."));
    assert_eq!(report.hours.map(WorkedHours::as_hours), Some(7.0));
    assert_eq!(world.entry().draft_report(), None);
}

#[test]
fn a_revision_that_is_refused_keeps_its_number_and_its_text() {
    let mut world = entry_in(Shape::RevisionRequested);
    let before = world.entry().clone();
    assert_eq!(codes(&world.hand_in(&text("short"))), ["content_too_short"]);
    assert_eq!(*world.entry(), before);
}

#[test]
fn each_revision_counts_one_more_and_a_recalled_draft_none() {
    let mut world = World::submitted();
    world.take(STUDENT, &recall()).unwrap();
    world.hand_in(&worked()).unwrap();
    assert_eq!(world.entry().revision(), 1);
    for revision in 2..=4 {
        world.take(INDUSTRIAL, &reject()).unwrap();
        world.hand_in(&worked()).unwrap();
        assert_eq!(world.entry().revision(), revision);
    }
}

#[test]
fn a_draft_that_was_never_submitted_is_dropped_with_its_version() {
    let world = entry_in(Shape::DraftNeverSubmitted);
    let actor = STUDENT.actor();
    let way = crate::logbook::review::Way::Single;
    let acting = crate::logbook::circumstances::Acting {
        actor: &actor,
        way,
        seen: None,
    };
    let deletion = world
        .entry()
        .clone()
        .delete(acting, &world.setting.circumstances(), fresh_ids(9))
        .unwrap();
    assert_eq!(
        (deletion.entry_id, deletion.tenant_id, deletion.version),
        (entry_id(), tenant(), Version::FIRST)
    );
    assert_eq!(deletion.event.id, fresh_ids(9).event);
}
