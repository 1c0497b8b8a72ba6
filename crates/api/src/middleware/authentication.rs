//! Who calls: before anything of a request's body is looked at.

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    middleware::Next,
};
use ipt_application::{
    Caller, Origin,
    audit::refused::{self, Attempt},
    identity,
};

use super::{RequestId, client::client};
use crate::{
    browser::{Way, access_token, csrf},
    codes::protocol::{INVALID_TOKEN, UNAUTHENTICATED},
    problem::Problem,
    state::State,
};

/// The resources of `/api/v1` that need no sign-in, by route pattern. Everything else does.
const PUBLIC: [&str; 10] = [
    "/api/v1/auth/accept-invitation",
    "/api/v1/auth/login",
    "/api/v1/auth/logout",
    "/api/v1/auth/password-reset/confirm",
    "/api/v1/auth/password-reset/request",
    "/api/v1/auth/refresh",
    "/api/v1/auth/register",
    "/api/v1/auth/resend-verification",
    "/api/v1/auth/verify-email",
    // The link says who may.
    "/api/v1/data-exports/{token}",
];

/// The longest name of a device that is looked at, in characters.
const MAX_DEVICE: usize = 200;

/// Whether a resource, by its route pattern, needs no sign-in.
pub(crate) fn is_public(pattern: &str) -> bool {
    PUBLIC.contains(&pattern)
}

/// Finds out who calls, and leaves the [`Caller`] with the request. Answers are the person's own: no shared cache keeps
/// them. A path that leads nowhere needs no sign-in to be told so.
pub(crate) async fn authenticate<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let needed = request
        .match_pattern()
        .is_some_and(|pattern| !is_public(&pattern));
    if needed {
        match caller(request.request()).await {
            Ok(caller) => {
                request.extensions_mut().insert(caller);
            }
            Err(problem) => return Ok(request.error_response(problem).map_into_right_body()),
        }
    }
    let mut response = next.call(request).await?;
    if response.status() == StatusCode::FORBIDDEN {
        write_down(response.request()).await;
    }
    let own = if needed { "private, no-cache" } else { "no-store" };
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(own));
    }
    Ok(response.map_into_left_body())
}

/// Writes down that somebody asked for what is not permitted. Where that fails, the refusal is answered all the same.
async fn write_down(request: &HttpRequest) {
    let caller = request.extensions().get::<Caller>().cloned();
    let (Some(caller), Some(state)) = (caller, request.app_data::<State>()) else {
        return;
    };
    let attempt = Attempt {
        method: request.method().as_str(),
        path: request.path(),
    };
    if let Err(error) = refused::execute(state.services(), &caller, attempt).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "a refusal could not be written down"
        );
    }
}

/// The person behind a request's token. One that came in a cookie and is to change something must come from a page of ours;
/// that is asked before anything else, since otherwise it was not the person who sent it.
///
/// # Errors
/// 401 without a good token; 403 for another site's request.
pub(crate) async fn caller(request: &HttpRequest) -> Result<Caller, Problem> {
    let Some(state) = request.app_data::<State>().cloned() else {
        return Err(Problem::internal("the state of the API is missing"));
    };
    let Some((token, way)) = access_token(request.headers()) else {
        return Err(challenge(Problem::new(UNAUTHENTICATED), "Bearer realm=\"ipt\""));
    };
    let origin = origin(request);
    let caller = match identity::authenticate::execute(state.services(), token, origin).await {
        Ok(caller) => caller,
        Err(identity::IdentityError::Repository(error)) => return Err(error.into()),
        Err(_) => {
            return Err(challenge(
                Problem::new(INVALID_TOKEN),
                "Bearer realm=\"ipt\", error=\"invalid_token\"",
            ));
        }
    };
    if way == Way::Cookie && !request.method().is_safe() {
        csrf::check(request, &state, caller.session_id)?;
    }
    request.extensions_mut().insert(way);
    Ok(caller)
}

/// A refusal that says how to sign in (RFC 6750).
fn challenge(problem: Problem, scheme: &'static str) -> Problem {
    problem.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static(scheme))
}

/// Where a request comes from: the client's address, as far as trusted proxies tell it.
pub(crate) fn origin(request: &HttpRequest) -> Origin {
    let device = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    Origin {
        address: client(request).address.map(|address| address.to_string()),
        device: device.map(|device| device.chars().take(MAX_DEVICE).collect()),
        request_id: request
            .extensions()
            .get::<RequestId>()
            .map(|id| id.as_str().to_owned()),
    }
}
