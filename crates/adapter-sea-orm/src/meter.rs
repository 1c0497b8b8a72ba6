//! Counts the statements of a database, and can keep their texts: for tests of speed and of isolation.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

/// How many statements went to the database, and, while asked for, their texts. Values are never kept.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    statements: AtomicU64,
    recording: Mutex<Option<Vec<String>>>,
}

impl Meter {
    /// Notes a statement.
    pub(crate) fn note(&self, text: &str) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        if let Some(texts) = self
            .recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()
        {
            texts.push(text.to_owned());
        }
    }

    /// How many there were so far.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Keeps the texts from now on.
    pub(crate) fn record(&self) {
        *self.recording.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }

    /// The texts since [`record`](Self::record); none are kept any more.
    pub(crate) fn recorded(&self) -> Vec<String> {
        self.recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_default()
    }
}
