//! `If-None-Match`: an answer that the client has already is not sent again.

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap},
    },
    middleware::Next,
};

/// Turns an answer whose entity tag the client named into 304.
pub(crate) async fn conditional<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let response = next.call(request).await?;
    let named = response.request().headers();
    let is_read = response.request().method() == Method::GET && response.status() == StatusCode::OK;
    if !is_read || !is_known(named, response.headers()) {
        return Ok(response.map_into_left_body());
    }
    let mut response = response.map_body(|_, _| EitherBody::right(BoxBody::new(())));
    *response.response_mut().status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().remove(header::CONTENT_TYPE);
    Ok(response)
}

/// Whether the client named the answer's entity tag; compared weakly, as RFC 9110 asks.
fn is_known(request: &HeaderMap, response: &HeaderMap) -> bool {
    let Some(tag) = response.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else {
        return false;
    };
    request
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .any(|list| {
            list.split(',')
                .map(str::trim)
                .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
        })
}

#[cfg(test)]
mod tests;
