//! Placements: one student at one organisation for one period.
//!
//! [`create`] proposes, [`update`] changes details and supervisors, [`step`] is every action that leads from one state to
//! another; [`get`], [`list`] and [`progress`] read. A placement that is due begins by itself: right after an approval or
//! an assignment, else with the next round of [`activate_due`](super::activate_due).

mod case;
mod changes;
pub mod create;
pub mod get;
pub mod list;
pub mod progress;
pub mod step;
mod surroundings;
pub mod update;

pub(super) use changes::Changes;

use ipt_domain::{identity::permission::Permission, placement::action::PlacementAction};
use ipt_ports::{Scope, placement::PlacementView};

use crate::Caller;

/// A placement as it is shown to one person.
#[derive(Clone, Debug)]
pub struct ShownPlacement {
    /// The placement, with names.
    pub view: PlacementView,
    /// What the person may do with it now.
    pub allowed: Vec<PlacementAction>,
}

impl ShownPlacement {
    /// The placement as `caller` sees it.
    fn of(view: PlacementView, caller: &Caller) -> Self {
        Self {
            allowed: view.placement.allowed_actions(&caller.actor),
            view,
        }
    }
}

/// The institutions whose placements a person may meet: the one acted in, and for an industrial supervisor all that are
/// served.
fn scope(caller: &Caller) -> Scope {
    caller.scope_with(Permission::LogbookReviewIndustry)
}
