//! Files: stored before the entry that refers to them, and gone when none does.

use chrono::TimeDelta;
use ipt_application::logbook::{
    LogbookError, delete, detach, download, edit, hand_in, submit,
    upload::{self, Uploaded},
};
use ipt_domain::{id::LogEntryId, logbook::input::ReportInput};
use ipt_ports::blob_store::BlobError;
use ipt_testkit::memory::BlobWeather;

use crate::support::{Stage, TEXT, codes, command, draft, reject};

const PDF: &[u8] = b"%PDF-1.7 the drawing of a shaft";

async fn submit_with(
    stage: &Stage,
    command: submit::Command,
    files: Vec<Uploaded>,
) -> Result<LogEntryId, LogbookError> {
    let command = submit::Command { files, ..command };
    stage
        .submit_as(&stage.student(), command)
        .await
        .map(|shown| shown.entry.id())
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[tokio::test]
async fn the_files_of_a_refused_submission_are_discarded() {
    let stage = Stage::new().await;
    let file = stage.upload("shaft.pdf", PDF).await.unwrap();
    assert_eq!(stage.blobs.keys(), [file.key.as_str()]);
    let refused = submit_with(&stage, command("07-07", TEXT), vec![file.clone()]).await;
    assert_eq!(codes(refused), ["in_the_future"]);
    upload::discard(&stage.services, &[file]).await;
    assert_eq!(stage.blobs.keys(), nothing());
}

#[tokio::test]
async fn what_no_entry_has_come_to_refer_to_is_removed_a_day_later() {
    let stage = Stage::new().await;
    let kept = stage.upload("shaft.pdf", PDF).await.unwrap();
    let lost = stage.upload("bearing.pdf", PDF).await.unwrap();
    submit_with(&stage, command("07-06", TEXT), vec![kept.clone()])
        .await
        .unwrap();
    stage.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    stage.deliver_all().await;
    assert_eq!(stage.blobs.keys(), [kept.key.as_str(), lost.key.as_str()]);
    stage.clock.advance(TimeDelta::seconds(1));
    stage.deliver_all().await;
    assert_eq!(stage.blobs.keys(), [kept.key.as_str()]);
    assert_eq!(stage.database.messages_left(), []);
}

#[tokio::test]
async fn a_file_that_is_not_taken_leaves_nothing_behind() {
    let stage = Stage::new().await;
    let unknown = stage.upload("shaft.pdf", b"\x7fELF").await;
    assert!(matches!(unknown, Err(LogbookError::Blob(BlobError::Type(None)))));
    stage.blobs.turn(BlobWeather::Full);
    let full = stage.upload("shaft.pdf", PDF).await;
    assert!(matches!(full, Err(LogbookError::Blob(BlobError::Unavailable(_)))));
    assert_eq!(stage.blobs.keys(), nothing());
}

#[tokio::test]
async fn a_dropped_draft_takes_its_files_with_it() {
    let stage = Stage::new().await;
    let file = stage.upload("shaft.pdf", PDF).await.unwrap();
    let id = submit_with(&stage, draft("07-06", "So far"), vec![file])
        .await
        .unwrap();
    delete::execute(&stage.services, &stage.student(), id, None)
        .await
        .unwrap();
    stage.deliver_all().await;
    assert_eq!(stage.blobs.keys(), nothing());
}

#[tokio::test]
async fn a_file_taken_off_stays_with_the_text_that_had_it() {
    let stage = Stage::new().await;
    let file = stage.upload("shaft.pdf", PDF).await.unwrap();
    let id = submit_with(&stage, command("07-06", TEXT), vec![file.clone()])
        .await
        .unwrap();
    stage
        .take(&stage.industrial(), id, reject("Which bearings?"))
        .await
        .unwrap();
    detach::execute(&stage.services, &stage.student(), file.attachment.id(), None)
        .await
        .unwrap();
    let revised = hand_in::execute(&stage.services, &stage.student(), id, None)
        .await
        .unwrap();
    assert_eq!(revised.entry.submission().unwrap().report.attachments, []);

    stage.clock.advance(TimeDelta::days(2));
    stage.deliver_all().await;
    assert_eq!(stage.blobs.keys(), [file.key.as_str()]);
    let found = download::find(&stage.services, &stage.industrial(), file.attachment.id())
        .await
        .unwrap();
    assert_eq!(found.file.attachment, file.attachment);
}

#[tokio::test]
async fn a_file_taken_off_a_draft_is_gone_for_good() {
    let stage = Stage::new().await;
    let file = stage.upload("shaft.pdf", PDF).await.unwrap();
    submit_with(&stage, draft("07-06", "So far"), vec![file.clone()])
        .await
        .unwrap();
    detach::execute(&stage.services, &stage.student(), file.attachment.id(), None)
        .await
        .unwrap();
    let again = detach::execute(&stage.services, &stage.student(), file.attachment.id(), None).await;
    assert!(matches!(again, Err(LogbookError::AttachmentNotFound)));
    stage.deliver_all().await;
    assert_eq!(stage.blobs.keys(), nothing());
}

#[tokio::test]
async fn a_reviewer_does_not_get_a_file_of_an_edit_in_progress() {
    let stage = Stage::new().await;
    let id = stage.submit("07-06").await.unwrap().entry.id();
    stage
        .take(&stage.industrial(), id, reject("Send the drawing."))
        .await
        .unwrap();
    let file = stage.upload("shaft.pdf", PDF).await.unwrap();
    let adding = edit::Command {
        id,
        report: ReportInput::default(),
        files: vec![file.clone()],
        submit: false,
        seen: None,
    };
    edit::execute(&stage.services, &stage.student(), adding)
        .await
        .unwrap();
    let file = file.attachment.id();
    assert!(
        download::find(&stage.services, &stage.student(), file)
            .await
            .is_ok()
    );
    let hidden = download::find(&stage.services, &stage.industrial(), file).await;
    assert!(matches!(hidden, Err(LogbookError::AttachmentNotFound)));
    hand_in::execute(&stage.services, &stage.student(), id, None)
        .await
        .unwrap();
    assert!(
        download::find(&stage.services, &stage.industrial(), file)
            .await
            .is_ok()
    );
}
