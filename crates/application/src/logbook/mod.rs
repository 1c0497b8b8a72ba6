//! The verification chain: drafting, submitting, reviewing and reading log entries.
//!
//! [`submit`], [`edit`], [`hand_in`] and [`delete`] are the student's; [`take_step`] and [`take_step_on_many`] are every
//! decision about a submitted entry; [`get`], [`list`] and [`history`] read; [`upload`], [`download`] and [`detach`] are
//! about files.

pub mod delete;
pub mod detach;
pub mod download;
pub mod edit;
pub mod error;
pub mod get;
pub mod hand_in;
pub mod history;
pub mod list;
mod record;
pub mod submit;
pub mod take_step;
pub mod take_step_on_many;
pub mod upload;

pub use error::LogbookError;

use ipt_domain::{
    id::{EventId, ReviewId},
    identity::permission::Permission,
    logbook::{
        action::Action,
        authority::allowed_actions,
        circumstances::{Acting, FreshIds},
        entry::LogEntry,
        review::Way,
        visibility::{self, View},
    },
    version::Version,
};
use ipt_ports::{
    Scope,
    logbook::{LogCase, ReviewView},
};

use crate::{Caller, Services};

/// An entry as it is shown to one person.
#[derive(Clone, Debug)]
pub struct ShownLog {
    /// The entry.
    pub entry: LogEntry,
    /// The student's name.
    pub student_name: String,
    /// The relationship between student and host that was declared, family or ownership say.
    pub relationship_declared: Option<String>,
    /// Which of its texts the person sees.
    pub view: View,
    /// What the person may do with it now.
    pub allowed: Vec<Action>,
    /// What reviewers said and decided, the oldest first; the student's own steps stand in the history.
    pub reviews: Vec<ReviewView>,
}

impl ShownLog {
    /// The entry as `caller` sees it now.
    ///
    /// # Errors
    /// [`LogbookError::Refusal`] when the person does not see it.
    fn new(
        entry: LogEntry,
        case: &LogCase,
        reviews: Vec<ReviewView>,
        services: &Services,
        caller: &Caller,
    ) -> Result<Self, LogbookError> {
        let circumstances = case.at(services.clock.now());
        let view = visibility::view(&entry, &caller.actor, &circumstances)?;
        let allowed = allowed_actions(&entry, &caller.actor, &circumstances);
        let relationship = case.placement.relationship_declared();
        Ok(Self {
            entry,
            student_name: case.student_name.clone(),
            relationship_declared: relationship.map(|declared| declared.as_str().to_owned()),
            view,
            allowed,
            reviews,
        })
    }
}

/// The institutions whose entries a person may meet: the one acted in, and for an industrial supervisor all that are
/// served.
fn scope(caller: &Caller) -> Scope {
    caller.scope_with(Permission::LogbookReviewIndustry)
}

/// Somebody acting on an entry seen at a version.
const fn acting(caller: &Caller, way: Way, seen: Option<Version>) -> Acting<'_> {
    Acting {
        actor: &caller.actor,
        way,
        seen,
    }
}

/// Ids for what a transition leaves.
fn fresh_ids(services: &Services) -> FreshIds {
    FreshIds {
        review: ReviewId::new(services.ids.next()),
        event: EventId::new(services.ids.next()),
    }
}
