//! The kinds of notification.

use ipt_ports::engagement::{Channel, Preference};

/// Declares the kinds with their names in the contract, in one table.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// What a notification is about. Of one that comes by mail, the name is also the template's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $variant,)+
        }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the contract.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The kind with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A log waits for industry's review.
    LogSubmitted = "log_submitted",
    /// A log waits for the academic review.
    LogApproved = "log_approved",
    /// Industry asks for a revision.
    LogRejected = "log_rejected",
    /// Industry took its decision back.
    LogRetracted = "log_retracted",
    /// The student contests a request for revision.
    LogDisputed = "log_disputed",
    /// A log earns credit.
    LogValidated = "log_validated",
    /// The academic side asks the coordinators to look.
    LogFlagged = "log_flagged",
    /// A coordinator sent a log back to the academic side.
    LogReturnedAcademic = "log_returned_academic",
    /// A coordinator sent a log back to industry.
    LogReturnedIndustry = "log_returned_industry",
    /// A coordinator sent a log back to the student.
    LogReturnedStudent = "log_returned_student",
    /// A log was taken out of the record.
    LogVoided = "log_voided",
    /// Days were opened again for late logs.
    LogDaysReopened = "log_days_reopened",
    /// Reviews fall due, or are overdue.
    ReviewDigest = "review_digest",
    /// A placement waits for a coordinator.
    PlacementProposed = "placement_proposed",
    /// A coordinator asks for changes of a placement.
    PlacementChangesRequested = "placement_changes_requested",
    /// A placement was approved.
    PlacementApproved = "placement_approved",
    /// A placement began.
    PlacementActivated = "placement_activated",
    /// A placement was interrupted.
    PlacementSuspended = "placement_suspended",
    /// A placement went on.
    PlacementResumed = "placement_resumed",
    /// A placement was completed.
    PlacementCompleted = "placement_completed",
    /// A placement was ended before its time.
    PlacementTerminated = "placement_terminated",
    /// The institution dropped a placement.
    PlacementCancelled = "placement_cancelled",
    /// The student dropped a placement.
    PlacementWithdrawn = "placement_withdrawn",
    /// Details of a placement changed.
    PlacementAmended = "placement_amended",
    /// A part of a placement has another supervisor, or a first one.
    PlacementSupervisorChanged = "placement_supervisor_changed",
    /// Somebody acts, or does not act any more, for a supervisor.
    PlacementDelegateChanged = "placement_delegate_changed",
}

impl Kind {
    /// By which channels it goes out: everything is shown in the application, and the verification chain comes by mail too.
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            Self::LogSubmitted
            | Self::LogApproved
            | Self::LogRejected
            | Self::LogRetracted
            | Self::LogDisputed
            | Self::LogValidated
            | Self::LogFlagged
            | Self::LogReturnedAcademic
            | Self::LogReturnedIndustry
            | Self::LogReturnedStudent
            | Self::LogVoided
            | Self::LogDaysReopened
            | Self::ReviewDigest => &[Channel::InApp, Channel::Mail],
            Self::PlacementProposed
            | Self::PlacementChangesRequested
            | Self::PlacementApproved
            | Self::PlacementActivated
            | Self::PlacementSuspended
            | Self::PlacementResumed
            | Self::PlacementCompleted
            | Self::PlacementTerminated
            | Self::PlacementCancelled
            | Self::PlacementWithdrawn
            | Self::PlacementAmended
            | Self::PlacementSupervisorChanged
            | Self::PlacementDelegateChanged => &[Channel::InApp],
        }
    }

    /// Whether a person with these preferences is told by a channel. Who has said nothing is told everything.
    pub(super) fn is_wanted<'a>(
        self,
        channel: Channel,
        mut preferences: impl Iterator<Item = &'a Preference>,
    ) -> bool {
        let own = preferences.find(|own| own.kind == self.as_str() && own.channel == channel);
        self.channels().contains(&channel) && own.is_none_or(|own| own.wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_kind_goes_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.as_str()), Some(*kind));
        }
        assert_eq!(Kind::from_name("spam"), None);
    }
}
