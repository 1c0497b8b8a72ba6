//! Pages of other origins that may use the API (CORS).

use std::{fmt, str::FromStr};

use actix_cors::Cors;
use actix_web::{
    http::{Method, Uri, header},
    middleware::Condition,
};

use super::{
    rate_limit::{RATE_LIMIT, RATE_LIMIT_POLICY},
    request_id::X_REQUEST_ID,
};

/// For how many seconds a browser remembers what it may send.
const REMEMBERED: usize = 600;

/// The origin of a page: scheme, host, and port unless it is the usual one (`https://app.example.org`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// Why a text is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// It names every origin, or several.
    #[error("name each origin: with cookies none may stand for others")]
    Wildcard,
    /// It has another form.
    #[error("expected an origin like https://app.example.org, without a path")]
    Form,
    /// It is not as browsers write it, and so would never be met.
    #[error("write it as browsers do: {0}")]
    Spelling(String),
}

impl Origin {
    /// As it stands in the header `Origin`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin of an address; none when that has no form.
    pub(crate) fn of(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let host = uri.host().filter(|host| !host.is_empty())?.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        let port = uri.port_u16().filter(|port| *port != usual);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Some(Self(format!("{scheme}://{host}{port}")))
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('*') {
            return Err(OriginError::Wildcard);
        }
        let behind = text.split_once("://").map_or("", |(_, behind)| behind);
        let origin = Self::of(text).filter(|_| !behind.contains(['/', '?', '#', '@']));
        match origin.ok_or(OriginError::Form)? {
            origin if origin.0 == text => Ok(origin),
            Self(usual) => Err(OriginError::Spelling(usual)),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Lets pages of these origins, each exactly, send requests with cookies and read the answers. Without any, there is no
/// such thing as another origin's page: nothing is answered to the question whether it may.
pub(crate) fn share_with(origins: &[Origin]) -> Condition<Cors> {
    let cors = origins
        .iter()
        .fold(Cors::default(), |cors, origin| {
            cors.allowed_origin(origin.as_str())
        })
        .supports_credentials()
        .allowed_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allowed_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::RANGE,
            X_REQUEST_ID,
            super::idempotency::IDEMPOTENCY_KEY,
        ])
        .allowed_headers(["last-event-id", "traceparent", "tracestate", "x-csrf-token"])
        .expose_headers([
            header::CONTENT_DISPOSITION,
            header::ETAG,
            header::LINK,
            header::LOCATION,
            header::RETRY_AFTER,
            RATE_LIMIT,
            RATE_LIMIT_POLICY,
            X_REQUEST_ID,
            super::idempotency::IDEMPOTENCY_REPLAYED,
        ])
        .max_age(REMEMBERED);
    Condition::new(!origins.is_empty(), cors)
}

#[cfg(test)]
mod tests {
    use super::{Origin, OriginError};

    fn read(text: &str) -> Result<String, OriginError> {
        text.parse::<Origin>().map(|origin| origin.to_string())
    }

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for text in [
            "https://app.example.org",
            "http://localhost:5173",
            "https://app.example.org:8443",
            "http://[::1]:3000",
        ] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        for (text, usual) in [
            ("https://App.example.org", "https://app.example.org"),
            ("https://app.example.org:443", "https://app.example.org"),
            ("HTTP://localhost:80", "http://localhost"),
        ] {
            assert_eq!(read(text), Err(OriginError::Spelling(usual.to_owned())));
        }
    }

    #[test]
    fn what_is_no_single_origin_is_refused() {
        for text in ["*", "https://*.example.org"] {
            assert_eq!(read(text), Err(OriginError::Wildcard));
        }
        for text in [
            "",
            "null",
            "app.example.org",
            "https://app.example.org/",
            "https://app.example.org/app",
            "https://user@app.example.org",
            "ftp://app.example.org",
            "https://",
            "https://a b",
        ] {
            assert_eq!(read(text), Err(OriginError::Form), "{text}");
        }
    }
}
