//! Everything that is stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    audit::{
        chain::{ChainId, Link},
        record::AuditRecord,
    },
    id::{
        AttachmentId, AuditRecordId, DataExportId, DelegationId, JobId, LogEntryId, MembershipId,
        NotificationId, OrganisationId, PlacementId, ProgrammeId, ReopeningId, ReviewId, SessionId, SiteId,
        TenantId, TenantRoleId, UserId,
    },
    identity::{
        data_export::DataExport,
        mailed_secret::{MailedSecret, SecretPurpose},
        membership::Membership,
        profile::Profile,
        tenant_role::TenantRole,
    },
    logbook::{entry::LogEntry, review::ReviewRecord},
    placement::{
        delegation::Delegation,
        event::PlacementEvent,
        organisation::{Organisation, OrganisationRelation},
        placement::Placement,
        policy::{Policy, PolicyVersion},
        programme::Programme,
        site::Site,
    },
    tenancy::institution::Institution,
};
use ipt_ports::{
    audit::AuditDetail,
    engagement::{Channel, KeptAnswer, Message, Notification},
    identity::{Credentials, Place, RefreshToken, Sealed, Session},
    logbook::{Reopening, RevisionView, StoredAttachment},
};

/// A thing that does not know itself when it was made.
#[derive(Clone, Debug)]
pub(crate) struct Made<T> {
    pub(crate) thing: T,
    pub(crate) created_at: Instant,
}

/// Where a message of the outbox stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Queued,
    Running { locked_until: Instant },
    Done { at: Instant },
    Failed { at: Instant },
}

/// A message of the outbox.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) message: Message,
    pub(crate) attempts: u32,
    pub(crate) standing: Standing,
    pub(crate) error: String,
}

/// Of whom an answer is kept, and to what.
pub(crate) type AnswerKey = (UserId, String, String, Option<TenantId>);

/// A key of a client, reserved or answered.
#[derive(Clone, Debug)]
pub(crate) struct Reserved {
    pub(crate) body_hash: [u8; 32],
    pub(crate) since: Instant,
    pub(crate) answer: Option<KeptAnswer>,
}

/// Who has a lease, and until when.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    pub(crate) holder: String,
    pub(crate) until: Instant,
}

/// Everything that is stored, by its key.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) institutions: BTreeMap<TenantId, Made<Institution>>,

    pub(crate) accounts: BTreeMap<UserId, Credentials>,
    pub(crate) memberships: BTreeMap<MembershipId, Membership>,
    pub(crate) tenant_roles: BTreeMap<TenantRoleId, Made<TenantRole>>,
    pub(crate) profiles: BTreeMap<(TenantId, UserId), Profile>,
    pub(crate) sealed: BTreeMap<Place, Sealed>,
    pub(crate) sessions: BTreeMap<SessionId, Session>,
    pub(crate) tokens: BTreeMap<[u8; 32], RefreshToken>,
    pub(crate) devices: BTreeMap<(UserId, [u8; 32]), Instant>,
    pub(crate) mailed_secrets: BTreeMap<(UserId, SecretPurpose), MailedSecret>,
    pub(crate) exports: BTreeMap<DataExportId, DataExport>,

    pub(crate) programmes: BTreeMap<ProgrammeId, Made<Programme>>,
    pub(crate) policies: BTreeMap<(ProgrammeId, PolicyVersion), Policy>,
    pub(crate) organisations: BTreeMap<OrganisationId, Made<Organisation>>,
    pub(crate) relations: BTreeMap<(TenantId, OrganisationId), OrganisationRelation>,
    pub(crate) sites: BTreeMap<SiteId, Made<Site>>,
    pub(crate) placements: BTreeMap<PlacementId, Placement>,
    pub(crate) placement_events: Vec<PlacementEvent>,
    pub(crate) delegations: BTreeMap<DelegationId, Delegation>,

    pub(crate) entries: BTreeMap<LogEntryId, LogEntry>,
    pub(crate) texts: BTreeMap<LogEntryId, Vec<RevisionView>>,
    pub(crate) reviews: BTreeMap<ReviewId, ReviewRecord>,
    pub(crate) files: BTreeMap<AttachmentId, StoredAttachment>,
    pub(crate) reopenings: BTreeMap<ReopeningId, Reopening>,

    pub(crate) outbox: BTreeMap<JobId, Queued>,
    pub(crate) leases: BTreeMap<String, Lease>,
    pub(crate) notifications: BTreeMap<NotificationId, Notification>,
    pub(crate) preferences: BTreeMap<(UserId, String, Channel), bool>,
    pub(crate) reminders: BTreeMap<(UserId, String, NaiveDate), JobId>,
    pub(crate) answers: BTreeMap<AnswerKey, Reserved>,

    pub(crate) records: BTreeMap<AuditRecordId, AuditRecord>,
    pub(crate) details: BTreeMap<AuditRecordId, AuditDetail>,
    pub(crate) links: BTreeMap<(ChainId, u64), Link>,
    pub(crate) unlinked: BTreeMap<AuditRecordId, ChainId>,
}

impl State {
    /// A person's name; empty for somebody unknown.
    pub(crate) fn name_of(&self, user: UserId) -> String {
        self.accounts
            .get(&user)
            .map(|known| known.account.full_name.as_str().to_owned())
            .unwrap_or_default()
    }
}
