//! Whether a request with cookies was sent by a page of ours.
//!
//! Two signs, as the OWASP cheat sheet on cross-site request forgery has them. The browser says where a request comes from
//! (`Sec-Fetch-Site`, or `Origin` where it is older), and no page can forge that. And the page shows a token in a header: a
//! random value under a seal that also covers the session, so that neither another person's token nor one from before the
//! sign-in passes. Another site can neither read the token nor, without our consent (CORS), send the header.

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap, HeaderName},
};
use ipt_domain::id::SessionId;

use crate::{
    codes::protocol::{CROSS_SITE_REQUEST, CSRF_TOKEN_INVALID},
    middleware::Origin,
    problem::Problem,
    seal::Purpose,
    state::State,
};

const X_CSRF_TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A token for the pages of a session. Each is good as long as the session, and no two are alike.
pub(crate) fn token(state: &State, session: SessionId) -> String {
    let random = state.services().secrets.salt();
    state
        .seals()
        .seal(Purpose::Csrf, session.uuid().as_bytes(), &random)
}

/// Refuses a request that a page of ours did not send.
///
/// # Errors
/// 403 `cross_site_request`, `csrf_token_invalid`.
pub(crate) fn check(request: &HttpRequest, state: &State, session: SessionId) -> Result<(), Problem> {
    check_origin(request.headers(), state)?;
    let shown = text(request.headers(), &X_CSRF_TOKEN);
    let sealed = shown.and_then(|token| {
        state
            .seals()
            .open(Purpose::Csrf, session.uuid().as_bytes(), token)
    });
    match (shown, sealed) {
        (_, Some(_)) => Ok(()),
        (Some(_), None) => {
            Err(Problem::new(CSRF_TOKEN_INVALID).detail("the token is none of this session's"))
        }
        (None, None) => Err(Problem::new(CSRF_TOKEN_INVALID).detail("the header X-CSRF-Token is missing")),
    }
}

/// Refuses a request that a page of an origin sent which is not ours and not in the list. A client that says nothing is no
/// browser of the last years, and has no cookies by mistake.
///
/// # Errors
/// 403 `cross_site_request`.
pub(crate) fn check_origin(headers: &HeaderMap, state: &State) -> Result<(), Problem> {
    let settings = state.settings();
    let origin = headers
        .get(header::ORIGIN)
        .map(|origin| origin.to_str().unwrap_or_default());
    let is_known = |origin: &str| {
        let listed = settings.cors_origins.iter().map(Origin::as_str);
        let own = Origin::of(&settings.public_url);
        listed
            .chain(own.as_ref().map(Origin::as_str))
            .any(|known| known == origin)
    };
    let fine = match (text(headers, &SEC_FETCH_SITE), origin) {
        // `none`: the person typed the address, or opened a bookmark.
        (Some("same-origin" | "none"), _) | (None, None) => true,
        (_, Some(origin)) => is_known(origin),
        (Some(_), None) => false,
    };
    if fine {
        Ok(())
    } else {
        Err(Problem::new(CROSS_SITE_REQUEST))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use actix_web::{test::TestRequest, web};
    use ipt_domain::id::SessionId;
    use uuid::Uuid;

    use super::*;
    use crate::{
        state::ApiSettings,
        testing::{self, FakeDatabase},
    };

    fn state() -> State {
        let settings = ApiSettings {
            public_url: "https://ipt.example.org".to_owned(),
            cors_origins: vec!["https://app.example.org".parse().unwrap()],
            ..ApiSettings::default()
        };
        web::Data::from(testing::state_with(FakeDatabase::default(), settings))
    }

    fn session(number: u128) -> SessionId {
        SessionId::new(Uuid::from_u128(number))
    }

    /// The code of the refusal of a request with these headers; none when it is let through.
    fn refusal(lines: &[(&str, &str)]) -> Option<String> {
        let request = lines
            .iter()
            .fold(TestRequest::post(), |request, line| request.insert_header(*line))
            .to_http_request();
        let refused = check(&request, &state(), session(1)).err()?;
        Some(refused.to_value()["code"].as_str().unwrap().to_owned())
    }

    #[test]
    fn a_token_of_the_very_session_lets_a_request_through() {
        let own = token(&state(), session(1));
        assert_eq!(refusal(&[("x-csrf-token", &own)]), None);
        for origin in ["https://ipt.example.org", "https://app.example.org"] {
            let lines = [("x-csrf-token", own.as_str()), ("origin", origin)];
            assert_eq!(refusal(&lines), None, "{origin}");
        }
    }

    #[test]
    fn a_token_that_is_missing_made_up_or_of_another_session_does_not() {
        let invalid = Some("csrf_token_invalid".to_owned());
        let foreign = token(&state(), session(2));
        let changed = format!("{}A", &foreign[..foreign.len() - 1]);
        assert_eq!(refusal(&[]), invalid);
        for shown in ["", "made-up", &foreign, &changed] {
            assert_eq!(refusal(&[("x-csrf-token", shown)]), invalid, "{shown}");
        }
    }

    #[test]
    fn a_page_of_another_origin_gets_nowhere_whatever_token_it_has() {
        let own = token(&state(), session(1));
        let cross_site = Some("cross_site_request".to_owned());
        for lines in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "http://ipt.example.org")],
            &[("origin", "https://ipt.example.org.evil.example")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://evil.example"),
            ],
            &[
                ("sec-fetch-site", "same-site"),
                ("origin", "https://forum.example.org"),
            ],
        ] {
            let lines = [lines, &[("x-csrf-token", own.as_str())]].concat();
            assert_eq!(refusal(&lines), cross_site, "{lines:?}");
        }
        for lines in [
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "http://localhost:8000"),
            ][..],
            &[
                ("sec-fetch-site", "same-site"),
                ("origin", "https://app.example.org"),
            ],
            &[("sec-fetch-site", "none")],
        ] {
            let lines = [lines, &[("x-csrf-token", own.as_str())]].concat();
            assert_eq!(refusal(&lines), None, "{lines:?}");
        }
    }
}
