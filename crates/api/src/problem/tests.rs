use actix_web::{
    App, HttpResponse,
    http::StatusCode,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
    web,
};
use ipt_domain::{
    error::Violation,
    placement::{delegation::Part, load::Overload},
};
use ipt_ports::{Constraint, RepositoryError};
use serde_json::{Value, json};

use super::{Problem, finish};
use crate::{
    codes::protocol::STALE_VERSION,
    testing::{self, FakeDatabase},
};

impl Problem {
    /// The places of all errors.
    pub(crate) fn pointers(&self) -> Vec<&str> {
        self.0.errors.iter().map(|error| error.pointer.as_ref()).collect()
    }

    /// What would be answered, without what depends on the request.
    pub(crate) fn to_value(&self) -> Value {
        json!({
            "code": self.0.code.name,
            "status": self.0.status.as_u16(),
            "detail": self.0.detail,
            "errors": self.0.errors,
            "members": self.0.members,
        })
    }
}

#[derive(Debug)]
struct Rule(&'static str, &'static str, bool);

impl std::fmt::Display for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} is broken", self.0)
    }
}

impl Violation for Rule {
    fn code(&self) -> &'static str {
        self.0
    }
    fn pointer(&self) -> &'static str {
        self.1
    }
    fn is_conflict(&self) -> bool {
        self.2
    }
}

const TOO_SHORT: Rule = Rule("content_too_short", "/content", false);
const TOO_LATE: Rule = Rule("too_late", "/log_date", false);
const TAKEN: Rule = Rule("duplicate_day", "/log_date", true);
const TOO_LARGE: Rule = Rule("attachment_too_large", "/attachment", false);

fn told(rules: &[Rule]) -> (String, u64, usize) {
    let value = Problem::rules(rules).to_value();
    let errors = value["errors"].as_array().unwrap().len();
    (
        value["code"].as_str().unwrap().to_owned(),
        value["status"].as_u64().unwrap(),
        errors,
    )
}

#[test]
fn one_broken_rule_gives_its_code_and_several_come_together() {
    assert_eq!(told(&[TOO_SHORT]), ("content_too_short".to_owned(), 422, 1));
    assert_eq!(
        told(&[TOO_SHORT, TOO_LATE]),
        ("validation_failed".to_owned(), 422, 2)
    );
}

#[test]
fn conflicts_are_told_before_other_rules_and_alone() {
    assert_eq!(
        told(&[TOO_SHORT, TAKEN, TOO_LATE]),
        ("duplicate_day".to_owned(), 409, 1)
    );
    let other = Rule("placement_not_active", "/placement_id", true);
    assert_eq!(told(&[TAKEN, other]), ("validation_failed".to_owned(), 409, 2));
    assert_eq!(
        told(&[TAKEN, TOO_LARGE]),
        ("attachment_too_large".to_owned(), 413, 1)
    );
}

/// The answer to a request whose handler gives this problem.
async fn answer(problem: fn() -> Problem) -> (StatusCode, Option<String>, Value) {
    let app = App::new()
        .app_data(web::Data::from(testing::state(FakeDatabase::default())))
        .route(
            "/here",
            web::get().to(move || async move { Err::<HttpResponse, _>(problem()) }),
        )
        .wrap(from_fn(finish))
        .wrap(from_fn(crate::middleware::identify));
    let app = init_service(app).await;
    let request = TestRequest::get()
        .uri("/here")
        .insert_header(("x-request-id", "order-7"))
        .to_request();
    let response = call_service(&app, request).await;
    let kind = response
        .headers()
        .get("content-type")
        .map(|kind| kind.to_str().unwrap().to_owned());
    (response.status(), kind, testing::json(response).await)
}

#[actix_web::test]
async fn a_problem_says_where_what_and_which_request() {
    let (status, kind, body) = answer(|| {
        Problem::new(STALE_VERSION)
            .detail("it is at 3")
            .with("current", 3)
    })
    .await;
    assert_eq!(status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(kind.as_deref(), Some("application/problem+json"));
    assert_eq!(
        body,
        json!({
            "type": "https://ipt.example.org/errors/stale_version",
            "title": "The version is not the current one",
            "status": 412,
            "detail": "it is at 3",
            "instance": "/here",
            "code": "stale_version",
            "request_id": "order-7",
            "current": 3,
        })
    );
}

#[actix_web::test]
async fn what_went_wrong_inside_never_gets_out() {
    let broken = || Problem::from(RepositoryError::Backend("password=hunter2 at 10.0.0.7".into()));
    let (status, _, body) = answer(broken).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(body["request_id"], "order-7");
    assert_eq!(body["code"], "internal");
    for secret in ["hunter2", "10.0.0.7", "database", "Backend"] {
        assert!(!body.to_string().contains(secret), "{body}");
    }
    let (status, _, body) = answer(|| {
        Problem::internal("hunter2")
            .detail("hunter2")
            .with("inner", "hunter2")
    })
    .await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!body.to_string().contains("hunter2"), "{body}");
}

#[actix_web::test]
async fn a_dependency_that_is_down_is_told_with_the_time_to_come_back() {
    let (status, _, body) = answer(|| RepositoryError::Unavailable("10.0.0.7 refused".into()).into()).await;
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, Some("unavailable"))
    );
    assert!(!body.to_string().contains("10.0.0.7"), "{body}");
}

#[test]
fn a_race_that_is_lost_is_a_conflict() {
    let conflict = |error: RepositoryError| {
        let value = Problem::from(error).to_value();
        (
            value["status"].as_u64().unwrap(),
            value["code"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(conflict(RepositoryError::Stale), (409, "conflict".to_owned()));
    assert_eq!(
        conflict(RepositoryError::Conflict(Constraint::LogDay)),
        (409, "duplicate_day".to_owned())
    );
    let over = Overload {
        part: Part::Academic,
        day: "2026-07-06".parse().unwrap(),
        students: 25,
        cap: 25,
    };
    let over = RepositoryError::Conflict(Constraint::SupervisorCap(over));
    let value = Problem::from(over).to_value();
    assert_eq!(
        (&value["status"], &value["code"], &value["errors"][0]["pointer"]),
        (
            &json!(409),
            &json!("supervisor_over_cap"),
            &json!("/university_supervisor_id")
        )
    );
    let told = value.to_string();
    assert!(
        told.contains("on 2026-07-06") && told.contains("number 25 already") && told.contains("allows 25"),
        "{told}"
    );
}
