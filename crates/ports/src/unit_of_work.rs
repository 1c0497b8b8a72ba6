//! Transactions: a [`UnitOfWork`] for changes, a [`Reader`] for looks.

use ipt_domain::id::SessionId;

use crate::{
    RepositoryError, Scope, SystemScope,
    audit::{AuditReader, ChainLinker},
    engagement::{IdempotencyStore, NotificationReader, NotificationRepository, Outbox, RetentionStore},
    identity::{
        DataExportReader, DataExportRepository, MailedSecretReader, MailedSecretRepository, PeopleReader,
        PeopleRepository, Principal, ProfileReader, ProfileRepository, RoleReader, RoleRepository,
    },
    insight::InsightReader,
    logbook::{LogbookReader, LogbookRepository},
    placement::{PlacementReader, PlacementRepository},
    tenancy::{TenancyReader, TenancyRepository},
};

/// The database.
#[async_trait::async_trait]
pub trait Database: Send + Sync {
    /// Opens a unit of work that may touch the rows of `scope`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when no connection can be had in time.
    async fn begin(&self, scope: Scope) -> Result<Box<dyn UnitOfWork>, RepositoryError>;

    /// Opens a reader that may see the rows of `scope`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when no connection can be had in time.
    async fn read(&self, scope: Scope) -> Result<Box<dyn Reader>, RepositoryError>;

    /// Who stands behind a session, with every membership; none when the session is unknown. Asked with each request: an
    /// adapter may answer in one round trip, without a transaction.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn principal(&self, session: SessionId) -> Result<Option<Principal>, RepositoryError> {
        let mut reader = self.read(Scope::System(SystemScope::SignIn)).await?;
        reader.people().principal(session).await
    }

    /// Whether the database answers and every migration is applied.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], with the reason as its source.
    async fn check(&self) -> Result<(), RepositoryError>;
}

/// Reads at one moment. It holds a connection: drop it before anything slow.
pub trait Reader: Send {
    /// The verification chain.
    fn logbook(&mut self) -> &mut dyn LogbookReader;
    /// Programmes, organisations, sites and placements.
    fn placement(&mut self) -> &mut dyn PlacementReader;
    /// Institutions.
    fn tenancy(&mut self) -> &mut dyn TenancyReader;
    /// People and sessions.
    fn people(&mut self) -> &mut dyn PeopleReader;
    /// Codes and tokens that went out by mail.
    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretReader;
    /// Roles that institutions define.
    fn roles(&mut self) -> &mut dyn RoleReader;
    /// What institutions keep of their people.
    fn profiles(&mut self) -> &mut dyn ProfileReader;
    /// Copies of what is kept of a person.
    fn data_exports(&mut self) -> &mut dyn DataExportReader;
    /// Notifications and failed work.
    fn notifications(&mut self) -> &mut dyn NotificationReader;
    /// The audit trail.
    fn audit(&mut self) -> &mut dyn AuditReader;
    /// Dashboards.
    fn insight(&mut self) -> &mut dyn InsightReader;
}

/// One transaction. Dropping it without [`commit`](UnitOfWork::commit) undoes everything.
#[async_trait::async_trait]
pub trait UnitOfWork: Send {
    /// The verification chain.
    fn logbook(&mut self) -> &mut dyn LogbookRepository;
    /// Programmes, organisations, sites and placements.
    fn placement(&mut self) -> &mut dyn PlacementRepository;
    /// Institutions.
    fn tenancy(&mut self) -> &mut dyn TenancyRepository;
    /// People and sessions.
    fn people(&mut self) -> &mut dyn PeopleRepository;
    /// Codes and tokens that go out by mail.
    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretRepository;
    /// Roles that institutions define.
    fn roles(&mut self) -> &mut dyn RoleRepository;
    /// What institutions keep of their people.
    fn profiles(&mut self) -> &mut dyn ProfileRepository;
    /// Copies of what is kept of a person.
    fn data_exports(&mut self) -> &mut dyn DataExportRepository;
    /// Notifications.
    fn notifications(&mut self) -> &mut dyn NotificationRepository;
    /// Work to do after the commit.
    fn outbox(&mut self) -> &mut dyn Outbox;
    /// What is kept for a time only.
    fn retention(&mut self) -> &mut dyn RetentionStore;
    /// Answers kept for retries.
    fn idempotency(&mut self) -> &mut dyn IdempotencyStore;
    /// The chains of the audit trail.
    fn chain(&mut self) -> &mut dyn ChainLinker;
    /// Makes everything durable.
    ///
    /// # Errors
    /// [`RepositoryError`]; then nothing of it happened.
    async fn commit(self: Box<Self>) -> Result<(), RepositoryError>;
}
