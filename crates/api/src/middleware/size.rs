//! How long an address and a head may be.

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

use crate::{
    codes::protocol::{HEADERS_TOO_LARGE, URI_TOO_LONG},
    problem::Problem,
};

/// The longest path with its query, in bytes. RFC 9110 asks for 8,000 at least.
const MAX_URI: usize = 8_192;

/// All headers together, names and values, in bytes: a few times what a browser with its cookies and a token sends. The
/// framework itself reads four times as much before it gives up.
const MAX_HEADERS: usize = 32_768;

/// Refuses a request whose address or headers are too long, before anybody looks at what is in them.
pub(crate) async fn limit_size<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    if let Some(problem) = too_large(&request) {
        return Ok(request.error_response(problem).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

fn too_large(request: &ServiceRequest) -> Option<Problem> {
    let uri = request
        .uri()
        .path_and_query()
        .map_or(0, |wanted| wanted.as_str().len());
    if uri > MAX_URI {
        let most = format_args!("a path with its query has at most {MAX_URI} bytes");
        return Some(Problem::new(URI_TOO_LONG).detail(most));
    }
    let headers: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    (headers > MAX_HEADERS).then(|| {
        let most = format_args!("the headers have at most {MAX_HEADERS} bytes together");
        Problem::new(HEADERS_TOO_LARGE).detail(most)
    })
}
