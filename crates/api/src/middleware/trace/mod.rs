//! The span of a request: its method and route pattern, never its path, its query or what it carries.

mod parent;

use std::time::Instant;

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use parent::TraceParent;
use tracing::{Span, field::Empty};
use tracing_actix_web::RootSpanBuilder;

use super::RequestId;
use crate::state::State;

/// When the work on a request began.
struct Begun(Instant);

/// Opens the span `http.request` around each request, and says at its end how it went.
pub(crate) struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        request.extensions_mut().insert(Begun(Instant::now()));
        let header = request
            .headers()
            .get("traceparent")
            .and_then(|value| value.to_str().ok());
        let parent = header.and_then(TraceParent::parse);
        let trace_id = parent
            .as_ref()
            .map_or_else(|| fresh_trace_id(request), |parent| parent.trace_id.to_owned());
        let extensions = request.extensions();
        let request_id = extensions.get::<RequestId>().map_or("", RequestId::as_str);
        let span = tracing::info_span!(
            "http.request",
            http.method = %request.method(),
            http.route = request.match_pattern().as_deref().unwrap_or("unknown"),
            http.status_code = Empty,
            request_id,
            trace_id,
            parent_id = Empty,
        );
        if let Some(parent) = parent {
            span.record("parent_id", parent.parent_id);
        }
        span
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let (status, begun) = match outcome {
            Ok(response) => {
                let begun = response
                    .request()
                    .extensions()
                    .get::<Begun>()
                    .map(|begun| begun.0);
                (response.status(), begun)
            }
            Err(error) => (error.as_response_error().status_code(), None),
        };
        span.record("http.status_code", status.as_u16());
        let micros = begun.map(|begun| u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
        tracing::info!(parent: &span, elapsed_us = micros, "request answered");
    }
}

/// The id of a trace that begins here.
fn fresh_trace_id(request: &ServiceRequest) -> String {
    request
        .app_data::<State>()
        .map(|state| state.services().ids.next().simple().to_string())
        .unwrap_or_default()
}
