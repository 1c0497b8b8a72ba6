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
    audit::{AuditDetail, AuditEntry},
    engagement::{Channel, KeptAnswer, Message, Notification},
    identity::{Credentials, Place, RefreshToken, Sealed, Session},
    logbook::{Reopening, RevisionView, StoredAttachment},
};

/// A thing that does not know itself when it was made.
#[derive(Clone, Debug)]
pub struct Made<T> {
    /// The thing.
    pub thing: T,
    /// When it was made.
    pub created_at: Instant,
}

/// Where a message of the outbox stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for its time, or for a worker.
    Queued,
    /// A worker has claimed it.
    Running {
        /// Until when nobody else may.
        locked_until: Instant,
    },
    /// It was handled.
    Done {
        /// When.
        at: Instant,
    },
    /// It was given up.
    Failed {
        /// When.
        at: Instant,
    },
}

/// A message of the outbox.
#[derive(Clone, Debug)]
pub struct Queued {
    /// The message; not to be tried before its `available_at`.
    pub message: Message,
    /// How often it was tried.
    pub attempts: u32,
    /// Where it stands.
    pub standing: Standing,
    /// The last error; empty without one.
    pub error: String,
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

/// Everything that is stored, by its key. Ids ascend, so that what has one stands in the order in which it was made.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Institutions.
    pub institutions: BTreeMap<TenantId, Made<Institution>>,

    /// People, with their passwords.
    pub accounts: BTreeMap<UserId, Credentials>,
    /// What people are in institutions and over the deployment.
    pub memberships: BTreeMap<MembershipId, Membership>,
    pub(crate) tenant_roles: BTreeMap<TenantRoleId, Made<TenantRole>>,
    pub(crate) profiles: BTreeMap<(TenantId, UserId), Profile>,
    pub(crate) sealed: BTreeMap<Place, Sealed>,
    /// Sessions, also those that have ended.
    pub sessions: BTreeMap<SessionId, Session>,
    /// Refresh tokens by their digests, also used ones.
    pub tokens: BTreeMap<[u8; 32], RefreshToken>,
    pub(crate) devices: BTreeMap<(UserId, [u8; 32]), Instant>,
    /// The codes and tokens that went out by mail, one of a kind for each person.
    pub mailed_secrets: BTreeMap<(UserId, SecretPurpose), MailedSecret>,
    pub(crate) exports: BTreeMap<DataExportId, DataExport>,

    /// Programmes.
    pub programmes: BTreeMap<ProgrammeId, Made<Programme>>,
    /// Every version of the programmes' policies.
    pub policies: BTreeMap<(ProgrammeId, PolicyVersion), Policy>,
    /// Organisations.
    pub organisations: BTreeMap<OrganisationId, Made<Organisation>>,
    /// The institutions' relations to organisations.
    pub relations: BTreeMap<(TenantId, OrganisationId), OrganisationRelation>,
    /// Sites of organisations.
    pub sites: BTreeMap<SiteId, Made<Site>>,
    /// Placements.
    pub placements: BTreeMap<PlacementId, Placement>,
    /// What happened to placements, in the order in which it was stored.
    pub placement_events: Vec<PlacementEvent>,
    /// Who acts for a supervisor.
    pub delegations: BTreeMap<DelegationId, Delegation>,

    pub(crate) entries: BTreeMap<LogEntryId, LogEntry>,
    pub(crate) texts: BTreeMap<LogEntryId, Vec<RevisionView>>,
    pub(crate) reviews: BTreeMap<ReviewId, ReviewRecord>,
    /// The files of entries; their bytes lie elsewhere.
    pub files: BTreeMap<AttachmentId, StoredAttachment>,
    /// Days that were opened again.
    pub reopenings: BTreeMap<ReopeningId, Reopening>,

    /// The outbox, also what was handled.
    pub outbox: BTreeMap<JobId, Queued>,
    pub(crate) leases: BTreeMap<String, Lease>,
    /// Notifications.
    pub notifications: BTreeMap<NotificationId, Notification>,
    /// Whether a person wants a kind of notification by a channel, where the person has said so.
    pub preferences: BTreeMap<(UserId, String, Channel), bool>,
    pub(crate) reminders: BTreeMap<(UserId, String, NaiveDate), JobId>,
    pub(crate) answers: BTreeMap<AnswerKey, Reserved>,

    /// The audit records.
    pub records: BTreeMap<AuditRecordId, AuditRecord>,
    /// The values beside them, as far as they are kept.
    pub details: BTreeMap<AuditRecordId, AuditDetail>,
    /// The links of the records' chains.
    pub links: BTreeMap<(ChainId, u64), Link>,
    pub(crate) unlinked: BTreeMap<AuditRecordId, ChainId>,
}

impl State {
    /// The audit trail, the oldest entry first.
    pub fn trail(&self) -> Vec<AuditEntry> {
        let entry = |record: &AuditRecord| AuditEntry {
            record: record.clone(),
            detail: self.details.get(&record.id).cloned(),
        };
        self.records.values().map(entry).collect()
    }

    /// The actions in the audit trail, the oldest first.
    pub fn deeds(&self) -> Vec<&str> {
        self.records
            .values()
            .map(|record| record.action.as_ref())
            .collect()
    }

    /// The kinds of a person's notifications, the oldest first.
    pub fn told(&self, user: UserId) -> Vec<&str> {
        let own = self
            .notifications
            .values()
            .filter(|notification| notification.user_id == user);
        own.map(|notification| notification.kind.as_str()).collect()
    }

    /// A person's name; empty for somebody unknown.
    pub(crate) fn name_of(&self, user: UserId) -> String {
        self.accounts
            .get(&user)
            .map(|known| known.account.full_name.as_str().to_owned())
            .unwrap_or_default()
    }
}
