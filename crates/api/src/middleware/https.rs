//! Who came in clear is sent on to where it is encrypted.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
};

use super::client::{Scheme, client};
use crate::{health::is_probe, state::State};

/// Redirects what a trusted proxy got in clear, when the public address is encrypted. The address comes from the settings
/// and not from the request, so that nobody is sent elsewhere. A probe goes on: it does not come from outside.
pub(crate) async fn upgrade<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    match encrypted(&request) {
        Some(there) => {
            let response = HttpResponse::PermanentRedirect()
                .insert_header((header::LOCATION, there))
                .finish();
            Ok(request.into_response(response).map_into_right_body())
        }
        None => next.call(request).await.map(ServiceResponse::map_into_left_body),
    }
}

/// Where to, when the request came in clear and should not have.
fn encrypted(request: &ServiceRequest) -> Option<String> {
    let state = request.app_data::<State>()?;
    let public_url = &state.settings().public_url;
    let in_clear = client(request.request()).scheme == Some(Scheme::Http);
    if !in_clear || !public_url.starts_with("https://") || is_probe(request.path()) {
        return None;
    }
    let wanted = request
        .uri()
        .path_and_query()
        .map_or("/", |wanted| wanted.as_str());
    Some(format!("{public_url}{wanted}"))
}
