//! By which channels a person wants to be told what.

pub mod get;
pub mod replace;

use ipt_domain::{identity::permission::Permission, version::Version};
use ipt_ports::engagement::Preference;
use sha2::{Digest as _, Sha256};

use super::{EngagementError, Kind};
use crate::{Caller, access::Denied};

/// What a person wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Each kind by each of its channels, chosen or by default.
    pub items: Vec<Preference>,
}

impl Preferences {
    /// As they hold for a person who has chosen `chosen`.
    fn of(chosen: &[Preference]) -> Self {
        Self {
            items: effective(chosen),
        }
    }

    /// Their version. Nobody counts their changes: it is a number made from what holds, the same for the same.
    pub fn version(&self) -> Version {
        let mut hasher = Sha256::new();
        for Preference {
            kind,
            channel,
            wanted,
        } in &self.items
        {
            hasher.update(format!("{kind} {} {wanted}\n", channel.as_str()));
        }
        let [first, second, third, fourth, ..]: [u8; 32] = hasher.finalize().into();
        // 31 bits, so that it is a number to every client, and not that of nothing.
        let number = u32::from_be_bytes([first, second, third, fourth]) >> 1;
        Version::new(number.max(Version::FIRST.number()))
    }
}

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
