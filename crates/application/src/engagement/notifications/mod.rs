//! A person's own notifications.

pub mod list;
pub mod read;
pub mod read_all;

use ipt_domain::identity::permission::Permission;
use ipt_ports::Scope;

use super::EngagementError;
use crate::{Caller, access::Denied};

/// The rows of one's own: of every institution to which the person belongs.
fn own(caller: &Caller) -> Result<Scope, EngagementError> {
    let permission = Permission::NotificationOwn;
    let scope = caller.scope_with(permission);
    let may = caller.actor.permissions_here().contains(permission);
    if may {
        Ok(scope)
    } else {
        Err(Denied { permission }.into())
    }
}
