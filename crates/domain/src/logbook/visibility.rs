//! Who sees an entry, and which of its texts.

use crate::{
    actor::Actor,
    identity::permission::Permission,
    logbook::{
        circumstances::Circumstances,
        entry::LogEntry,
        refusal::Refusal,
        report::{DraftReport, Submission},
        state::State,
    },
    placement::delegation::Part,
};

/// How a person looks at an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As its author, who sees the edit in progress.
    Author,
    /// As a supervisor or coordinator, who sees the last submitted text.
    Reviewer,
}

/// The text that a view shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShownReport<'a> {
    /// An edit in progress.
    InProgress(&'a DraftReport),
    /// What was submitted last.
    Submitted(&'a Submission),
}

/// Decides whether and how `actor` sees `entry`.
///
/// # Errors
/// [`Refusal::NotFound`] for an entry that was never submitted, and for people of another institution;
/// [`Refusal::Forbidden`] for others of the institution.
pub fn view(entry: &LogEntry, actor: &Actor, circumstances: &Circumstances<'_>) -> Result<View, Refusal> {
    if !actor.belongs_to(entry.tenant_id()) {
        return Err(Refusal::NotFound);
    }
    let standing = circumstances.standing_of(actor.user_id());
    if standing.student {
        return Ok(View::Author);
    }
    if matches!(
        entry.state(),
        State::Draft {
            once_submitted: false
        }
    ) {
        return Err(Refusal::NotFound);
    }
    let coordinator = actor.may(entry.tenant_id(), Permission::LogbookCoordinate);
    // A supervisor still sees what came to be the coordinator's to decide, some days after a termination.
    let supervises = |part| circumstances.placement.supervisor(part) == Some(actor.user_id());
    if coordinator || standing.holds_any() || Part::ALL.into_iter().any(supervises) {
        Ok(View::Reviewer)
    } else {
        Err(Refusal::Forbidden {
            permission: Permission::LogbookCoordinate,
        })
    }
}

impl LogEntry {
    /// The text that is shown in `view`; reviewers never see an edit in progress, and its author sees it as long as it can
    /// be handed in.
    pub const fn shown_report(&self, view: View) -> Option<ShownReport<'_>> {
        match (view, &self.draft, &self.submission) {
            (View::Author, Some(draft), _) if self.state.takes_edits() => {
                Some(ShownReport::InProgress(draft))
            }
            (_, _, Some(submission)) => Some(ShownReport::Submitted(submission)),
            (_, _, None) => None,
        }
    }
}
