//! The files of a report: how many, how large, and of which kinds.

use super::{fixtures::*, world::World};
use crate::{
    logbook::{input::ReportInput, refusal::Refusal, violation::LogViolation},
    placement::{attachment_type::AttachmentType, policy::PolicyDraft},
};

#[test]
fn files_are_counted_measured_and_judged_by_their_kind() {
    let with = |files: Vec<_>| ReportInput {
        add_files: files,
        ..worked()
    };
    let several = |count| {
        (0..count)
            .map(|number| file(number, AttachmentType::Png, 10))
            .collect::<Vec<_>>()
    };
    let table = [
        (several(10), vec![]),
        (several(11), vec!["too_many_attachments"]),
        (vec![file(1, AttachmentType::Pdf, 10_000_000)], vec![]),
        (
            vec![file(1, AttachmentType::Pdf, 10_000_001)],
            vec!["attachment_too_large"],
        ),
    ];
    for (files, expected) in table {
        assert_eq!(
            codes(&World::new().submit_new("07-06", &with(files.clone()))),
            expected
        );
        assert_eq!(
            codes(&World::new().draft("07-06", &with(files.clone()))),
            expected,
            "a draft is judged too"
        );
        let mut world = World::new();
        world.draft("07-06", &ReportInput::default()).unwrap();
        assert_eq!(codes(&world.edit(&with(files))), expected, "and an edit");
    }
    let mut pictures_only = World::new();
    pictures_only.setting.policy = policy(PolicyDraft {
        attachment_types: Some(vec![AttachmentType::Png]),
        ..PolicyDraft::default()
    });
    let pdf = with(vec![file(1, AttachmentType::Pdf, 10)]);
    let expected = Refusal::Rules(vec![LogViolation::AttachmentType(AttachmentType::Pdf)]);
    assert_eq!(pictures_only.submit_new("07-06", &pdf), Err(expected));
}
