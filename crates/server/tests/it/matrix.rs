//! Who may call which endpoint: every one of them, for every role, signed out, and from another institution.

use std::collections::BTreeSet;

use reqwest::{
    Method, RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use crate::support::{Client, World, id};

/// One endpoint: method, path, a body that is well-formed, and who may call it: student, industrial supervisor, academic
/// supervisor, coordinator, tenant administrator. Everybody else in the institution is told 403 (or 404, where not even the
/// existence is theirs to know).
pub(crate) type Row = (&'static str, &'static str, fn(&World) -> Value, &'static str);

const NONE: fn(&World) -> Value = |_| Value::Null;
const COMMENTS: fn(&World) -> Value = |_| json!({ "comments": "a reason" });
const REASON: fn(&World) -> Value = |_| json!({ "reason": "a reason" });

#[rustfmt::skip]
pub(crate) const MATRIX: &[Row] = &[
    ("GET", "/analytics/coordinator-dashboard", NONE, "ct"),
    ("GET", "/attachments/{attachment}", NONE, "siact"),
    ("GET", "/attachments/{attachment}/content", NONE, "siact"),
    ("DELETE", "/attachments/{attachment}", NONE, "s"),
    ("GET", "/audit-log", NONE, "t"),
    ("GET", "/audit-log/verify", NONE, "t"),
    ("GET", "/auth/me", NONE, "siact"),
    ("GET", "/auth/sessions", NONE, "siact"),
    ("POST", "/auth/sessions/end-others", NONE, "siact"),
    ("DELETE", "/auth/sessions/{session}", NONE, ""),
    ("POST", "/auth/switch-tenant", |_| json!({ "tenant": "dit" }), "siact"),
    ("GET", "/jobs/failed", NONE, "t"),
    ("POST", "/jobs/{job}/retry", NONE, ""),
    ("GET", "/logs", NONE, "siact"),
    ("POST", "/logs", |world| json!({
        "content": "Wired the control cabinet again.", "log_date": "2026-07-06", "placement_id": world.placement,
    }), "s"),
    ("POST", "/logs/verify-academic", |_| json!({ "log_ids": [world_free_id()], "status": "validated" }), "siact"),
    ("POST", "/logs/verify-industry", |_| json!({ "log_ids": [world_free_id()], "status": "approved" }), "siact"),
    ("GET", "/logs/{log}", NONE, "siact"),
    ("GET", "/logs/{log}/history", NONE, "siact"),
    ("PATCH", "/logs/{log}", |_| json!({ "content": "Another text." }), "s"),
    ("DELETE", "/logs/{log}", NONE, "s"),
    ("POST", "/logs/{log}/attachments", NONE, "s"),
    ("POST", "/logs/{log}/submit", NONE, "s"),
    ("POST", "/logs/{log}/dispute", COMMENTS, "s"),
    ("POST", "/logs/{log}/retract", COMMENTS, "i"),
    ("POST", "/logs/{log}/resolve-flag", |_| json!({ "resolution": "void", "comments": "a note" }), "ct"),
    ("PATCH", "/logs/{log}/verify-academic", |_| json!({ "status": "validated" }), "a"),
    ("PATCH", "/logs/{log}/verify-industry", |_| json!({ "status": "approved" }), "i"),
    ("POST", "/logs/{log}/verify-on-evidence", COMMENTS, "ct"),
    ("POST", "/logs/{log}/recall", NONE, "s"),
    ("POST", "/logs/{log}/void", COMMENTS, "ct"),
    ("GET", "/notifications", NONE, "siact"),
    ("GET", "/notifications/preferences", NONE, "siact"),
    ("PUT", "/notifications/preferences", |_| json!({ "items": [] }), "siact"),
    ("POST", "/notifications/read-all", NONE, "siact"),
    ("POST", "/notifications/{notification}/read", NONE, ""),
    ("GET", "/organisations", NONE, "siact"),
    ("POST", "/organisations", |_| json!({ "name": "New Works" }), "ct"),
    ("GET", "/organisations/{organisation}", NONE, "siact"),
    ("PATCH", "/organisations/{organisation}", |_| json!({ "city": "Dodoma" }), "ct"),
    ("GET", "/organisations/{organisation}/sites", NONE, "siact"),
    ("POST", "/organisations/{organisation}/sites", |_| json!({ "name": "A yard" }), "ct"),
    ("POST", "/organisations/{organisation}/verify", NONE, "ct"),
    ("GET", "/placements", NONE, "siact"),
    ("POST", "/placements", |world| json!({
        "student_id": world.student.id, "organisation_id": world.organisation, "programme_id": world.programme,
        "start_date": "2026-07-06", "end_date": "2026-09-25",
    }), "sct"),
    ("POST", "/placements/reopen-days", |world| json!({
        "placement_ids": [world.placement], "from": "2026-07-06", "to": "2026-07-06", "reason": "a reason",
    }), "ct"),
    ("GET", "/placements/{placement}", NONE, "siact"),
    ("GET", "/placements/{placement}/progress", NONE, "siact"),
    ("PATCH", "/placements/{placement}", |_| json!({ "end_date": "2026-09-24", "reason": "a day less" }), "sct"),
    ("POST", "/placements/{placement}/activate", NONE, "ct"),
    ("POST", "/placements/{placement}/approve", NONE, "ct"),
    ("POST", "/placements/{placement}/request-changes", REASON, "ct"),
    ("POST", "/placements/{placement}/resubmit", NONE, "sct"),
    ("POST", "/placements/{placement}/suspend", REASON, "ct"),
    ("POST", "/placements/{placement}/resume", REASON, "ct"),
    ("POST", "/placements/{placement}/complete", NONE, "ct"),
    ("POST", "/placements/{placement}/cancel", REASON, "ct"),
    ("POST", "/placements/{placement}/withdraw", REASON, "s"),
    ("GET", "/programmes", NONE, "siact"),
    ("POST", "/programmes", |_| json!({
        "name": "New", "code": "NEW-1", "credit_units": 4, "required_hours": 100, "required_days": 10,
        "window": { "start": "2026-06-01", "end": "2026-12-31" },
    }), "ct"),
    ("GET", "/programmes/{programme}", NONE, "siact"),
    ("PATCH", "/programmes/{programme}", |_| json!({ "name": "Renamed" }), "ct"),
    ("PATCH", "/sites/{site}", |_| json!({ "name": "Renamed" }), "ct"),
    ("GET", "/tenant", NONE, "siact"),
    ("PATCH", "/tenant", |_| json!({ "name": "Renamed Institute" }), "t"),
    ("GET", "/tenant/calendar", NONE, "siact"),
    ("PUT", "/tenant/calendar", |_| json!({ "weekend_days": ["saturday", "sunday"], "holidays": [] }), "t"),
    ("GET", "/users", NONE, "ct"),
    ("POST", "/users", |_| json!({
        "email": "x@dit.example", "full_name": "X Y", "roles": ["student"], "password": crate::support::PASSWORD,
    }), "ct"),
    ("GET", "/users/{spare}", NONE, "ct"),
    ("PATCH", "/users/{spare}", |_| json!({ "full_name": "Renamed Person" }), "ct"),
    ("POST", "/users/{spare}/disable", NONE, "ct"),
    ("POST", "/users/{spare}/enable", NONE, "ct"),
    ("POST", "/users/{spare}/end-sessions", NONE, "ct"),
    ("DELETE", "/users/{spare}", NONE, "ct"),
    ("POST", "/placements/{placement}/terminate", REASON, "ct"),
];

/// Endpoints that need no sign-in.
const PUBLIC: &[&str] = &[
    "/auth/login",
    "/auth/logout",
    "/auth/refresh",
    "/auth/register",
    "/auth/resend-verification",
    "/auth/verify-email",
];

fn world_free_id() -> &'static str {
    "0198c9b0-0000-7000-8000-000000000000"
}

/// What the paths stand for.
pub(crate) struct Targets {
    log: String,
    attachment: String,
    spare: String,
    pub(crate) job: String,
    pub(crate) notification: String,
}

impl Targets {
    pub(crate) async fn make(world: &World) -> Self {
        let file = Part::bytes(b"%PDF-1.7\n".to_vec()).file_name("a.pdf");
        let form = Form::new()
            .text("content", "Wired the control cabinet and tested it.")
            .text("log_date", "2026-07-06")
            .part("attachment", file);
        let log = world.student.post_form("/logs", form).await.expect(201);
        let spare = world
            .person("spare@dit.example", "Spare Person", "student", None)
            .await;
        Self {
            attachment: id(&log["attachments"][0]),
            log: id(&log),
            spare: spare.id,
            job: world_free_id().to_owned(),
            notification: world_free_id().to_owned(),
        }
    }

    pub(crate) fn path(&self, world: &World, template: &str) -> String {
        [
            ("{log}", &self.log),
            ("{attachment}", &self.attachment),
            ("{spare}", &self.spare),
            ("{organisation}", &world.organisation),
            ("{placement}", &world.placement),
            ("{programme}", &world.programme),
            ("{site}", &world.site),
            ("{job}", &self.job),
            ("{notification}", &self.notification),
            ("{session}", &world_free_id().to_owned()),
        ]
        .iter()
        .fold(template.to_owned(), |path, (name, id)| path.replace(name, id))
    }
}

async fn status(client: &Client, world: &World, targets: &Targets, row: &Row) -> u16 {
    client.send(request(client, world, targets, row)).await.status
}

/// The request of a row.
pub(crate) fn request(client: &Client, world: &World, targets: &Targets, row: &Row) -> RequestBuilder {
    let (method, template, body, _) = row;
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = client.request(method, &targets.path(world, template));
    let body = body(world);
    if template.ends_with("/attachments") {
        request.multipart(Form::new().part(
            "attachment",
            Part::bytes(b"%PDF-1.7\n".to_vec()).file_name("b.pdf"),
        ))
    } else if body.is_null() {
        request
    } else {
        request.json(&body)
    }
}

async fn each_endpoint_is_open_to_those_whom_it_concerns_and_to_nobody_else(world: World) {
    let targets = Targets::make(&world).await;
    let stranger = world.other_institution().await;
    let roles = [
        ('s', &world.student),
        ('i', &world.industry),
        ('a', &world.academic),
        ('c', &world.coordinator),
        ('t', &world.admin),
    ];
    let mut wrong = Vec::new();
    for row in MATRIX {
        let (method, template, _, allowed) = row;
        let signed_out = status(&world.nobody, &world, &targets, row).await;
        if signed_out != 401 {
            wrong.push(format!("{method} {template} signed out: {signed_out}"));
        }
        if template.contains('{') {
            let other = status(&stranger, &world, &targets, row).await;
            // An organisation is one for the whole deployment; what it has here is still not to be seen.
            if other != 404 {
                wrong.push(format!("{method} {template} from another institution: {other}"));
            }
        }
        for (letter, client) in &roles {
            if !allowed.contains(*letter) {
                let told = status(client, &world, &targets, row).await;
                if told != 403 && told != 404 {
                    wrong.push(format!("{method} {template} as {letter}, who may not: {told}"));
                }
            }
        }
        for (letter, client) in &roles {
            if allowed.contains(*letter) {
                let told = status(client, &world, &targets, row).await;
                if matches!(told, 401 | 403 | 404 | 500..) {
                    wrong.push(format!("{method} {template} as {letter}, who may: {told}"));
                }
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

on_both_databases!(each_endpoint_is_open_to_those_whom_it_concerns_and_to_nobody_else);

#[test]
fn no_endpoint_is_missing_in_the_matrix() {
    let shape = |path: &str| {
        let mut parts: Vec<&str> = path.split('/').collect();
        for part in &mut parts {
            if part.starts_with('{') {
                *part = "{}";
            }
        }
        parts.join("/")
    };
    let listed: BTreeSet<String> = MATRIX
        .iter()
        .map(|(method, path, _, _)| format!("{method} {}", shape(path)))
        .collect();
    let missing: Vec<String> = ipt_api::routes()
        .iter()
        .filter_map(|route| Some((route.method, route.path.strip_prefix("/api/v1")?)))
        .filter(|(_, path)| !PUBLIC.contains(path))
        .map(|(method, path)| format!("{method} {}", shape(path)))
        .filter(|route| !listed.contains(route))
        .collect();
    assert!(missing.is_empty(), "not in the matrix: {}", missing.join(", "));
}
