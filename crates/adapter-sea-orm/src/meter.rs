//! Counts the statements of a database, and can keep their texts: for tests of speed and of isolation.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{Value, sea_query::Values};
use uuid::Uuid;

/// A statement, as far as a test may look at it: its values are never kept.
#[derive(Clone, Debug)]
pub struct Traced {
    /// Its text.
    pub text: String,
    /// How many institutions its scope held; none: it ran in that of one of the deployment's own jobs, or in no scope.
    pub institutions: Option<usize>,
    /// Whether an institution of the scope was among its values.
    pub shows_institution: bool,
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
            shows_institution: false,
        });
    }

    /// Notes a statement with its values, in the scope of these institutions; none: of a job of the deployment.
    pub(crate) fn note_in(&self, tenants: Option<&[Uuid]>, text: &str, values: Option<&Values>) {
        let is_own = |value: &Value| match (value, tenants) {
            (Value::Uuid(Some(id)), Some(tenants)) => tenants.contains(id),
            _ => false,
        };
        self.keep(|| Traced {
            text: text.to_owned(),
            institutions: tenants.map(<[Uuid]>::len),
            shows_institution: values.is_some_and(|values| values.iter().any(is_own)),
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
