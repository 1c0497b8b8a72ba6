//! The unit of work, which is every repository itself, and serves as the reader too.

use ipt_ports::{
    Reader, RepositoryError, Scope, UnitOfWork,
    audit::{AuditReader, ChainLinker},
    engagement::{IdempotencyStore, NotificationReader, NotificationRepository, Outbox, RetentionStore},
    identity::{
        DataExportReader, DataExportRepository, MailedSecretReader, MailedSecretRepository, PeopleReader,
        PeopleRepository, ProfileReader, ProfileRepository, RoleReader, RoleRepository,
    },
    insight::InsightReader,
    logbook::{LogbookReader, LogbookRepository},
    placement::{PlacementReader, PlacementRepository},
    tenancy::{TenancyReader, TenancyRepository},
};

use crate::{connection::Connection, dialect::Dialect, error::repository_error};

/// One transaction with its scope. The traits of the repositories are implemented where their contexts are
/// (`crate::logbook` …), each on this type.
pub(crate) struct SeaUnitOfWork {
    connection: Connection,
}

impl SeaUnitOfWork {
    /// Takes a transaction that was begun.
    pub(crate) const fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// What statements run on.
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// In which institutions rows may be touched.
    pub(crate) const fn scope(&self) -> &Scope {
        self.connection.scope()
    }

    /// Which database it is.
    pub(crate) const fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }
}

impl Reader for SeaUnitOfWork {
    fn logbook(&mut self) -> &mut dyn LogbookReader {
        self
    }

    fn placement(&mut self) -> &mut dyn PlacementReader {
        self
    }

    fn tenancy(&mut self) -> &mut dyn TenancyReader {
        self
    }

    fn people(&mut self) -> &mut dyn PeopleReader {
        self
    }

    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretReader {
        self
    }

    fn profiles(&mut self) -> &mut dyn ProfileReader {
        self
    }

    fn roles(&mut self) -> &mut dyn RoleReader {
        self
    }

    fn data_exports(&mut self) -> &mut dyn DataExportReader {
        self
    }

    fn notifications(&mut self) -> &mut dyn NotificationReader {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditReader {
        self
    }

    fn insight(&mut self) -> &mut dyn InsightReader {
        self
    }
}

#[async_trait::async_trait]
impl UnitOfWork for SeaUnitOfWork {
    fn logbook(&mut self) -> &mut dyn LogbookRepository {
        self
    }

    fn placement(&mut self) -> &mut dyn PlacementRepository {
        self
    }

    fn tenancy(&mut self) -> &mut dyn TenancyRepository {
        self
    }

    fn people(&mut self) -> &mut dyn PeopleRepository {
        self
    }

    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretRepository {
        self
    }

    fn profiles(&mut self) -> &mut dyn ProfileRepository {
        self
    }

    fn roles(&mut self) -> &mut dyn RoleRepository {
        self
    }

    fn data_exports(&mut self) -> &mut dyn DataExportRepository {
        self
    }

    fn notifications(&mut self) -> &mut dyn NotificationRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    fn retention(&mut self) -> &mut dyn RetentionStore {
        self
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyStore {
        self
    }

    fn chain(&mut self) -> &mut dyn ChainLinker {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.connection.commit().await.map_err(repository_error)
    }
}
