//! By which channels a person wants to be told what.

pub mod get;
pub mod replace;

use ipt_domain::identity::permission::Permission;
use ipt_ports::engagement::Preference;

use super::{EngagementError, Kind};
use crate::{Caller, access::Denied};

/// Each kind by each of its channels, as it holds for a person who has chosen `chosen`.
fn effective(chosen: &[Preference]) -> Vec<Preference> {
    let every = Kind::ALL
        .iter()
        .flat_map(|kind| kind.channels().iter().map(|channel| (*kind, *channel)));
    every
        .map(|(kind, channel)| Preference {
            kind: kind.as_str().to_owned(),
            channel,
            wanted: kind.is_wanted(channel, chosen.iter()),
        })
        .collect()
}

/// Checks that the caller has notifications at all.
fn check(caller: &Caller) -> Result<(), EngagementError> {
    let permission = Permission::NotificationOwn;
    let may = caller.actor.permissions_here().contains(permission);
    if may {
        Ok(())
    } else {
        Err(Denied { permission }.into())
    }
}
