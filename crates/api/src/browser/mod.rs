//! Sessions of browsers: their tokens lie in cookies that no script can read, and that no other site can make use of.
//!
//! A browser sends cookies along whoever asks it to. So whatever changes something and comes with cookies must show that a
//! page of ours sent it: by where the browser says that it comes from, and by a token that only our pages can read.

pub(crate) mod cookies;
pub(crate) mod csrf;

use actix_web::http::header::{self, HeaderMap};
use serde::Deserialize;
use utoipa::ToSchema;

/// By which way a client keeps and sends its tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SignInMode)]
pub(crate) enum Way {
    /// The client keeps them itself, and sends `Authorization: Bearer`.
    #[default]
    Bearer,
    /// A browser keeps them, in cookies.
    Cookie,
}

/// The access token of a request, and by which way it came. `Authorization` outranks cookies, also when there is no good
/// token in it: whoever sends it means it.
pub(crate) fn access_token(headers: &HeaderMap) -> Option<(&str, Way)> {
    if headers.contains_key(header::AUTHORIZATION) {
        return bearer(headers).map(|token| (token, Way::Bearer));
    }
    cookies::access(headers).map(|token| (token, Way::Cookie))
}

/// The token of `Authorization: Bearer`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

    use super::{Way, access_token};

    fn found(lines: &[(HeaderName, &'static str)]) -> Option<(String, Way)> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name.clone(), HeaderValue::from_static(value));
        }
        access_token(&headers).map(|(token, way)| (token.to_owned(), way))
    }

    #[test]
    fn only_a_bearer_token_counts() {
        let of = |value| found(&[(AUTHORIZATION, value)]).map(|(token, _)| token);
        assert_eq!(of("Bearer abc.def").as_deref(), Some("abc.def"));
        assert_eq!(of("bearer abc").as_deref(), Some("abc"));
        for other in ["Basic YWJj", "Bearer", "Bearer ", "abc"] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn the_header_outranks_the_cookie_even_when_it_holds_nothing() {
        const COOKIES: &str = "__Host-ipt_access=xyz";
        assert_eq!(found(&[(COOKIE, COOKIES)]), Some(("xyz".to_owned(), Way::Cookie)));
        assert_eq!(
            found(&[(COOKIE, COOKIES), (AUTHORIZATION, "Bearer abc")]),
            Some(("abc".to_owned(), Way::Bearer))
        );
        assert_eq!(found(&[(COOKIE, COOKIES), (AUTHORIZATION, "Basic YWJj")]), None);
    }
}
