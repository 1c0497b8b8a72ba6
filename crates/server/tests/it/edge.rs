//! Behind a proxy, and used by pages of other origins.

use reqwest::Method;
use serde_json::json;

use crate::support::{Client, PASSWORD, World};

const APP: &str = "https://app.dit.example";

/// The address that the student's newest session was opened from, by a sign-in with these headers.
async fn address_seen(nobody: &Client, headers: &[(&str, &str)]) -> String {
    let login = json!({ "email": "student@dit.example", "password": PASSWORD });
    let request = nobody.request(Method::POST, "/auth/login").json(&login);
    let request = headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, *value));
    let signed_in = nobody.send(request).await.expect(200);
    let student = nobody.with_token(signed_in["access_token"].as_str().unwrap());
    let sessions = student.get("/auth/sessions").await.expect(200);
    sessions["items"][0]["address"].as_str().unwrap().to_owned()
}

async fn sessions_and_the_audit_trail_name_the_client_and_not_the_proxy(world: World) {
    let behind = world.at_another_server(|settings| {
        settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    });
    for (headers, expected) in [
        (&[("x-forwarded-for", "192.0.2.60")][..], "192.0.2.60"),
        (&[("x-forwarded-for", "1.2.3.4, 192.0.2.61")], "192.0.2.61"),
        (
            &[("forwarded", "for=\"[2001:db8::17]:4711\";proto=https")],
            "2001:db8::17",
        ),
        (
            &[("forwarded", "for=1.2.3.4"), ("x-forwarded-for", "192.0.2.62")],
            "127.0.0.1",
        ),
        (&[], "127.0.0.1"),
    ] {
        assert_eq!(address_seen(&behind, headers).await, expected, "{headers:?}");
    }
    let spoofed = [("x-forwarded-for", "192.0.2.63"), ("forwarded", "for=192.0.2.63")];
    assert_eq!(
        address_seen(&world.nobody, &spoofed).await,
        "127.0.0.1",
        "no proxy is trusted by default"
    );

    let audit = world
        .admin
        .get("/audit-log?action=identity.sign_in&limit=100")
        .await
        .expect(200)
        .to_string();
    assert!(
        audit.contains("192.0.2.61") && audit.contains("2001:db8::17"),
        "{audit}"
    );
    assert!(
        !audit.contains("1.2.3.4") && !audit.contains("192.0.2.63"),
        "{audit}"
    );
}

async fn a_page_of_a_listed_origin_reads_what_it_asks_for(world: World) {
    let shared = world.at_another_server(|settings| settings.cors_origins = vec![APP.parse().unwrap()]);
    let student = shared.with_token(world.student.token());
    let from = |origin: &'static str| student.request(Method::GET, "/logs").header("origin", origin);
    let own = student.send(from(APP)).await;
    own.expect(200);
    assert_eq!(own.header("access-control-allow-origin"), Some(APP));
    assert_eq!(own.header("access-control-allow-credentials"), Some("true"));
    let foreign = student.send(from("https://evil.example")).await;
    assert_eq!(foreign.header("access-control-allow-origin"), None);
}

on_both_databases!(
    sessions_and_the_audit_trail_name_the_client_and_not_the_proxy,
    a_page_of_a_listed_origin_reads_what_it_asks_for,
);
