//! What the server depends on.

use std::{
    error::Error,
    future::Future,
    time::{Duration, Instant},
};

use ipt_application::Services;
use serde::Serialize;
use tokio::sync::Mutex;
use utoipa::ToSchema;

/// How long one dependency may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a finding holds: probes and strangers do not make the dependencies busy.
const HOLDS_FOR: Duration = Duration::from_secs(1);

/// How one dependency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// It answers.
    Ok,
    /// It does not, and without it the server still serves.
    Degraded,
    /// It does not, and without it the server cannot serve.
    Failed,
}

/// How the dependencies are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Checks {
    /// The database, with all migrations applied.
    pub(super) database: Standing,
    /// The file store.
    pub(super) storage: Standing,
    /// The mail server.
    pub(super) mail: Standing,
}

impl Checks {
    /// Whether the server can serve.
    pub(super) fn are_met(self) -> bool {
        [self.database, self.storage, self.mail]
            .iter()
            .all(|standing| *standing != Standing::Failed)
    }

    /// All in one word.
    pub(super) fn overall(self) -> Standing {
        if !self.are_met() {
            Standing::Failed
        } else if self.mail == Standing::Ok {
            Standing::Ok
        } else {
            Standing::Degraded
        }
    }
}

/// The last finding, and when it was made. One request asks; others wait for it.
#[derive(Default)]
pub(crate) struct Readiness(Mutex<Option<(Instant, Checks)>>);

impl Readiness {
    /// How the dependencies are.
    pub(super) async fn checks(&self, services: &Services) -> Checks {
        let mut last = self.0.lock().await;
        if let Some((found_at, checks)) = *last
            && found_at.elapsed() < HOLDS_FOR
        {
            return checks;
        }
        let (database, storage, mail) = tokio::join!(
            ask("database", Standing::Failed, services.database.check()),
            ask("storage", Standing::Failed, services.blobs.check()),
            ask("mail", Standing::Degraded, services.mailer.check()),
        );
        let checks = Checks {
            database,
            storage,
            mail,
        };
        *last = Some((Instant::now(), checks));
        checks
    }
}

/// How one dependency is; the reason is for the log only.
async fn ask<E: Error + 'static>(
    name: &'static str,
    otherwise: Standing,
    check: impl Future<Output = Result<(), E>>,
) -> Standing {
    match tokio::time::timeout(PATIENCE, check).await {
        Ok(Ok(())) => Standing::Ok,
        Ok(Err(error)) => {
            tracing::warn!(
                dependency = name,
                error = &error as &dyn Error,
                "a dependency does not answer"
            );
            otherwise
        }
        Err(_) => {
            tracing::warn!(dependency = name, "a dependency does not answer in time");
            otherwise
        }
    }
}
