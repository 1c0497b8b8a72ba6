//! A database that knows one person, and keeps idempotency keys.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use ipt_domain::Instant;
use ipt_ports::{
    Database, Reader, RepositoryError, Scope, UnitOfWork,
    audit::{AuditReader, ChainLinker},
    engagement::{
        IdempotencyRequest, IdempotencyState, IdempotencyStore, KeptAnswer, NotificationReader,
        NotificationRepository, Outbox, RetentionStore,
    },
    identity::{
        DataExportReader, DataExportRepository, MailedSecretReader, MailedSecretRepository, PeopleReader,
        PeopleRepository, ProfileReader, ProfileRepository, RoleReader, RoleRepository,
    },
    insight::InsightReader,
    logbook::{LogbookReader, LogbookRepository},
    placement::{PlacementReader, PlacementRepository},
    tenancy::{TenancyReader, TenancyRepository},
};

use super::people::OnePerson;

/// A key with its answer, once there is one.
type Kept = (IdempotencyRequest, Option<KeptAnswer>);

/// The database. Clones share what is kept.
#[derive(Clone, Default)]
pub(crate) struct FakeDatabase {
    kept: Arc<Mutex<Vec<Kept>>>,
    down: Arc<AtomicBool>,
}

impl FakeDatabase {
    /// From now on nothing works.
    pub(crate) fn go_down(&self) {
        self.down.store(true, Ordering::Relaxed);
    }

    /// How many keys are reserved or answered.
    pub(crate) fn keys(&self) -> usize {
        self.kept.lock().unwrap().len()
    }

    fn up(&self) -> Result<(), RepositoryError> {
        if self.down.load(Ordering::Relaxed) {
            Err(RepositoryError::Unavailable(
                "connection to 10.0.0.7:5432 refused".into(),
            ))
        } else {
            Ok(())
        }
    }
}

#[async_trait::async_trait]
impl Database for FakeDatabase {
    async fn begin(&self, _: Scope) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        self.up()?;
        Ok(Box::new(Unit {
            keys: Keys(Arc::clone(&self.kept)),
        }))
    }

    async fn read(&self, _: Scope) -> Result<Box<dyn Reader>, RepositoryError> {
        self.up()?;
        Ok(Box::new(Looks(OnePerson)))
    }

    async fn check(&self) -> Result<(), RepositoryError> {
        self.up()
    }
}

struct Keys(Arc<Mutex<Vec<Kept>>>);

fn same_key(one: &IdempotencyRequest, other: &IdempotencyRequest) -> bool {
    (one.tenant_id, one.user_id, &one.route, &one.key)
        == (other.tenant_id, other.user_id, &other.route, &other.key)
}

#[async_trait::async_trait]
impl IdempotencyStore for Keys {
    async fn reserve(
        &mut self,
        request: &IdempotencyRequest,
        _: Instant,
        _: Instant,
        _: Instant,
    ) -> Result<IdempotencyState, RepositoryError> {
        let mut kept = self.0.lock().unwrap();
        Ok(match kept.iter().find(|(known, _)| same_key(known, request)) {
            Some((known, _)) if known.body_hash != request.body_hash => IdempotencyState::OtherBody,
            Some((_, Some(answer))) => IdempotencyState::Answered(answer.clone()),
            Some((_, None)) => IdempotencyState::InProgress,
            None => {
                kept.push((request.clone(), None));
                IdempotencyState::Reserved
            }
        })
    }

    async fn keep(
        &mut self,
        request: &IdempotencyRequest,
        answer: &KeptAnswer,
    ) -> Result<(), RepositoryError> {
        let mut kept = self.0.lock().unwrap();
        if let Some((_, slot)) = kept.iter_mut().find(|(known, _)| known == request) {
            *slot = Some(answer.clone());
        }
        Ok(())
    }

    async fn release(&mut self, request: &IdempotencyRequest) -> Result<(), RepositoryError> {
        self.0.lock().unwrap().retain(|(known, _)| known != request);
        Ok(())
    }
}

struct Unit {
    keys: Keys,
}

#[async_trait::async_trait]
impl UnitOfWork for Unit {
    fn logbook(&mut self) -> &mut dyn LogbookRepository {
        panic!("this double has no log entries")
    }
    fn placement(&mut self) -> &mut dyn PlacementRepository {
        panic!("this double has no placements")
    }
    fn tenancy(&mut self) -> &mut dyn TenancyRepository {
        panic!("this double has no institutions")
    }
    fn people(&mut self) -> &mut dyn PeopleRepository {
        panic!("this double changes no people")
    }
    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretRepository {
        panic!("this double has no mailed secrets")
    }
    fn profiles(&mut self) -> &mut dyn ProfileRepository {
        panic!("this double has no profiles")
    }

    fn roles(&mut self) -> &mut dyn RoleRepository {
        panic!("this double has no roles")
    }
    fn data_exports(&mut self) -> &mut dyn DataExportRepository {
        panic!("this double has no copies of data")
    }
    fn notifications(&mut self) -> &mut dyn NotificationRepository {
        panic!("this double has no notifications")
    }
    fn outbox(&mut self) -> &mut dyn Outbox {
        panic!("this double has no outbox")
    }
    fn retention(&mut self) -> &mut dyn RetentionStore {
        panic!("this double keeps nothing for long")
    }
    fn idempotency(&mut self) -> &mut dyn IdempotencyStore {
        &mut self.keys
    }
    fn chain(&mut self) -> &mut dyn ChainLinker {
        panic!("this double has no audit trail")
    }
    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        Ok(())
    }
}

struct Looks(OnePerson);

impl Reader for Looks {
    fn logbook(&mut self) -> &mut dyn LogbookReader {
        panic!("this double has no log entries")
    }
    fn placement(&mut self) -> &mut dyn PlacementReader {
        panic!("this double has no placements")
    }
    fn tenancy(&mut self) -> &mut dyn TenancyReader {
        panic!("this double has no institutions")
    }
    fn people(&mut self) -> &mut dyn PeopleReader {
        &mut self.0
    }
    fn mailed_secrets(&mut self) -> &mut dyn MailedSecretReader {
        panic!("this double has no mailed secrets")
    }
    fn profiles(&mut self) -> &mut dyn ProfileReader {
        panic!("this double has no profiles")
    }

    fn roles(&mut self) -> &mut dyn RoleReader {
        panic!("this double has no roles")
    }
    fn data_exports(&mut self) -> &mut dyn DataExportReader {
        panic!("this double has no copies of data")
    }
    fn notifications(&mut self) -> &mut dyn NotificationReader {
        panic!("this double has no notifications")
    }
    fn audit(&mut self) -> &mut dyn AuditReader {
        panic!("this double has no audit trail")
    }
    fn insight(&mut self) -> &mut dyn InsightReader {
        panic!("this double has no figures")
    }
}
