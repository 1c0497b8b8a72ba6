//! Everything that is stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    audit::chain::Link,
    id::{NotificationId, PlacementId, TenantId, UserId},
    identity::{
        data_export::DataExport, mailed_secret::MailedSecret, membership::Membership, profile::Profile,
        tenant_role::TenantRole,
    },
    logbook::entry::LogEntry,
    placement::{
        delegation::Delegation,
        event::PlacementEvent,
        organisation::{Organisation, OrganisationRelation},
        placement::Placement,
        policy::PolicyVersion,
        programme::Programme,
        site::Site,
    },
    tenancy::institution::Institution,
};
use ipt_ports::{
    audit::AuditEntry,
    engagement::{Message, Notification, Preference, ReviewDue, Trail},
    identity::{Credentials, Place, RefreshToken, Sealed, Session},
    insight::{CoordinatorFigures, FiguresRequest},
    logbook::{Reopening, ReviewView},
    placement::{DayOfProgress, SupervisorCaps},
};

/// Where a message of the outbox stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum QueuedState {
    Waiting,
    Claimed { until: Instant },
    Done { at: Instant },
    Failed { at: Instant, error: String },
}

/// A message of the outbox.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) message: Message,
    pub(crate) available_at: Instant,
    pub(crate) attempts: u32,
    pub(crate) state: QueuedState,
    pub(crate) last_error: Option<String>,
}

/// Everything that is stored.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) accounts: Vec<Credentials>,
    pub(crate) memberships: Vec<Membership>,
    pub(crate) tenant_roles: Vec<TenantRole>,
    pub(crate) profiles: BTreeMap<(TenantId, UserId), Profile>,
    pub(crate) sealed: BTreeMap<Place, Sealed>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) tokens: Vec<RefreshToken>,
    pub(crate) devices: BTreeMap<(UserId, [u8; 32]), Instant>,
    pub(crate) mailed_secrets: Vec<MailedSecret>,
    pub(crate) exports: Vec<DataExport>,
    pub(crate) institutions: Vec<Institution>,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) earlier_programmes: Vec<Programme>,
    pub(crate) policy_use: Vec<(PolicyVersion, u64)>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) relations: Vec<OrganisationRelation>,
    pub(crate) sites: Vec<Site>,
    pub(crate) placements: Vec<Placement>,
    pub(crate) placement_events: Vec<PlacementEvent>,
    pub(crate) caps: Vec<SupervisorCaps>,
    pub(crate) held_students: Vec<UserId>,
    pub(crate) held_placements: Vec<PlacementId>,
    pub(crate) delegations: Vec<Delegation>,
    pub(crate) days: Vec<(PlacementId, DayOfProgress)>,
    pub(crate) reopenings: Vec<Reopening>,
    pub(crate) entries: Vec<LogEntry>,
    pub(crate) reviews: Vec<ReviewView>,
    pub(crate) referenced_blobs: Vec<String>,
    pub(crate) audit: Vec<AuditEntry>,
    pub(crate) links: Vec<Link>,
    pub(crate) linking_taken: bool,
    pub(crate) outbox: Vec<Queued>,
    pub(crate) notifications: Vec<Notification>,
    pub(crate) preferences: Vec<(UserId, Preference)>,
    pub(crate) reminders: Vec<(UserId, String, NaiveDate)>,
    pub(crate) reviews_due: Vec<ReviewDue>,
    pub(crate) leases: BTreeMap<String, (String, Instant)>,
    pub(crate) kept_answers: Vec<Instant>,
    pub(crate) figures: CoordinatorFigures,
    pub(crate) figures_asked: Vec<FiguresRequest>,
    /// So many of the next saves guarded by a version lose their race.
    pub(crate) races_to_lose: u32,
}

impl State {
    /// Stores a trail.
    pub(crate) fn leave(&mut self, trail: &Trail) {
        self.audit.push(trail.audit.clone());
        self.enqueue(&trail.messages);
    }

    /// Stores messages.
    pub(crate) fn enqueue(&mut self, messages: &[Message]) {
        self.outbox.extend(messages.iter().map(|message| Queued {
            message: message.clone(),
            available_at: message.available_at,
            attempts: 0,
            state: QueuedState::Waiting,
            last_error: None,
        }));
    }

    /// The actions in the audit trail, the oldest first.
    pub(crate) fn deeds(&self) -> Vec<&str> {
        self.audit
            .iter()
            .map(|entry| entry.record.action.as_ref())
            .collect()
    }

    /// The notifications of a person, by kind.
    pub(crate) fn told(&self, user: UserId) -> Vec<&str> {
        let own = self
            .notifications
            .iter()
            .filter(|notification| notification.user_id == user);
        own.map(|notification| notification.kind.as_str()).collect()
    }

    /// An account that exists.
    pub(crate) fn account(&self, user: UserId) -> &Credentials {
        self.accounts
            .iter()
            .find(|known| known.account.id == user)
            .unwrap()
    }

    /// The memberships of a person in an institution.
    pub(crate) fn memberships_of(&self, user: UserId, tenant: TenantId) -> Vec<&Membership> {
        let own = self.memberships.iter().filter(|held| held.user_id == user);
        own.filter(|held| held.tenant_id == Some(tenant)).collect()
    }

    /// A notification's reader and whether it was read.
    pub(crate) fn notification_mut(&mut self, id: NotificationId) -> Option<&mut Notification> {
        self.notifications
            .iter_mut()
            .find(|notification| notification.id == id)
    }
}
