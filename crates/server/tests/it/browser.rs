//! Sessions of browsers: tokens in cookies, and what keeps other sites from using them.

use chrono::TimeDelta;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, World};

const ACCESS: &str = "__Host-ipt_access";
const REFRESH: &str = "__Host-ipt_refresh";

/// A browser: it keeps cookies and sends them along, and knows the token of the page that is open.
#[derive(Clone)]
struct Browser {
    nobody: Client,
    cookies: Vec<(String, String)>,
    csrf: String,
}

impl Browser {
    /// A browser in which somebody signs in.
    async fn sign_in(nobody: &Client, email: &str) -> Self {
        let login = json!({ "email": email, "password": PASSWORD, "mode": "cookie" });
        let mut browser = Self {
            nobody: nobody.clone(),
            cookies: Vec::new(),
            csrf: String::new(),
        };
        let answer = nobody.post("/auth/login", &login).await;
        browser.take(&answer);
        browser.csrf = text(&answer.expect(200)["csrf_token"]);
        browser
    }

    /// Keeps the cookies of an answer.
    fn take(&mut self, answer: &Answer) {
        for line in answer.headers.get_all("set-cookie") {
            let (pair, attributes) = line.to_str().unwrap().split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !attributes.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        let mut named = self.cookies.iter().filter(|(known, _)| known == name);
        named.next().map(|(_, value)| value.as_str())
    }

    /// A request with cookies, and nothing that shows who sent it.
    fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let pairs: Vec<_> = pairs.collect();
        self.nobody
            .request(method, path)
            .header("cookie", pairs.join("; "))
    }

    /// A request of a page of ours.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).header("x-csrf-token", &self.csrf)
    }

    async fn send(&mut self, request: RequestBuilder) -> Answer {
        let answer = self.nobody.send(request).await;
        self.take(&answer);
        answer
    }

    async fn get(&self, path: &str) -> Answer {
        self.nobody.send(self.bare(Method::GET, path)).await
    }

    async fn act(&mut self, path: &str) -> Answer {
        let request = self.request(Method::POST, path);
        self.send(request).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

async fn student(world: &World) -> Browser {
    Browser::sign_in(&world.nobody, "student@dit.example").await
}

async fn the_tokens_lie_in_cookies_that_no_script_reads_and_nowhere_else(world: World) {
    let login = json!({ "email": "student@dit.example", "password": PASSWORD, "mode": "cookie" });
    let answer = world.nobody.post("/auth/login", &login).await;
    let body = answer.expect(200);
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&json!("cookie"), &json!(900))
    );
    assert_eq!(body["user"]["full_name"], "Asha Mushi");
    assert!(body.get("access_token").is_none() && body.get("refresh_token").is_none());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let lines: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(lines.len(), 2);
    for (line, (name, lasts)) in lines.iter().zip([(ACCESS, 900), (REFRESH, 604_800)]) {
        let (pair, attributes) = line.to_str().unwrap().split_once("; ").unwrap();
        let (found, token) = pair.split_once('=').unwrap();
        assert_eq!(found, name);
        assert_eq!(
            attributes,
            format!("Max-Age={lasts}; Path=/; HttpOnly; Secure; SameSite=Lax")
        );
        assert!(
            !String::from_utf8_lossy(&answer.bytes).contains(token),
            "{name} stands in the body"
        );
    }
    let browser = student(&world).await;
    assert_eq!(
        browser.get("/auth/me").await.expect(200)["full_name"],
        "Asha Mushi"
    );
}

async fn a_page_of_ours_changes_something_and_one_loaded_anew_gets_a_token(world: World) {
    let mut browser = student(&world).await;
    let report = crate::support::report("2026-07-06");
    let request = browser.request(Method::POST, "/logs").json(&report);
    let log = browser.send(request).await.expect(201);
    browser.csrf = text(&browser.get("/auth/csrf").await.expect(200)["csrf_token"]);
    let path = format!("/logs/{}/recall", text(&log["id"]));
    browser.act(&path).await.expect(200);
}

