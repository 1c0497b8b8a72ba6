//! Copies of data, as they go over the wire.

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
};
use ipt_domain::{
    Instant,
    identity::data_export::{DataExport, ExportStanding, ExportState},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::link;
use crate::{
    answer::{Answer, entity_tag},
    problem::Problem,
    seal::SealKeys,
    wire::Timestamp,
};

/// A copy of what is kept of a person.
#[derive(Serialize, ToSchema)]
#[schema(as = DataExport)]
pub(super) struct ExportDto {
    id: Uuid,
    /// `preparing`, `ready`, `fetched`, `expired` or `failed`.
    #[schema(example = "ready")]
    state: &'static str,
    requested_at: Timestamp,
    /// When it was ready.
    ready_at: Option<Timestamp>,
    /// Until when it can be fetched.
    expires_at: Option<Timestamp>,
    /// Its size in bytes.
    size: Option<u64>,
    /// Where it can be fetched, once, without a further sign-in.
    #[schema(example = "/api/v1/data-exports/3q2-7w")]
    download_url: Option<String>,
    version: u32,
}

impl ExportDto {
    /// A copy, as it stands now.
    pub(super) fn new(export: &DataExport, keys: &SealKeys, now: Instant) -> Self {
        let standing = export.standing(now);
        let (ready_at, expires_at, size) = match export.state {
            ExportState::Ready { at, expires_at, size } => (Some(at), Some(expires_at), Some(size)),
            ExportState::Waiting { .. } | ExportState::Fetched { .. } | ExportState::Failed { .. } => {
                (None, None, None)
            }
        };
        Self {
            id: export.id.uuid(),
            state: standing.as_str(),
            requested_at: Timestamp(export.asked_at),
            ready_at: ready_at.map(Timestamp),
            expires_at: expires_at.map(Timestamp),
            size,
            download_url: (standing == ExportStanding::Ready)
                .then(|| format!("/api/v1/data-exports/{}", link::token(keys, export.id))),
            version: export.version.number(),
        }
    }

    /// The answer to whoever asks for one: it is made in the background, and `place` tells how it stands.
    pub(super) fn accepted(&self, export: &DataExport, place: &str) -> Answer {
        let body = serde_json::to_vec(self).map_err(Problem::internal)?;
        Ok(HttpResponse::Accepted()
            .insert_header((header::LOCATION, place))
            .insert_header((header::ETAG, entity_tag(export.version, &body)))
            .content_type(HeaderValue::from_static("application/json"))
            .body(body))
    }
}
