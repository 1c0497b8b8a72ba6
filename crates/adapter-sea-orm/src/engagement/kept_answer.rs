//! Between rows and answers kept for retries.

use ipt_ports::{
    RepositoryError,
    engagement::{IdempotencyRequest, IdempotencyState, KeptAnswer},
};
use sea_orm::{DbErr, QueryResult};

use crate::error::{damaged, repository_error};

/// What a row tells about a request with the same key.
pub(super) fn state(
    row: &QueryResult,
    request: &IdempotencyRequest,
) -> Result<IdempotencyState, RepositoryError> {
    let read = || -> Result<_, DbErr> {
        let body_hash: Vec<u8> = row.try_get("", "body_hash")?;
        let status: Option<i32> = row.try_get("", "status")?;
        let headers: Option<serde_json::Value> = row.try_get("", "headers")?;
        let body: Option<Vec<u8>> = row.try_get("", "body")?;
        Ok((body_hash, status, headers, body))
    };
    let (body_hash, status, headers, body) = read().map_err(repository_error)?;
    if body_hash != request.body_hash {
        return Ok(IdempotencyState::OtherBody);
    }
    let (Some(status), Some(headers), Some(body)) = (status, headers, body) else {
        return Ok(IdempotencyState::InProgress);
    };
    let broken = |column, problem| damaged("idempotency_key", column, request.user_id.uuid(), problem);
    Ok(IdempotencyState::Answered(KeptAnswer {
        status: u16::try_from(status).map_err(|_| broken("status", "there is no such status"))?,
        headers: serde_json::from_value(headers)
            .map_err(|_| broken("headers", "they are no pairs of texts"))?,
        body,
    }))
}