async fn without_the_token_of_its_own_session_nothing_is_changed(world: World) {
    let browser = student(&world).await;
    let attacker = Browser::sign_in(&world.nobody, "lecturer@dit.example").await;
    let again = student(&world).await;
    let report = crate::support::report("2026-07-06");
    let made_up = "A".repeat(browser.csrf.len());
    for token in [
        None,
        Some(""),
        Some(made_up.as_str()),
        Some(attacker.csrf.as_str()),
        Some(again.csrf.as_str()),
    ] {
        let request = browser.bare(Method::POST, "/logs").json(&report);
        let request = match token {
            Some(token) => request.header("x-csrf-token", token),
            None => request,
        };
        world
            .nobody
            .send(request)
            .await
            .expect_problem(403, "csrf_token_invalid");
    }
    for (method, path) in [
        (Method::POST, "/auth/sessions/end-others"),
        (Method::POST, "/auth/refresh"),
        (Method::POST, "/auth/logout"),
        (Method::POST, "/auth/switch-tenant"),
        (Method::PUT, "/notifications/preferences"),
        (Method::PATCH, "/tenant"),
        (
            Method::DELETE,
            "/auth/sessions/0198c9b0-0000-7000-8000-000000000000",
        ),
    ] {
        let request = browser.bare(method, path).json(&json!({}));
        world
            .nobody
            .send(request)
            .await
            .expect_problem(403, "csrf_token_invalid");
    }
    let logs = browser.get("/logs?count=true").await.expect(200);
    assert_eq!(logs["total"], 0);
    browser.get("/auth/me").await.expect(200);
}

async fn another_sites_page_gets_nowhere_even_with_the_token(world: World) {
    let nobody = world.at_another_server(|settings| {
        "https://ipt.dit.example".clone_into(&mut settings.public_url);
        settings.cors_origins = vec!["https://app.dit.example".parse().unwrap()];
    });
    let browser = Browser::sign_in(&nobody, "student@dit.example").await;
    let attempt = async |lines: &[(&str, &str)]| {
        let request = browser.request(Method::POST, "/auth/sessions/end-others");
        let request = lines
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value));
        nobody.send(request).await
    };
    for lines in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("origin", "https://ipt.dit.example.evil.example")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        &[("sec-fetch-site", "same-site")],
    ] {
        attempt(lines).await.expect_problem(403, "cross_site_request");
    }
    for lines in [
        &[("origin", "https://ipt.dit.example")][..],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://app.dit.example"),
        ],
        &[("sec-fetch-site", "same-origin")],
    ] {
        attempt(lines).await.expect(200);
    }
    let login = json!({ "email": "student@dit.example", "password": PASSWORD, "mode": "cookie" });
    let request = nobody.request(Method::POST, "/auth/login").json(&login);
    nobody
        .send(request.header("origin", "https://evil.example"))
        .await
        .expect_problem(403, "cross_site_request");
}

async fn cookies_that_somebody_slipped_in_are_not_taken_for_the_persons(world: World) {
    let victim = student(&world).await;
    let attacker = Browser::sign_in(&world.nobody, "lecturer@dit.example").await;
    // A second cookie of the same name, before or behind the person's own.
    for both in [[&victim, &attacker], [&attacker, &victim]] {
        let tossed = Browser {
            cookies: both.iter().flat_map(|browser| browser.cookies.clone()).collect(),
            ..victim.clone()
        };
        tossed
            .get("/auth/me")
            .await
            .expect_problem(401, "unauthenticated");
        let refresh = tossed.request(Method::POST, "/auth/refresh");
        world
            .nobody
            .send(refresh)
            .await
            .expect_problem(422, "missing_field");
    }
    // All of the person's cookies replaced by the attacker's: the page's token is none of theirs.
    let replaced = Browser {
        cookies: attacker.cookies.clone(),
        ..victim.clone()
    };
    let request = replaced.request(Method::POST, "/auth/sessions/end-others");
    world
        .nobody
        .send(request)
        .await
        .expect_problem(403, "csrf_token_invalid");
    // The access token replaced, the refresh token the person's own.
    let mixed = Browser {
        cookies: vec![
            (ACCESS.to_owned(), attacker.cookie(ACCESS).unwrap().to_owned()),
            (REFRESH.to_owned(), victim.cookie(REFRESH).unwrap().to_owned()),
        ],
        csrf: attacker.csrf.clone(),
        ..victim.clone()
    };
    let request = mixed.request(Method::POST, "/auth/refresh");
    world
        .nobody
        .send(request)
        .await
        .expect_problem(403, "csrf_token_invalid");
}

