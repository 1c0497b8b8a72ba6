//! What proxies note about whom they got a request from: `Forwarded` (RFC 7239), or `X-Forwarded-For` with
//! `X-Forwarded-Proto`.

use std::net::{IpAddr, SocketAddr};

use actix_web::http::header::{HeaderMap, HeaderName};

use super::Scheme;

const FORWARDED: HeaderName = HeaderName::from_static("forwarded");
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// What one proxy noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hop {
    /// Whom it got the request from; none when it says `unknown`, hides it, or cannot be understood.
    pub(super) address: Option<IpAddr>,
    /// By which scheme.
    pub(super) scheme: Option<Scheme>,
}

/// The notes in `Forwarded`, the nearest proxy's last. A text in quotation marks that is never closed does not reach over
/// a comma: the next proxy's note is behind it, whatever the client began.
pub(super) fn by_standard(headers: &HeaderMap) -> Vec<Hop> {
    let hop = |element: &str| {
        let mut hop = Hop {
            address: None,
            scheme: None,
        };
        for pair in element.split(';') {
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "for" => hop.address = address(value),
                "proto" => hop.scheme = scheme(value),
                _ => {}
            }
        }
        hop
    };
    list(headers, &FORWARDED).into_iter().map(hop).collect()
}

/// The notes in `X-Forwarded-For`, with those in `X-Forwarded-Proto`: one for each, or else the last for all, since a proxy
/// that notes the scheme once overwrites it.
pub(super) fn by_custom(headers: &HeaderMap) -> Vec<Hop> {
    let (addresses, schemes) = (list(headers, &X_FORWARDED_FOR), list(headers, &X_FORWARDED_PROTO));
    let last = schemes.last().copied().and_then(scheme);
    if addresses.is_empty() {
        let alone = last.map(|scheme| Hop {
            address: None,
            scheme: Some(scheme),
        });
        return alone.into_iter().collect();
    }
    let one_each = schemes.len() == addresses.len();
    let hop = |(index, text): (usize, &&str)| Hop {
        address: address(text),
        scheme: match schemes.get(index) {
            Some(own) if one_each => scheme(own),
            _ => last,
        },
    };
    addresses.iter().enumerate().map(hop).collect()
}

/// The elements of a header that may stand several times.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<&'a str> {
    let lines = headers.get_all(name);
    // A line that is no text was no trusted proxy's: it stands for one note that nobody understands.
    let elements = lines.flat_map(|line| line.to_str().unwrap_or("?").split(','));
    elements
        .map(str::trim)
        .filter(|element| !element.is_empty())
        .collect()
}

/// An address, with or without a port; of IPv6, with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    let address = bare.parse::<IpAddr>().ok();
    address
        .or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
        .map(|address| address.to_canonical())
}

fn scheme(text: &str) -> Option<Scheme> {
    if text.eq_ignore_ascii_case("https") {
        Some(Scheme::Https)
    } else if text.eq_ignore_ascii_case("http") {
        Some(Scheme::Http)
    } else {
        None
    }
}
