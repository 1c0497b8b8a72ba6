//! Counts the statements of a database, and can keep their texts: for tests of speed and of isolation.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use ipt_domain::id::TenantId;
use ipt_ports::Scope;
use sea_orm::{Value, sea_query::Values};

/// A statement, as far as a test may look at it: its values are never kept.
#[derive(Clone, Debug)]
pub struct Traced {
    /// Its text.
    pub text: String,
    /// How many institutions its scope held; none: it ran in that of one of the deployment's own jobs, or in no scope.
    pub institutions: Option<usize>,
    /// How many of its values were institutions of the scope.
    pub shown: usize,
}

/// How many statements went to the database, and, while asked for, what can be told of them.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    statements: AtomicU64,
    recording: Mutex<Option<Vec<Traced>>>,
}

impl Meter {
    /// Notes a statement that belongs to no institution: a beginning or an end, or a look outside a transaction.
    pub(crate) fn note(&self, text: &str) {
        self.keep(|| Traced {
            text: text.to_owned(),
            institutions: None,
            shown: 0,
        });
    }

    /// Notes a statement with its values, in this scope.
    pub(crate) fn note_in(&self, scope: &Scope, text: &str, values: Option<&Values>) {
        let tenants = match scope {
            Scope::Tenants(tenants) => Some(tenants),
            Scope::System(_) => None,
        };
        let is_own = |value: &&Value| match (value, tenants) {
            (Value::Uuid(Some(id)), Some(tenants)) => tenants.contains(&TenantId::new(*id)),
            _ => false,
        };
        self.keep(|| Traced {
            text: text.to_owned(),
            institutions: tenants.map(Vec::len),
            shown: values.map_or(0, |values| values.iter().filter(is_own).count()),
        });
    }

    fn keep(&self, traced: impl FnOnce() -> Traced) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        if let Some(kept) = self
            .recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()
        {
            kept.push(traced());
        }
    }

    /// How many there were so far.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Keeps them from now on.
    pub(crate) fn record(&self) {
        *self.recording.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }

    /// Those since [`record`](Self::record); none are kept any more.
    pub(crate) fn recorded(&self) -> Vec<Traced> {
        self.recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_default()
    }
}
