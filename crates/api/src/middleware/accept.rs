//! `Accept`: the API speaks JSON, but for a few resources.

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap},
    middleware::Next,
};

use crate::{codes::protocol::NOT_ACCEPTABLE, problem::Problem};

/// Resources that have other forms, and judge `Accept` themselves.
const OTHER_FORMS: [&str; 5] = [
    "/api/v1/attachments/{id}/content",
    "/api/v1/audit-log/export",
    "/api/v1/notifications/stream",
    "/api/v1/reports/{kind}",
    "/api/v1/review/{token}",
];

/// Refuses a request whose `Accept` leaves no room for JSON.
pub(crate) async fn negotiate<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let other_forms = || {
        request
            .match_pattern()
            .is_some_and(|pattern| OTHER_FORMS.contains(&pattern.as_str()))
    };
    if !takes_json(request.headers()) && !other_forms() {
        return Ok(request
            .error_response(Problem::new(NOT_ACCEPTABLE))
            .map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

/// Whether one of the ranges in `Accept` takes JSON. No header, or one that cannot be read, takes everything.
fn takes_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(header::ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .peekable();
    ranges.peek().is_none() || ranges.flat_map(|list| list.split(',')).any(range_takes_json)
}

fn range_takes_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let refused = parts.any(|part| {
        part.strip_prefix("q=")
            .or_else(|| part.strip_prefix("Q="))
            .is_some_and(|weight| weight.parse() == Ok(0.0_f32))
    });
    !refused
        && matches!(
            kind.as_str(),
            "" | "*/*" | "application/*" | "application/json" | "application/problem+json"
        )
}

#[cfg(test)]
mod tests {
    use super::range_takes_json;

    #[test]
    fn a_range_that_contains_json_takes_it_unless_its_weight_is_nothing() {
        for range in [
            "application/json",
            " */*;q=0.8",
            "application/*",
            "Application/JSON; charset=utf-8",
        ] {
            assert!(range_takes_json(range), "{range}");
        }
        for range in [
            "text/html",
            "application/xml;q=0.9",
            "application/json;q=0",
            "*/*; q=0.0",
        ] {
            assert!(!range_takes_json(range), "{range}");
        }
    }
}
