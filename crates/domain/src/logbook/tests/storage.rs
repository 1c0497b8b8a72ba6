//! Rebuilding an entry from storage: what contradicts itself is damage.

use super::{
    fixtures::*,
    shapes::{Shape, entry_in},
};
use crate::{
    error::Corruption,
    logbook::{
        action::{Action, Side},
        entry::LogEntry,
        parts::LogEntryParts,
        review::Way,
        state::{State, StateName},
    },
};

/// The parts of an entry, as storage would keep them.
fn parts(shape: Shape) -> LogEntryParts {
    let world = entry_in(shape);
    let entry = world.entry();
    LogEntryParts {
        id: entry.id(),
        tenant_id: entry.tenant_id(),
        placement_id: entry.placement_id(),
        student_id: entry.student_id(),
        log_date: entry.log_date(),
        revision: entry.revision(),
        state: entry.state().clone(),
        draft: entry.draft_report().cloned(),
        submission: entry.submission().cloned(),
        first_submission: entry.first_submission(),
        flag_count: entry.flag_count(),
        verifiers: entry.verifiers().to_vec(),
        created_at: entry.created_at(),
        updated_at: entry.updated_at(),
        version: entry.version(),
    }
}

#[test]
fn an_entry_comes_back_as_it_was() {
    for shape in [
        Shape::DraftNeverSubmitted,
        Shape::DraftOnceSubmitted,
        Shape::Submitted,
        Shape::RevisionBegun,
        Shape::Verified,
        Shape::VerifiedOnEvidence,
        Shape::FlaggedByUniversity,
        Shape::Disputed,
        Shape::Validated,
        Shape::Voided,
    ] {
        assert_eq!(
            LogEntry::from_parts(parts(shape)).as_ref(),
            Ok(entry_in(shape).entry()),
            "{shape:?}"
        );
    }
}

fn damage(parts: LogEntryParts) -> Option<(&'static str, &'static str)> {
    LogEntry::from_parts(parts).err().map(
        |Corruption {
             table, column, id, ..
         }| {
            assert_eq!(id, entry_id().uuid());
            (table, column)
        },
    )
}

#[test]
fn parts_that_contradict_each_other_are_damage_in_a_column() {
    let once = State::Draft { once_submitted: true };
    let table = [
        (
            LogEntryParts {
                revision: 0,
                ..parts(Shape::Submitted)
            },
            "revision",
        ),
        (
            LogEntryParts {
                first_submission: None,
                ..parts(Shape::Submitted)
            },
            "first_submitted_at",
        ),
        (
            LogEntryParts {
                submission: None,
                ..parts(Shape::Submitted)
            },
            "first_submitted_at",
        ),
        (
            LogEntryParts {
                draft: None,
                ..parts(Shape::DraftNeverSubmitted)
            },
            "state",
        ),
        (
            LogEntryParts {
                state: once,
                ..parts(Shape::DraftNeverSubmitted)
            },
            "state",
        ),
        (
            LogEntryParts {
                state: State::Draft {
                    once_submitted: false,
                },
                ..parts(Shape::Submitted)
            },
            "state",
        ),
        (
            LogEntryParts {
                submission: None,
                first_submission: None,
                ..parts(Shape::Validated)
            },
            "state",
        ),
    ];
    for (parts, column) in table {
        assert_eq!(damage(parts), Some(("log_entry", column)));
    }
}

#[test]
fn names_are_found_again_and_no_others() {
    for action in Action::ALL {
        assert_eq!(Action::from_name(action.as_str()), Some(action));
        assert_eq!(action.to_string(), action.as_str());
    }
    for state in StateName::ALL {
        assert_eq!(StateName::from_name(state.as_str()), Some(state));
        assert_eq!(state.to_string(), state.as_str());
    }
    for way in [Way::Single, Way::Many] {
        assert_eq!(Way::from_name(way.as_str()), Some(way));
    }
    assert_eq!(
        (
            Action::from_name("Approve"),
            StateName::from_name("open"),
            Way::from_name("")
        ),
        (None, None, None)
    );
}

#[test]
fn actions_and_states_have_the_names_of_the_contract() {
    let actions: Vec<_> = Action::ALL.into_iter().map(Action::as_str).collect();
    let expected = "draft submit delete recall revise dispute approve reject retract verify_on_evidence validate flag \
                    return_to_academic return_to_industry return_to_student void";
    assert_eq!(actions.join(" "), expected);
    let states: Vec<_> = StateName::ALL.into_iter().map(StateName::as_str).collect();
    let expected = "draft submitted revision_requested industry_verified flagged validated voided";
    assert_eq!(states.join(" "), expected);
    assert_eq!([Way::Single, Way::Many].map(Way::as_str), ["single", "many"]);
}

#[test]
fn each_side_of_the_chain_has_its_permission() {
    let permission = |side: Side| {
        let mut names: Vec<_> = Action::ALL
            .into_iter()
            .filter(|action| action.side() == side)
            .map(|action| action.permission().as_str())
            .collect();
        names.dedup();
        names
    };
    assert_eq!(permission(Side::Student), ["logbook:write"]);
    assert_eq!(permission(Side::Industry), ["logbook:review_industry"]);
    assert_eq!(permission(Side::Academic), ["logbook:review_academic"]);
    assert_eq!(permission(Side::Coordinator), ["logbook:coordinate"]);
}

#[test]
fn the_text_of_a_report_is_not_shown_in_debug_output() {
    let shown = format!("{:?}", entry_in(Shape::RevisionBegun).entry());
    assert!(!shown.contains("bearings"), "{shown}");
    assert!(!format!("{:?}", entry_in(Shape::Disputed).entry()).contains("whole day"));
}
