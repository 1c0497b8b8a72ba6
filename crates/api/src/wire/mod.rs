//! How values go over the wire: dates, instants, names out of tables, and fields that can be left out or taken away.

mod names;
mod patch;
mod roles;
mod secret;
mod time;

pub(crate) use names::{
    AttachmentTypeName, ChannelName, DayKindName, LogStateName, MembershipStatusName, ModeName, Named,
    PermissionName, PlacementActionName, PlacementStateName, ReviewCadenceName, RoleName, WeekdayName,
    WireName,
};
pub(crate) use patch::{Nullable, nullable};
pub(crate) use roles::AnyRoleName;
pub(crate) use secret::Secret;
pub(crate) use time::{Date, Timestamp};
