//! What one is told of, and by which channel.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "notification_kind_unknown",
        422,
        "No such kind of notification",
        "A preference names a kind of notification that there is not.",
        "Read the preferences: they name every kind.",
    ),
    &Code::new(
        "named_twice",
        422,
        "Named twice",
        "Each kind and channel is named once.",
        "Say for each what is wanted, once.",
    ),
    &Code::new(
        "notification_channel_unknown",
        422,
        "The kind does not come by this channel",
        "This kind of notification is not sent by the channel that was named.",
        "Leave the channel out for this kind.",
    ),
];
