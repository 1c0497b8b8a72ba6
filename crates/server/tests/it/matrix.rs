//! Who may call which endpoint: every one of them, for every role, with and without a relation to what it concerns, signed
//! out, and from another institution.

mod actors;
mod run;
mod trace;

use std::collections::BTreeSet;

use reqwest::{
    Method, RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use crate::support::{Client, World, id};

/// One endpoint: method, path, a body that is well-formed, and who may call it, by letters: student, industrial supervisor,
/// academic supervisor, organisation's administrator, coordinator, tenant administrator, and superadmin of the deployment (d),
/// who once an institution was entered may what its administrators may. Everybody else in the institution is told 403 (or 404,
/// where not even the existence is theirs to know).
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
    ("GET", "/audit-log", NONE, "td"),
    ("GET", "/audit-log/checkpoint", NONE, "td"),
    ("GET", "/audit-log/export", NONE, "td"),
    ("GET", "/audit-log/verify", NONE, "td"),
    ("POST", "/audit-log/verify", |_| json!({ "checkpoint": "none" }), "td"),
    ("GET", "/auth/csrf", NONE, "siaoctd"),
    ("GET", "/auth/me", NONE, "siaoctd"),
    ("POST", "/auth/me/export", NONE, "siaoctd"),
    ("GET", "/auth/me/export", NONE, "siaoctd"),
    // Refused for the new password, so that nobody's other sessions end here.
    ("POST", "/auth/password", |_| json!({
        "current_password": crate::support::PASSWORD, "new_password": "short",
    }), "siaoctd"),
    ("GET", "/auth/sessions", NONE, "siaoctd"),
    ("POST", "/auth/sessions/end-others", NONE, "siaoctd"),
    ("DELETE", "/auth/sessions/{session}", NONE, ""),
    ("POST", "/auth/switch-tenant", |_| json!({ "tenant": "dit" }), "siaoctd"),
    ("GET", "/jobs/failed", NONE, "td"),
    ("POST", "/jobs/{job}/retry", NONE, ""),
    ("GET", "/logs", NONE, "siaoctd"),
    ("POST", "/logs", |world| json!({
        "content": "Wired the control cabinet again.", "log_date": "2026-07-06", "placement_id": world.placement,
    }), "s"),
    ("POST", "/logs/verify-academic", |_| json!({ "log_ids": [world_free_id()], "status": "validated" }), "siaoctd"),
    ("POST", "/logs/verify-industry", |_| json!({ "log_ids": [world_free_id()], "status": "approved" }), "siaoctd"),
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
    ("GET", "/notifications", NONE, "siaoctd"),
    ("GET", "/notifications/preferences", NONE, "siaoctd"),
    ("PUT", "/notifications/preferences", |_| json!({ "items": [] }), "siaoctd"),
    ("POST", "/notifications/read-all", NONE, "siaoctd"),
    ("POST", "/notifications/{notification}/read", NONE, ""),
    ("GET", "/organisations", NONE, "siaoct"),
    ("POST", "/organisations", |_| json!({ "name": "New Works" }), "ct"),
    ("GET", "/organisations/directory", NONE, "siaoct"),
    ("GET", "/organisations/{organisation}", NONE, "siaoct"),
    ("PATCH", "/organisations/{organisation}", |_| json!({ "city": "Dodoma" }), "oct"),
    ("GET", "/organisations/{organisation}/sites", NONE, "siaoct"),
    ("POST", "/organisations/{organisation}/sites", |_| json!({ "name": "A yard" }), "oct"),
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
    ("GET", "/programmes", NONE, "siaoct"),
    ("POST", "/programmes", |_| json!({
        "name": "New", "code": "NEW-1", "credit_units": 4, "required_hours": 100, "required_days": 10,
        "window": { "start": "2026-06-01", "end": "2026-12-31" },
    }), "ct"),
    ("GET", "/programmes/{programme}", NONE, "siaoct"),
    ("PATCH", "/programmes/{programme}", |_| json!({ "name": "Renamed" }), "ct"),
    ("GET", "/roles", NONE, "ct"),
    ("POST", "/roles", |_| json!({ "key": "clerk", "name": "Clerk", "permissions": ["user:read"] }), "t"),
    ("GET", "/roles/{role}", NONE, "ct"),
    ("PATCH", "/roles/{role}", |_| json!({ "name": "Renamed" }), "t"),
    ("DELETE", "/roles/{role}", NONE, "t"),
    ("PATCH", "/sites/{site}", |_| json!({ "name": "Renamed" }), "ct"),
    ("GET", "/tenant", NONE, "siaoct"),
    ("PATCH", "/tenant", |_| json!({ "name": "Renamed Institute" }), "t"),
    ("GET", "/tenant/calendar", NONE, "siaoct"),
    ("PUT", "/tenant/calendar", |_| json!({ "weekend_days": ["saturday", "sunday"], "holidays": [] }), "t"),
    ("GET", "/tenants", NONE, "d"),
    ("POST", "/tenants", |_| json!({ "code": "ardhi", "name": "Ardhi University" }), "d"),
    ("GET", "/tenants/{tenant}", NONE, "d"),
    ("PATCH", "/tenants/{tenant}", |_| json!({ "name": "Renamed Institute" }), "d"),
    ("GET", "/tenants/{tenant}/statistics", NONE, "d"),
    ("GET", "/tenants/{tenant}/users?reason=ticket+7", NONE, "d"),
    ("POST", "/tenants/{tenant}/users?reason=ticket+7", |_| json!({
        "email": "y@dit.example", "full_name": "Y Z", "roles": ["student"], "password": crate::support::PASSWORD,
    }), "d"),
    ("GET", "/users", NONE, "oct"),
    ("POST", "/users", |_| json!({
        "email": "x@dit.example", "full_name": "X Y", "roles": ["student"], "password": crate::support::PASSWORD,
    }), "ct"),
    ("POST", "/users/import", |_| Value::Null, "oct"),
    ("GET", "/users/{spare}", NONE, "ct"),
    ("PATCH", "/users/{spare}", |_| json!({ "full_name": "Renamed Person" }), "ct"),
    ("GET", "/users/{spare}/particulars", NONE, "ct"),
    ("PATCH", "/users/{spare}/particulars", |_| json!({ "phone": "0712 345 678" }), "ct"),
    ("GET", "/users/{spare}/profile", NONE, "ct"),
    ("PATCH", "/users/{spare}/profile", |_| json!({ "student": { "year_of_study": 3 } }), "ct"),
    ("POST", "/users/{spare}/disable", NONE, "ct"),
    ("POST", "/users/{spare}/enable", NONE, "ct"),
    ("POST", "/users/{spare}/end-sessions", NONE, "ct"),
    ("POST", "/users/{spare}/unlock", NONE, "ct"),
    ("POST", "/users/{spare}/reset-password", NONE, "ct"),
    ("POST", "/users/{spare}/export", NONE, "t"),
    ("GET", "/users/{spare}/export", NONE, "t"),
    ("DELETE", "/users/{spare}", NONE, "ct"),
    ("POST", "/placements/{placement}/terminate", REASON, "ct"),
    ("POST", "/organisations/{organisation}/relation", NONE, "ct"),
];

