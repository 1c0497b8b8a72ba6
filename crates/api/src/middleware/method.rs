//! HEAD, wherever there is GET.

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

/// Marks a request that asked for the head only.
struct Head;

/// Whether a request asks for the head only. One that would change something does not do so then: scanners look at links
/// before people do.
pub(crate) fn is_head(request: &HttpRequest) -> bool {
    request.extensions().contains::<Head>()
}

/// Routes HEAD as GET. The connection remembers the method and leaves the body out.
pub(crate) async fn answer_head<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(Head);
    }
    next.call(request).await
}
