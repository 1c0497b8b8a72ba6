//! Typed ids: each kind of thing has its own, so that two cannot be confused.

/// Declares an id over a UUID (version 7 where this product makes it, so that keys sort by time of creation).
macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Wraps a UUID.
            pub const fn new(value: uuid::Uuid) -> Self {
                Self(value)
            }

            /// The UUID inside.
            pub const fn uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(value: uuid::Uuid) -> Self {
                Self(value)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_id! {
    /// An institution: a university with its own data.
    TenantId,
    /// One person with one mail address, over the whole deployment.
    UserId,
    /// What gives a person rights in an institution.
    MembershipId,
    /// A role that an institution defines.
    TenantRoleId,
    /// A signed-in session, and the family of its refresh tokens.
    SessionId,
    /// A code or a token that goes out by mail.
    MailedSecretId,
    /// A copy of what is kept of a person.
    DataExportId,
    /// A company or public body that hosts students; one for the whole deployment.
    OrganisationId,
    /// A workplace of an organisation.
    SiteId,
    /// A course of study's practical training, with its policy.
    ProgrammeId,
    /// One student at one organisation for one period.
    PlacementId,
    /// What one student did on one day of one placement.
    LogEntryId,
    /// One submitted text of a log entry.
    LogRevisionId,
    /// The record of one transition of a log entry.
    ReviewId,
    /// A file that belongs to a log entry.
    AttachmentId,
    /// A domain event.
    EventId,
    /// A message to one person, shown in the application.
    NotificationId,
    /// A piece of background work.
    JobId,
    /// One entry of the audit trail.
    AuditRecordId,
    /// A range of days opened again for late entries.
    ReopeningId,
    /// The appointment of a supervisor's delegate.
    DelegationId,
}