async fn a_browser_stays_signed_in_by_its_cookies(world: World) {
    let mut browser = student(&world).await;
    let first = browser.clone();
    world.clock.advance(TimeDelta::minutes(15));
    browser.get("/auth/me").await.expect_problem(401, "invalid_token");
    let refreshed = browser.act("/auth/refresh").await;
    let body = refreshed.expect(200);
    assert_eq!(body["token_type"], "cookie");
    assert!(body.get("refresh_token").is_none() && body.get("access_token").is_none());
    assert_ne!(browser.cookie(REFRESH), first.cookie(REFRESH));
    browser.get("/auth/me").await.expect(200);
    browser.act("/auth/sessions/end-others").await.expect(200);

    // Another tab refreshes with the same cookies, a moment later, by the token that it has had from the beginning.
    let mut tab = first.clone();
    tab.act("/auth/refresh").await.expect(200);
    tab.get("/auth/me").await.expect(200);

    // A copy of the first cookies comes back late: the family ends, and the thief's browser forgets them.
    world.clock.advance(TimeDelta::seconds(11));
    let mut thief = first;
    thief
        .act("/auth/refresh")
        .await
        .expect_problem(401, "invalid_token");
    assert!(thief.cookies.is_empty(), "{:?}", thief.cookies);
    browser.get("/auth/me").await.expect_problem(401, "invalid_token");
}

async fn signing_out_ends_the_session_and_takes_the_cookies_back(world: World) {
    let mut browser = student(&world).await;
    let copy = browser.clone();
    let answer = browser.act("/auth/logout").await;
    answer.expect(204);
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
    for line in answer.headers.get_all("set-cookie") {
        assert!(
            line.to_str()
                .unwrap()
                .ends_with("=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax")
        );
    }
    copy.get("/auth/me").await.expect_problem(401, "invalid_token");
    copy.clone()
        .act("/auth/refresh")
        .await
        .expect_problem(401, "invalid_token");
}

async fn acting_in_another_institution_replaces_the_session_of_the_browser(world: World) {
    let other = world.other_institution().await;
    let membership =
        json!({ "email": "lecturer@dit.example", "full_name": "Neema", "roles": ["university_supervisor"] });
    other.post("/users", &membership).await.expect(201);
    let mut browser = Browser::sign_in(&world.nobody, "lecturer@dit.example").await;
    let before = browser.clone();
    let request = browser.request(Method::POST, "/auth/switch-tenant");
    let code = if browser.get("/auth/me").await.expect(200)["tenant"]["code"] == "dit" {
        "udsm"
    } else {
        "dit"
    };
    let answer = browser.send(request.json(&json!({ "tenant": code }))).await;
    let body = answer.expect(200);
    assert_eq!(body["user"]["tenant"]["code"], code);
    assert!(body.get("refresh_token").is_none());
    browser.csrf = text(&body["csrf_token"]);
    assert_eq!(browser.get("/auth/me").await.expect(200)["tenant"]["code"], code);
    browser.act("/auth/refresh").await.expect(200);
    before.get("/auth/me").await.expect_problem(401, "invalid_token");
}

async fn a_bearer_token_outranks_cookies_and_needs_no_page(world: World) {
    let browser = student(&world).await;
    let bearer = |request: RequestBuilder, token: &str| request.bearer_auth(token);
    let me = bearer(browser.bare(Method::GET, "/auth/me"), world.academic.token());
    let me = world.nobody.send(me).await.expect(200);
    assert_eq!(me["full_name"], "Neema Lecturer");
    let act = browser.bare(Method::POST, "/auth/sessions/end-others");
    let act = bearer(act, world.academic.token()).header("origin", "https://evil.example");
    world.nobody.send(act).await.expect(200);
    browser.get("/auth/me").await.expect(200);

    let bad = bearer(browser.bare(Method::GET, "/auth/me"), "nonsense");
    world.nobody.send(bad).await.expect_problem(401, "invalid_token");
    let basic = browser
        .bare(Method::GET, "/auth/me")
        .header("authorization", "Basic YTpi");
    world
        .nobody
        .send(basic)
        .await
        .expect_problem(401, "unauthenticated");
    // A refresh by somebody who sends a bearer token means a token in the body.
    let refresh = browser.request(Method::POST, "/auth/refresh");
    let refresh = bearer(refresh, world.academic.token());
    world
        .nobody
        .send(refresh)
        .await
        .expect_problem(422, "missing_field");
}

on_both_databases!(
    the_tokens_lie_in_cookies_that_no_script_reads_and_nowhere_else,
    a_page_of_ours_changes_something_and_one_loaded_anew_gets_a_token,
    without_the_token_of_its_own_session_nothing_is_changed,
    another_sites_page_gets_nowhere_even_with_the_token,
    cookies_that_somebody_slipped_in_are_not_taken_for_the_persons,
    a_browser_stays_signed_in_by_its_cookies,
    signing_out_ends_the_session_and_takes_the_cookies_back,
    acting_in_another_institution_replaces_the_session_of_the_browser,
    a_bearer_token_outranks_cookies_and_needs_no_page,
);
