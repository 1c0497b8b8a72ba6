//! The audit trail.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "checkpoint_malformed",
        422,
        "This is no checkpoint",
        "What was sent has not the text form of a checkpoint: a line is missing, cut, or says something else.",
        "Send the whole text as it was given out, beginning with `ipt-checkpoint/1`.",
    ),
    &Code::new(
        "checkpoint_key_unknown",
        422,
        "The checkpoint is signed by another key",
        "The key that signed it is none of this deployment's.",
        "Send it to the deployment that gave it out; if that is this one, name its former key in `auth.accepted_key_files`.",
    ),
    &Code::new(
        "checkpoint_forged",
        422,
        "The checkpoint is not genuine",
        "Its signature does not fit what it says: it was changed, or made by somebody else.",
        "Take the copy that was kept; if that is the one, somebody has changed it.",
    ),
    &Code::new(
        "checkpoint_of_another_chain",
        422,
        "The checkpoint is another chain's",
        "It is genuine, but of another institution's trail, or of the deployment's.",
        "Send one of the trail that is to be verified.",
    ),
];
