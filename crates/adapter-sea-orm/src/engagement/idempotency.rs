//! Keeps answers for retries.

use ipt_domain::{Instant, id::TenantId};
use ipt_ports::{
    RepositoryError,
    engagement::{IdempotencyRequest, IdempotencyState, IdempotencyStore, KeptAnswer},
};
use sea_orm::{ConnectionTrait as _, ExecResult, QueryResult};
use serde_json::Value;
use uuid::Uuid;

use super::kept_answer;
use crate::{dialect::Sql, error::repository_error, scope::demand, unit_of_work::SeaUnitOfWork};

/// How often a key that vanishes between two looks is tried again.
const TRIES: usize = 3;

#[async_trait::async_trait]
impl IdempotencyStore for SeaUnitOfWork {
    /// Free of races: the unique index lets one insertion through, and of several that take an abandoned row over, the
    /// condition holds for the first alone. PostgreSQL lets an insertion wait for one that is under way.
    async fn reserve(
        &mut self,
        request: &IdempotencyRequest,
        now: Instant,
        stale_before: Instant,
        forget_before: Instant,
    ) -> Result<IdempotencyState, RepositoryError> {
        demand(self.scope(), request.tenant_id)?;
        for _ in 0..TRIES {
            if self
                .insert_or_take_over(request, now, stale_before, forget_before)
                .await?
            {
                return Ok(IdempotencyState::Reserved);
            }
            // None: it was given up between the two statements.
            if let Some(row) = self.kept(request).await? {
                return kept_answer::state(&row, request);
            }
        }
        Ok(IdempotencyState::InProgress)
    }

    /// A reservation that was taken over and answered by another is stale: its change must not be committed twice.
    async fn keep(
        &mut self,
        request: &IdempotencyRequest,
        answer: &KeptAnswer,
    ) -> Result<(), RepositoryError> {
        demand(self.scope(), request.tenant_id)?;
        let pairs = answer
            .headers
            .iter()
            .map(|(name, value)| Value::from(vec![name.clone(), value.clone()]));
        let headers = Value::Array(pairs.collect());
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE idempotency_key SET status = ")
            .bind(i32::from(answer.status));
        sql.push(", headers = ")
            .bind(headers)
            .push(", body = ")
            .bind(answer.body.clone());
        push_reserved(&mut sql, request);
        let kept = self.run(sql).await?;
        if kept.rows_affected() == 0 {
            Err(RepositoryError::Stale)
        } else {
            Ok(())
        }
    }

    async fn release(&mut self, request: &IdempotencyRequest) -> Result<(), RepositoryError> {
        demand(self.scope(), request.tenant_id)?;
        let mut sql = Sql::new(self.dialect());
        sql.push("DELETE FROM idempotency_key");
        push_reserved(&mut sql, request);
        self.run(sql).await.map(drop)
    }
}

impl SeaUnitOfWork {
    /// Inserts the key, or takes over a row that is abandoned or to be forgotten; whether it did.
    async fn insert_or_take_over(
        &self,
        request: &IdempotencyRequest,
        now: Instant,
        stale_before: Instant,
        forget_before: Instant,
    ) -> Result<bool, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("INSERT INTO idempotency_key AS k (tenant_id, user_id, route, key, body_hash, reserved_at) VALUES (");
        sql.bind(request.tenant_id.map(TenantId::uuid))
            .push(", ")
            .bind(request.user_id.uuid());
        sql.push(", ")
            .bind(request.route.as_str())
            .push(", ")
            .bind(request.key.as_str());
        sql.push(", ")
            .bind(request.body_hash.to_vec())
            .push(", ")
            .bind(now);
        sql.push(") ON CONFLICT (user_id, key, route, ");
        push_place(&mut sql);
        sql.push(") DO UPDATE SET body_hash = excluded.body_hash, reserved_at = excluded.reserved_at, ");
        sql.push("status = NULL, headers = NULL, body = NULL WHERE k.reserved_at < ")
            .bind(forget_before);
        sql.push(" OR (k.status IS NULL AND k.reserved_at < ")
            .bind(stale_before)
            .push(")");
        Ok(self.run(sql).await?.rows_affected() > 0)
    }

    /// The row of the request's key.
    async fn kept(&self, request: &IdempotencyRequest) -> Result<Option<QueryResult>, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT body_hash, status, headers, body FROM idempotency_key WHERE ");
        push_key(&mut sql, request);
        self.connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)
    }

    async fn run(&self, sql: Sql) -> Result<ExecResult, RepositoryError> {
        self.connection()
            .execute_raw(sql.statement())
            .await
            .map_err(repository_error)
    }
}

/// Only the request's own reservation, not answered yet.
fn push_reserved(sql: &mut Sql, request: &IdempotencyRequest) {
    sql.push(" WHERE ");
    push_key(sql, request);
    sql.push(" AND status IS NULL AND body_hash = ")
        .bind(request.body_hash.to_vec());
}

/// Answered by the index `idempotency_key_once`, whose last part is the same expression.
fn push_key(sql: &mut Sql, request: &IdempotencyRequest) {
    sql.push("user_id = ")
        .bind(request.user_id.uuid())
        .push(" AND key = ")
        .bind(request.key.as_str());
    sql.push(" AND route = ")
        .bind(request.route.as_str())
        .push(" AND ");
    push_place(sql);
    sql.push(" = ")
        .bind(request.tenant_id.map_or(Uuid::nil(), TenantId::uuid));
}

/// The institution of a row, or zeros: absent ones would all differ in a unique index.
fn push_place(sql: &mut Sql) {
    sql.push("coalesce(tenant_id, ");
    sql.either(
        "'00000000-0000-0000-0000-000000000000'::uuid",
        "x'00000000000000000000000000000000'",
    )
    .push(")");
}
