//! How many requests an account, or an address that is not signed in, may send.
//!
//! A campus shares one address, so whoever is signed in is counted alone. Attempts to sign in are counted by address, and
//! more strictly. The address is the client's, as far as trusted proxies tell it.

mod key;

use std::{num::NonZeroU32, sync::Arc};

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
};
use ipt_ports::rate_limiter::{RateKey, RateLimiter, RatePolicy, RateStanding};
use key::of_address;

use super::client::client;
use crate::{
    browser::access_token, codes::protocol::RATE_LIMITED, health::is_probe, problem::Problem, state::State,
};

/// The paths that are counted as attempts to sign in: whatever takes a password or a code, or sends one.
const SIGN_IN: [&str; 8] = [
    "/api/v1/auth/accept-invitation",
    "/api/v1/auth/login",
    "/api/v1/auth/password",
    "/api/v1/auth/password-reset/confirm",
    "/api/v1/auth/password-reset/request",
    "/api/v1/auth/register",
    "/api/v1/auth/resend-verification",
    "/api/v1/auth/verify-email",
];
/// How one stands with each policy.
pub(super) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// The policies.
pub(super) const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The policies, and what counts.
pub(crate) struct RateLimits {
    limiter: Arc<dyn RateLimiter>,
    default: RatePolicy,
    sign_in: RatePolicy,
}

/// How a request stands with a policy.
struct Standing {
    policy: RatePolicy,
    standing: RateStanding,
}

impl RateLimits {
    /// So many requests a minute, and so many attempts to sign in.
    pub(crate) fn new(limiter: Arc<dyn RateLimiter>, requests: NonZeroU32, sign_in: NonZeroU32) -> Self {
        let policy = |name, per_minute| RatePolicy { name, per_minute };
        Self {
            limiter,
            default: policy("default", requests),
            sign_in: policy("sign_in", sign_in),
        }
    }

    async fn count(&self, policy: RatePolicy, key: RateKey) -> Standing {
        let standing = self.limiter.count(policy, key).await;
        Standing { policy, standing }
    }
}

impl Standing {
    /// The policy, as in `RateLimit-Policy`.
    fn policy(&self) -> String {
        format!("\"{}\";q={};w=60", self.policy.name, self.policy.per_minute)
    }

    /// What is left of it, as in `RateLimit`.
    fn remaining(&self) -> String {
        let RateStanding { remaining, reset, .. } = self.standing;
        format!("\"{}\";r={remaining};t={reset}", self.policy.name)
    }
}

/// Counts the request and refuses it when there were too many; says how things stand on every answer. Probes are counted
/// and never refused: an operator's probe comes through the same address as a crowd behind a proxy.
pub(crate) async fn limit_rate<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let Some(state) = request.app_data::<State>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let limits = &state.limits;
    let key = account_or_address(&request, &state);
    let mut standings = vec![limits.count(limits.default, key).await];
    if SIGN_IN.contains(&request.path()) {
        let key = of_address(client(request.request()).address);
        let strict = limits.count(limits.sign_in, key).await;
        if strict.standing.wait.is_some() {
            standings.push(strict);
        }
    }
    let violated: Vec<_> = standings
        .iter()
        .filter(|one| one.standing.wait.is_some())
        .collect();
    if let Some(wait) = violated.iter().filter_map(|one| one.standing.wait).max()
        && !is_probe(request.path())
    {
        let names: Vec<&str> = violated.iter().map(|one| one.policy.name).collect();
        let problem = Problem::new(RATE_LIMITED)
            .with("violated-policies", names)
            .retry_after(wait);
        let mut response = request.error_response(problem);
        describe(response.headers_mut(), &standings);
        return Ok(response.map_into_right_body());
    }
    let mut response = next.call(request).await?;
    describe(response.headers_mut(), &standings);
    Ok(response.map_into_left_body())
}

/// Whom a request counts for: the account of a token that is really one of ours, else the address.
fn account_or_address(request: &ServiceRequest, state: &State) -> RateKey {
    let services = state.services();
    let claims = access_token(request.headers())
        .and_then(|(token, _)| services.tokens.verify(token, services.clock.now()).ok());
    claims.map_or_else(
        || of_address(client(request.request()).address),
        |claims| RateKey::Account(claims.user_id),
    )
}

/// The two headers of the draft standard.
fn describe(headers: &mut HeaderMap, standings: &[Standing]) {
    let policies: Vec<_> = standings.iter().map(Standing::policy).collect();
    let remaining: Vec<_> = standings.iter().map(Standing::remaining).collect();
    for (name, value) in [
        (RATE_LIMIT_POLICY, policies.join(", ")),
        (RATE_LIMIT, remaining.join(", ")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}
