//! The request's id: taken from the client when it is well-formed, else made; always returned.

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
};

use crate::state::State;

/// The header.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, as it stands in the answer, in the log and in the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(String);

impl RequestId {
    /// An id that a client chose: 1 to 128 letters, digits, dots, hyphens and underscores, so that it can neither break a
    /// log line nor carry a message.
    fn parse(text: &str) -> Option<Self> {
        let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        ((1..=128).contains(&text.len()) && text.bytes().all(fine)).then(|| Self(text.to_owned()))
    }

    /// The id.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives the request its id, and the answer too.
pub(crate) async fn identify<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = of(&request);
    let header = HeaderValue::from_str(id.as_str());
    request.extensions_mut().insert(id);
    let mut response = next.call(request).await?;
    if let Ok(header) = header {
        response.headers_mut().insert(X_REQUEST_ID, header);
    }
    Ok(response)
}

fn of(request: &ServiceRequest) -> RequestId {
    let chosen = request
        .headers()
        .get(X_REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .and_then(RequestId::parse);
    chosen.unwrap_or_else(|| {
        let made = request
            .app_data::<State>()
            .map(|state| state.services().ids.next().to_string());
        RequestId(made.unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn an_id_that_could_break_a_log_line_is_not_taken() {
        for text in ["", "a b", "a\nb", "ä", "<script>", &"a".repeat(129)] {
            assert_eq!(RequestId::parse(text), None, "{text:?}");
        }
        assert_eq!(
            RequestId::parse("order-7_b.2").as_ref().map(RequestId::as_str),
            Some("order-7_b.2")
        );
    }
}
