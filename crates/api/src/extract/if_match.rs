//! `If-Match`: the version that a change was made from.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{HeaderMap, IF_MATCH},
};
use ipt_domain::version::Version;

use crate::{codes::protocol::INVALID_IF_MATCH, problem::Problem};

/// The version that the client saw; none when it names none, or says that any will do (`*`).
///
/// Of an entity tag `"VERSION.HASH"` the version alone counts: the hash differs with who asks. A weak tag counts as a
/// strong one, since a proxy that compresses makes it weak. A tag that was never one of ours matches no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IfMatch(pub(crate) Option<Version>);

/// A version that nothing has: they count from 1.
const NEVER: Version = Version::new(0);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.headers()).map(Self))
    }
}

fn read(headers: &HeaderMap) -> Result<Option<Version>, Problem> {
    let mut values = headers.get_all(IF_MATCH);
    let Some(first) = values.next() else {
        return Ok(None);
    };
    let unreadable = || Problem::new(INVALID_IF_MATCH);
    if values.next().is_some() {
        return Err(unreadable().detail("send one entity tag"));
    }
    let tag = first.to_str().map_err(|_| unreadable())?.trim();
    if tag == "*" {
        return Ok(None);
    }
    let strong = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = strong
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(unreadable)?;
    if inner.contains('"') {
        return Err(unreadable().detail("send one entity tag"));
    }
    let number = inner.split('.').next().unwrap_or_default();
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    Ok(Some(
        number.parse().ok().filter(|_| plain).map_or(NEVER, Version::new),
    ))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderMap, HeaderValue, IF_MATCH};
    use ipt_domain::version::Version;

    use super::read;

    fn of(value: &'static str) -> Result<Option<u32>, ()> {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MATCH, HeaderValue::from_static(value));
        read(&headers)
            .map(|version| version.map(Version::number))
            .map_err(|_| ())
    }

    #[test]
    fn the_version_of_an_entity_tag_counts_strong_or_weak() {
        assert_eq!(of("\"7.0badc0de\""), Ok(Some(7)));
        assert_eq!(of("W/\"7.0badc0de\""), Ok(Some(7)));
        assert_eq!(of("\"7\""), Ok(Some(7)));
        assert_eq!(of("*"), Ok(None));
    }

    #[test]
    fn a_tag_of_somebody_else_matches_nothing() {
        assert_eq!(of("\"abc\""), Ok(Some(0)));
        assert_eq!(of("\"+7.x\""), Ok(Some(0)));
        assert_eq!(of("\"99999999999.x\""), Ok(Some(0)));
    }

    #[test]
    fn what_is_no_entity_tag_cannot_be_read() {
        for value in ["7", "7.abc", "\"7.abc", "\"1.a\", \"2.b\"", ""] {
            assert_eq!(of(value), Err(()), "{value}");
        }
    }
}
