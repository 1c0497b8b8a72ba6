//! `Idempotency-Key`: a retry gets the first answer, and nothing is done twice.
//!
//! The middleware [`idempotent`] reads the key and leaves an [`Idempotency`] with the request. Whoever has read and
//! understood the body reserves the key by the body's digest: the extractors of `crate::extract` do, a handler that
//! streams a multipart body does so itself. So a body that cannot be read is told first, whatever the key says. At the end
//! the middleware keeps the answer when it is a success, and gives the key up when it is not.

mod key;
mod reservation;

use actix_web::{
    Error, HttpMessage as _,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header::HeaderName},
    middleware::Next,
};
use ipt_application::Caller;
use key::read_key;
pub(crate) use reservation::Idempotency;
use tracing::Instrument as _;

use crate::{problem::Problem, state::State};

/// The header of the key.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that says that the answer is the first one again.
pub(super) const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Whose POSTs take no key: signing in twice is no accident.
const WITHOUT_KEYS: &str = "/api/v1/auth/";

/// Honours the key of a POST.
///
/// The work goes on when the client goes away in the middle: it may have been done already, and the retry must get its
/// answer rather than do it again.
pub(crate) async fn idempotent<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let idempotency = match of(&request) {
        Ok(Some(idempotency)) => idempotency,
        Ok(None) => return next.call(request).await.map(ServiceResponse::map_into_left_body),
        Err(problem) => return Ok(request.error_response(problem).map_into_right_body()),
    };
    request.extensions_mut().insert(idempotency.clone());
    let work = async move {
        let response = next.call(request).await;
        settle(&idempotency, response).await
    };
    match actix_web::rt::spawn(work.in_current_span()).await {
        Ok(response) => response,
        Err(error) => Err(Problem::internal(error).into()),
    }
}

/// What there is to honour.
fn of(request: &ServiceRequest) -> Result<Option<Idempotency>, Problem> {
    if request.method() != Method::POST || request.path().starts_with(WITHOUT_KEYS) {
        return Ok(None);
    }
    let Some(header) = request.headers().get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = read_key(header)?;
    let state = request.app_data::<State>().cloned();
    let extensions = request.extensions();
    let Some((state, caller)) = state.zip(extensions.get::<Caller>()) else {
        return Ok(None);
    };
    Ok(Some(Idempotency::new(state, caller, request.request(), key)))
}

/// Keeps a success, and gives the key up after anything else.
async fn settle<B: MessageBody + 'static>(
    idempotency: &Idempotency,
    response: Result<ServiceResponse<B>, Error>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    match response {
        Ok(response)
            if response.status().is_success() && response.status() != StatusCode::PARTIAL_CONTENT =>
        {
            idempotency.keep(response).await
        }
        Ok(response) => {
            idempotency.release().await;
            Ok(response.map_into_left_body())
        }
        Err(error) => {
            idempotency.release().await;
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests;
