//! Answers kept so that a retry gets the first one again.

use ipt_domain::{
    Instant,
    id::{TenantId, UserId},
};

use crate::RepositoryError;

/// Whose retry it would be: a key is scoped to institution, person and route.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyRequest {
    /// The institution in which the person acts.
    pub tenant_id: Option<TenantId>,
    /// The person.
    pub user_id: UserId,
    /// Method and path.
    pub route: String,
    /// The key that the client chose.
    pub key: String,
    /// The SHA-256 of the body.
    pub body_hash: [u8; 32],
}

/// The first answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: u16,
    /// `Location`, `ETag` and the like.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdempotencyState {
    /// It is new and now reserved for the caller.
    Reserved,
    /// The first request is still being worked on.
    InProgress,
    /// The key was used with another body.
    OtherBody,
    /// The first request was answered.
    Answered(KeptAnswer),
}

/// Keeps answers for retries.
#[async_trait::async_trait]
pub trait IdempotencyStore: Send {
    /// Reserves a key, or tells what is known of it. A reservation that was not answered by `stale_before` counts as
    /// abandoned, a record older than `forget_before` as never made.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn reserve(
        &mut self,
        request: &IdempotencyRequest,
        now: Instant,
        stale_before: Instant,
        forget_before: Instant,
    ) -> Result<IdempotencyState, RepositoryError>;

    /// Keeps the answer of a reserved key.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn keep(
        &mut self,
        request: &IdempotencyRequest,
        answer: &KeptAnswer,
    ) -> Result<(), RepositoryError>;

    /// Gives a reservation up, since the request failed.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn release(&mut self, request: &IdempotencyRequest) -> Result<(), RepositoryError>;
}
