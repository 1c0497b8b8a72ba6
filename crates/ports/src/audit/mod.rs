//! The audit trail and its hash chains.

pub mod signer;

use ipt_domain::{
    Instant,
    audit::{
        chain::{ChainId, Link},
        record::AuditRecord,
    },
    id::{TenantId, UserId},
};
use serde_json::Value;
pub use signer::{Judgement, Signer, SigningError};

use crate::{
    RepositoryError,
    page::{Page, PageRequest},
};

/// What is written down of an action: the record, which is chained and never changes, and beside it the personal values
/// that an erasure takes away.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// The record: ids and digests only.
    pub record: AuditRecord,
    /// The values beside it.
    pub detail: Option<AuditDetail>,
}

/// The values beside a record: from where, before and after. Their salted digest stands in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditDetail {
    /// What makes the digest unguessable; erased along with the values.
    pub salt: [u8; 16],
    /// The values, as canonical JSON text.
    pub values: Value,
}

/// A record as it is shown, with the name of the person, as far as it is still kept.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditView {
    /// The record.
    pub record: AuditRecord,
    /// The values beside it; none when there were none, or they were erased.
    pub values: Option<Value>,
    /// The acting person's name.
    pub actor_name: Option<String>,
    /// Its number in its chain; none while it is not linked yet.
    pub sequence: Option<u64>,
}

/// Which records are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuditFilter {
    /// Those of one institution (none: the deployment's own).
    pub tenant: Option<TenantId>,
    /// By this person.
    pub actor: Option<UserId>,
    /// Of this action (`logbook.approve`), or of a context when it ends in a dot (`logbook.`).
    pub action: Option<String>,
    /// About this object.
    pub object: Option<uuid::Uuid>,
    /// From this moment.
    pub from: Option<Instant>,
    /// Before this moment.
    pub to: Option<Instant>,
}

/// The field by which the audit trail is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditSort {
    /// When it happened.
    At,
}

/// A linked record, with what is needed to check it.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedRecord {
    /// Its link; its hash covers the record and the link before.
    pub link: Link,
    /// The record; none when the row is gone.
    pub record: Option<AuditRecord>,
    /// The values beside it, with their salt; none when there were none, or they were erased.
    pub detail: Option<AuditDetail>,
}

/// Reads the audit trail.
#[async_trait::async_trait]
pub trait AuditReader: Send {
    /// A page of records, the newest first by default.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn audit_page(
        &mut self,
        filter: &AuditFilter,
        page: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditView>, RepositoryError>;

    /// How many records match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn audit_count(&mut self, filter: &AuditFilter) -> Result<u64, RepositoryError>;

    /// The links of a chain behind `after`, in order, at most `limit`.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn chain_links(
        &mut self,
        chain: ChainId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LinkedRecord>, RepositoryError>;

    /// The last link of each of these chains that has one.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn last_links(&mut self, chains: &[ChainId]) -> Result<Vec<Link>, RepositoryError>;

    /// How many records of a chain are not linked yet.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn unlinked_count(&mut self, chain: ChainId) -> Result<u64, RepositoryError>;

    /// Every chain that has records.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn chains(&mut self) -> Result<Vec<ChainId>, RepositoryError>;
}

/// Links records into their chains: one writer at a time, in a table of its own.
#[async_trait::async_trait]
pub trait ChainLinker: AuditReader {
    /// Takes the right to link for this transaction; `false` when somebody else has it.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn take_linking(&mut self) -> Result<bool, RepositoryError>;

    /// Records that are not linked yet, the oldest first, at most `limit`, each with its chain's last link.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn unlinked(&mut self, limit: u32) -> Result<Vec<AuditRecord>, RepositoryError>;

    /// Appends links.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn append_links(&mut self, links: &[Link]) -> Result<(), RepositoryError>;

    /// Writes an audit entry that belongs to no other change (a refused sign-in, a sensitive look).
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn record(&mut self, entry: &AuditEntry) -> Result<(), RepositoryError>;
}
