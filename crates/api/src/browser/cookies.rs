//! The cookies in which a browser keeps its tokens.
//!
//! `__Host-` makes the browser hold to the rest: such a cookie was set by this very host over an encrypted connection, for
//! no other host, and for the whole of it. A neighbouring host cannot slip one in.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use chrono::TimeDelta;
use ipt_application::identity::{
    SignedIn,
    session::{ACCESS_TOKEN_LASTS, REFRESH_TOKEN_LASTS},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::problem::Problem;

/// The cookie of the access token.
pub(crate) const ACCESS: &str = "__Host-ipt_access";
/// The cookie of the refresh token.
const REFRESH: &str = "__Host-ipt_refresh";

/// No script reads it, no connection in clear carries it, and no request that another site causes, but for a plain link.
const ATTRIBUTES: &str = "Path=/; HttpOnly; Secure; SameSite=Lax";

/// The access token.
pub(crate) fn access(headers: &HeaderMap) -> Option<&str> {
    the_one(headers, ACCESS)
}

/// The refresh token.
pub(crate) fn refresh(headers: &HeaderMap) -> Option<SecretString> {
    the_one(headers, REFRESH).map(SecretString::from)
}

/// A cookie's value. Of several with one name nobody can say which is ours, and none counts.
fn the_one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(header::COOKIE)
        .filter_map(|line| line.to_str().ok());
    let mut named = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(found, _)| *found == name)
        .map(|(_, value)| value);
    let first = named.next().filter(|value| !value.is_empty());
    if named.next().is_some() { None } else { first }
}

/// What gives the tokens to the browser.
///
/// # Errors
/// When a token could not be a cookie's value.
pub(crate) fn given(signed_in: &SignedIn) -> Result<[HeaderValue; 2], Problem> {
    let line = |name: &str, token: &SecretString, lasts: TimeDelta| {
        let (token, seconds) = (token.expose_secret(), lasts.num_seconds());
        HeaderValue::from_str(&format!("{name}={token}; Max-Age={seconds}; {ATTRIBUTES}"))
            .map_err(Problem::internal)
    };
    Ok([
        line(ACCESS, &signed_in.access_token, ACCESS_TOKEN_LASTS)?,
        line(REFRESH, &signed_in.refresh_token, REFRESH_TOKEN_LASTS)?,
    ])
}

/// What takes the tokens from the browser.
pub(crate) fn taken_back() -> [HeaderValue; 2] {
    [
        HeaderValue::from_static("__Host-ipt_access=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax"),
        HeaderValue::from_static("__Host-ipt_refresh=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_static(line));
        }
        headers
    }

    fn found(lines: &[&'static str]) -> Option<String> {
        access(&headers(lines)).map(str::to_owned)
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let expected = Some("a.b=c".to_owned());
        assert_eq!(found(&["x=1; __Host-ipt_access=a.b=c; y=2"]), expected);
        assert_eq!(found(&["x=1", "__Host-ipt_access=a.b=c"]), expected);
        assert_eq!(found(&["__Host-ipt_access=a.b=c;"]), expected);
    }

    #[test]
    fn a_cookie_that_is_missing_empty_or_named_otherwise_is_none() {
        for line in [
            "",
            "__Host-ipt_access",
            "__Host-ipt_access=",
            "__host-ipt_access=a",
            "ipt_access=a",
            "x__Host-ipt_access=a",
        ] {
            assert_eq!(found(&[line]), None, "{line}");
        }
    }

    #[test]
    fn of_two_with_one_name_none_counts() {
        assert_eq!(found(&["__Host-ipt_access=a; __Host-ipt_access=b"]), None);
        assert_eq!(found(&["__Host-ipt_access=a", "__Host-ipt_access=a"]), None);
        assert_eq!(found(&["__Host-ipt_access=; __Host-ipt_access=b"]), None);
    }

    #[test]
    fn taking_back_names_the_same_cookies_with_the_same_attributes() {
        for (line, name) in taken_back().iter().zip([ACCESS, REFRESH]) {
            let expected = format!("{name}=; Max-Age=0; {ATTRIBUTES}");
            assert_eq!(line.to_str().unwrap(), expected);
        }
    }
}
