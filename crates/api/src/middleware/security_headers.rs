//! Headers that keep a browser from doing more with an answer than it should.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
};

use crate::state::State;

/// Data is no page: nothing may be loaded, run or framed. Pages set a policy of their own.
const DATA_ONLY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// A year, subdomains included.
const HTTPS_ONLY: &str = "max-age=31536000; includeSubDomains";

/// No answer is a page that needs any of it.
const NO_DEVICES: &str = "accelerometer=(), autoplay=(), camera=(), \
                          display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), \
                          magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), \
                          screen-wake-lock=(), usb=(), xr-spatial-tracking=()";
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// Adds the headers that an answer does not set itself.
pub(crate) async fn secure<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let https = request
        .app_data::<State>()
        .is_some_and(|state| state.settings().public_url.starts_with("https://"));
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    add(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(headers, header::X_FRAME_OPTIONS, "DENY");
    add(headers, header::REFERRER_POLICY, "no-referrer");
    add(headers, header::CONTENT_SECURITY_POLICY, DATA_ONLY);
    add(headers, PERMISSIONS_POLICY, NO_DEVICES);
    add(headers, header::CACHE_CONTROL, "no-store");
    if https {
        add(headers, header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    Ok(response)
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
