//! A server that takes connections and says nothing: its own time-outs do not reach us then, nor does the network tell.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How much longer than the server's own time-out is waited for its answer.
const GRACE: Duration = Duration::from_secs(2);

/// For how long after a silence connections that are given back are closed. Whichever of them fell silent is given back
/// within this time.
const MISTRUST: Duration = Duration::from_secs(5);

/// Waits for answers of a server no longer than it may take, and remembers when one did not come.
#[derive(Clone, Debug)]
pub(crate) struct Patience {
    limit: Duration,
    last_silence: Arc<Mutex<Option<Instant>>>,
}

/// The server did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the database did not answer within {} seconds", .0.as_secs())]
pub(crate) struct Silent(Duration);

impl Patience {
    /// With a server that gives a statement up after `statement_timeout`.
    pub(crate) fn with(statement_timeout: Duration) -> Self {
        Self {
            limit: statement_timeout.saturating_add(GRACE),
            last_silence: Arc::default(),
        }
    }

    /// The server's answer, or an error when none comes.
    ///
    /// The silence is noted before `answer` is dropped, and with it perhaps the connection: so that is not used again.
    ///
    /// # Errors
    /// Those of `answer`, and an error of input and output.
    pub(crate) async fn wait_for<T>(
        &self,
        answer: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let mut answer = std::pin::pin!(answer);
        let Ok(answered) = tokio::time::timeout(self.limit, answer.as_mut()).await else {
            *self.lock() = Some(Instant::now());
            let silent = io::Error::new(io::ErrorKind::TimedOut, Silent(self.limit));
            return Err(sqlx::Error::Io(silent));
        };
        answered
    }

    /// Whether a connection that is given back now may be used again. After a silence none is: to ask whether it still
    /// answers could take as long again, and it may be inside a transaction that nobody knows of.
    ///
    /// # Errors
    /// When it may not.
    pub(crate) fn trusts(&self) -> Result<bool, sqlx::Error> {
        match *self.lock() {
            Some(silence) if silence.elapsed() < MISTRUST => {
                let silent = io::Error::new(io::ErrorKind::TimedOut, Silent(self.limit));
                Err(sqlx::Error::Io(silent))
            }
            _ => Ok(true),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.last_silence.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
