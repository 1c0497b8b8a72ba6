//! Reading a body whole, within bounds.

use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt as _;

use super::patience::Patience;
use crate::{
    codes::protocol::{BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE},
    problem::Problem,
    state::{ApiSettings, State},
};

/// Reads a body of JSON. Without a body, none.
pub(super) async fn read_json(request: HttpRequest, payload: Payload) -> Result<Option<Bytes>, Problem> {
    let usual = ApiSettings::default();
    let settings = request
        .app_data::<State>()
        .map_or(&usual, |state| state.settings());
    let limit = settings.max_json_bytes;
    let told = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if told.is_some_and(|length: usize| length > limit) {
        return Err(too_large(limit));
    }
    let expected =
        told.is_some_and(|length| length > 0) || request.headers().contains_key(header::TRANSFER_ENCODING);
    if expected {
        check_type(request.headers())?;
    }
    // A client that sends byte by byte keeps others waiting: it has this time for the whole.
    let body = Patience::new(settings.body_timeout)
        .wait_for(collect(payload, limit))
        .await??;
    if body.is_empty() {
        return Ok(None);
    }
    if !expected {
        check_type(request.headers())?;
    }
    Ok(Some(body))
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk?;
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn too_large(limit: usize) -> Problem {
    Problem::new(BODY_TOO_LARGE).detail(format_args!("a body of JSON has at most {limit} bytes"))
}

/// JSON and nothing else, in UTF-8 and not compressed.
fn check_type(headers: &HeaderMap) -> Result<(), Problem> {
    let refused = |detail: &str| Err(Problem::new(UNSUPPORTED_MEDIA_TYPE).detail(detail));
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if text(header::CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return refused("send the body as it is, without Content-Encoding");
    }
    let mut parts = text(header::CONTENT_TYPE)
        .unwrap_or_default()
        .split(';')
        .map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let json = kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"));
    if !json {
        return refused("send application/json");
    }
    let charset = parts
        .filter_map(|part| part.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    match charset {
        Some((_, charset)) if !charset.trim_matches('"').eq_ignore_ascii_case("utf-8") => {
            refused("send JSON in UTF-8")
        }
        _ => Ok(()),
    }
}
