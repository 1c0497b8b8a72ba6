//! What the worker does with each kind of message.

mod days_reopened;
mod log_transition;
mod mail;
mod placement_transition;
mod remove_blob;

use ipt_domain::{
    id::{JobId, TenantId, UserId},
    identity::role::Role,
};
use ipt_ports::{
    RepositoryError, Scope, SystemScope, UnitOfWork,
    engagement::{Message, Topic},
};

use crate::Services;

/// Why a message could not be dealt with. The text is kept for an operator, and holds no personal values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Trying again later can help.
    Later(String),
    /// It never will.
    Never(String),
}

impl From<RepositoryError> for Failure {
    fn from(error: RepositoryError) -> Self {
        match &error {
            RepositoryError::Corrupt(_) => Self::Never(error.to_string()),
            RepositoryError::Conflict(_)
            | RepositoryError::Stale
            | RepositoryError::Unavailable(_)
            | RepositoryError::Backend(_) => Self::Later(error.to_string()),
        }
    }
}

/// Deals with a message and marks it as done: where the work is the database's, in the same transaction.
pub(super) async fn handle(services: &Services, message: &Message) -> Result<(), Failure> {
    match message.topic {
        Topic::LogTransition => log_transition::handle(services, message).await,
        Topic::PlacementTransition => placement_transition::handle(services, message).await,
        Topic::DaysReopened => days_reopened::handle(services, message).await,
        Topic::Mail => mail::handle(services, message).await,
        Topic::RemoveBlob => remove_blob::handle(services, message).await,
    }
}

/// A unit of work of the worker.
async fn begin(services: &Services) -> Result<Box<dyn UnitOfWork>, Failure> {
    Ok(services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?)
}

/// Marks a message as done, and makes that durable with all that was done in the unit of work.
async fn finish(services: &Services, mut work: Box<dyn UnitOfWork>, id: JobId) -> Result<(), Failure> {
    work.outbox().complete(id, services.clock.now()).await?;
    work.commit().await?;
    Ok(())
}

/// A payload that cannot be read is given up at once.
fn unreadable(what: &str) -> Failure {
    Failure::Never(format!("the message is no {what}"))
}

/// The institution's coordinators, or where there is none its administrators: somebody must be told.
async fn coordinators(work: &mut dyn UnitOfWork, tenant: TenantId) -> Result<Vec<UserId>, RepositoryError> {
    let mut found = work.people().members_with_role(tenant, Role::Coordinator).await?;
    if found.is_empty() {
        found = work.people().members_with_role(tenant, Role::TenantAdmin).await?;
    }
    Ok(found.into_iter().map(|account| account.id).collect())
}