/// Endpoints whose objects are every institution's: what stands in the directory of organisations exists everywhere.
const OF_EVERYBODY: &[&str] = &["/organisations/{organisation}/relation"];

/// Endpoints that need no sign-in.
const PUBLIC: &[&str] = &[
    "/auth/accept-invitation",
    "/auth/login",
    "/auth/logout",
    "/auth/password-reset/confirm",
    "/auth/password-reset/request",
    "/auth/refresh",
    "/auth/register",
    "/auth/resend-verification",
    "/auth/verify-email",
    "/data-exports/{token}",
];

fn world_free_id() -> &'static str {
    "0198c9b0-0000-7000-8000-000000000000"
}

/// What the paths stand for.
pub(crate) struct Targets {
    log: String,
    attachment: String,
    spare: String,
    tenant: String,
    role: String,
    organisation: String,
    placement: String,
    programme: String,
    site: String,
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
        let role = json!({ "key": "registrar", "name": "Registrar", "permissions": ["user:read"] });
        let role = world.admin.post("/roles", &role).await.expect(201);
        Self {
            attachment: id(&log["attachments"][0]),
            log: id(&log),
            spare: spare.id,
            role: id(&role),
            tenant: id(&world.admin.get("/tenant").await.expect(200)),
            organisation: world.organisation.clone(),
            placement: world.placement.clone(),
            programme: world.programme.clone(),
            site: world.site.clone(),
            job: world_free_id().to_owned(),
            notification: world_free_id().to_owned(),
        }
    }

    /// Things that there are not.
    fn nowhere() -> Self {
        let free = || world_free_id().to_owned();
        Self {
            log: free(),
            attachment: free(),
            spare: free(),
            tenant: free(),
            role: free(),
            organisation: free(),
            placement: free(),
            programme: free(),
            site: free(),
            job: free(),
            notification: free(),
        }
    }

    pub(crate) fn path(&self, template: &str) -> String {
        [
            ("{tenant}", &self.tenant),
            ("{role}", &self.role),
            ("{organisation}", &self.organisation),
            ("{placement}", &self.placement),
            ("{programme}", &self.programme),
            ("{site}", &self.site),
            ("{log}", &self.log),
            ("{attachment}", &self.attachment),
            ("{spare}", &self.spare),
            ("{job}", &self.job),
            ("{notification}", &self.notification),
            ("{session}", &world_free_id().to_owned()),
        ]
        .iter()
        .fold(template.to_owned(), |path, (name, id)| path.replace(name, id))
    }
}

/// The request of a row.
pub(crate) fn request(client: &Client, world: &World, targets: &Targets, row: &Row) -> RequestBuilder {
    let (method, template, body, _) = row;
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = client.request(method, &targets.path(template));
    let body = body(world);
    if template.ends_with("/attachments") {
        request.multipart(Form::new().part(
            "attachment",
            Part::bytes(b"%PDF-1.7\n".to_vec()).file_name("b.pdf"),
        ))
    } else if template.ends_with("/import") {
        let request = request.header("Content-Type", "text/csv");
        request.body("email,full_name,roles\nz@dit.example,Z,student\n")
    } else if body.is_null() {
        request
    } else {
        request.json(&body)
    }
}

#[test]
fn no_endpoint_is_missing_in_the_matrix() {
    let shape = |path: &str| {
        let mut parts: Vec<&str> = path.split('?').next().unwrap_or_default().split('/').collect();
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
