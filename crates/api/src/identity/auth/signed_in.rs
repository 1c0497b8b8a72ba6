//! What a sign-in answers, whichever endpoint it came by.

use actix_web::http::header::{self, HeaderValue};
use ipt_application::identity::SignedIn;

use crate::{
    answer::{Answer, plain},
    browser::{Way, cookies, csrf},
    identity::sign_in_dto::{InCookiesDto, SignInDto, TokensDto},
    state::State,
};

/// The tokens: in the body, or in cookies and then nowhere else. No cache keeps either (RFC 6749, §5.1).
///
/// # Errors
/// None that a client could cause.
pub(super) fn answer(state: &State, way: Way, signed_in: SignedIn) -> Answer {
    let mut answer = match way {
        Way::Bearer => plain(&SignInDto::Tokens(TokensDto::from(signed_in)))?,
        Way::Cookie => {
            let cookies = cookies::given(&signed_in)?;
            let token = csrf::token(state, signed_in.session_id);
            let mut answer = plain(&SignInDto::InCookies(InCookiesDto::new(signed_in, token)))?;
            for cookie in cookies {
                answer.headers_mut().append(header::SET_COOKIE, cookie);
            }
            answer
        }
    };
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
