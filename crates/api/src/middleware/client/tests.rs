use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

use super::*;

const PROXY: &str = "10.0.0.7";

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
}

/// The client's address and scheme, when `peer` connects with these headers, and 10.0.0.0/8 is trusted.
fn seen(peer: &str, lines: &[(&'static str, &'static str)]) -> (String, Option<Scheme>) {
    let trusted = ["10.0.0.0/8".parse().unwrap()];
    let client = client_of(Some(peer.parse().unwrap()), &headers(lines), &trusted);
    (client.address.unwrap().to_string(), client.scheme)
}

fn at(address: &str, scheme: Option<Scheme>) -> (String, Option<Scheme>) {
    (address.to_owned(), scheme)
}

#[test]
fn a_trusted_proxy_is_believed_in_either_form() {
    let client = at("192.0.2.60", Some(Scheme::Https));
    assert_eq!(
        seen(
            PROXY,
            &[("x-forwarded-for", "192.0.2.60"), ("x-forwarded-proto", "https")]
        ),
        client
    );
    assert_eq!(
        seen(
            PROXY,
            &[("forwarded", "for=192.0.2.60;proto=https;by=203.0.113.43")]
        ),
        client
    );
    assert_eq!(
        seen(PROXY, &[("forwarded", "FOR=\"192.0.2.60:4711\" ; Proto=HTTPS")]),
        client
    );
    assert_eq!(
        seen("::ffff:10.0.0.7", &[("x-forwarded-for", "::ffff:192.0.2.60")]),
        at("192.0.2.60", None)
    );
    for ipv6 in ["for=\"[2001:db8::17]:4711\"", "for=\"[2001:db8::17]\""] {
        let lines: &[(&'static str, &'static str)] = &[("forwarded", ipv6)];
        assert_eq!(seen(PROXY, lines), at("2001:db8::17", None));
    }
}

#[test]
fn nobody_else_is_believed() {
    for lines in [
        [("x-forwarded-for", "192.0.2.60"), ("x-forwarded-proto", "https")],
        [
            ("forwarded", "for=192.0.2.60;proto=https"),
            ("x-real-ip", "192.0.2.60"),
        ],
    ] {
        assert_eq!(seen("198.51.100.9", &lines), at("198.51.100.9", None));
    }
    let client = client_of(
        Some(PROXY.parse().unwrap()),
        &headers(&[("x-forwarded-for", "192.0.2.60")]),
        &[],
    );
    assert_eq!(
        client.address,
        Some(PROXY.parse().unwrap()),
        "by default no proxy is trusted"
    );
}

#[test]
fn what_a_client_wrote_before_the_proxy_appended_is_not_believed() {
    let client = at("192.0.2.60", None);
    assert_eq!(seen(PROXY, &[("x-forwarded-for", "1.2.3.4, 192.0.2.60")]), client);
    assert_eq!(
        seen(
            PROXY,
            &[("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "192.0.2.60")]
        ),
        client
    );
    // Not even an address of the trusted network.
    assert_eq!(
        seen(PROXY, &[("x-forwarded-for", "10.0.0.9, 192.0.2.60")]),
        client
    );
    for left_open in [
        "for=\"1.2.3.4, for=192.0.2.60",
        "for=\"[, for=192.0.2.60",
        ";;=,for=192.0.2.60",
    ] {
        let lines: &[(&'static str, &'static str)] = &[("forwarded", left_open)];
        assert_eq!(seen(PROXY, lines), client, "{left_open}");
    }
}

#[test]
fn a_chain_of_trusted_proxies_is_followed_to_its_beginning() {
    let client = at("192.0.2.60", Some(Scheme::Https));
    let through = "1.2.3.4, 192.0.2.60, 10.0.0.3, 10.1.0.4";
    assert_eq!(
        seen(
            PROXY,
            &[("x-forwarded-for", through), ("x-forwarded-proto", "https")]
        ),
        client,
        "the first proxy noted the scheme, and the others left it"
    );
    assert_eq!(
        seen(
            PROXY,
            &[
                ("x-forwarded-for", through),
                ("x-forwarded-proto", "http, https, http, http")
            ]
        ),
        client,
        "each noted the scheme by which it was reached"
    );
    assert_eq!(
        seen(
            PROXY,
            &[(
                "forwarded",
                "for=1.2.3.4;proto=http, for=192.0.2.60;proto=https, for=10.0.0.3;proto=http"
            )]
        ),
        client
    );
    assert_eq!(
        seen(PROXY, &[("x-forwarded-for", "10.0.0.3")]),
        at("10.0.0.3", None),
        "a request from a proxy itself"
    );
}

#[test]
fn where_both_forms_differ_neither_is_believed() {
    // The proxy notes one form, and leaves the other as the client sent it.
    let forged = [
        ("forwarded", "for=1.2.3.4;proto=https"),
        ("x-forwarded-for", "192.0.2.60"),
    ];
    assert_eq!(seen(PROXY, &forged), at(PROXY, None));
    let alike = [
        ("forwarded", "for=192.0.2.60;proto=https"),
        ("x-forwarded-for", "192.0.2.60"),
    ];
    assert_eq!(seen(PROXY, &alike), at("192.0.2.60", Some(Scheme::Https)));
}

#[test]
fn an_address_that_is_hidden_or_no_address_leaves_that_of_the_proxy() {
    for hidden in [
        "for=unknown;proto=http",
        "for=_secret;proto=http",
        "for=\"\";proto=http",
        "proto=http",
    ] {
        let lines: &[(&'static str, &'static str)] = &[("forwarded", hidden)];
        assert_eq!(seen(PROXY, lines), at(PROXY, Some(Scheme::Http)), "{hidden}");
    }
    assert_eq!(
        seen(PROXY, &[("x-forwarded-proto", "http")]),
        at(PROXY, Some(Scheme::Http))
    );
    for nonsense in ["", ",", "nonsense", "1.2.3.4.5", "192.0.2.60,"] {
        let lines: &[(&'static str, &'static str)] = &[("x-forwarded-for", nonsense)];
        let expected = if nonsense.starts_with("192") {
            "192.0.2.60"
        } else {
            PROXY
        };
        assert_eq!(seen(PROXY, lines), at(expected, None), "{nonsense}");
    }
}
