//! The middleware that writes problems out.

use std::{error::Error as StdError, ops::Deref};

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::{BodySize, BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    middleware::Next,
    web,
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{FieldError, Parts, Problem, framework};
use crate::{middleware::RequestId, state::ApiState};

/// A problem as it goes over the wire.
#[derive(Serialize)]
struct Written<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    instance: &'a str,
    code: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(flatten)]
    members: &'a Map<String, Value>,
}

/// The problem of an answer: a handler's, or one made from what the framework says.
enum Found<'a> {
    Told(&'a Problem),
    Made(Problem),
}

impl Deref for Found<'_> {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        match self {
            Self::Told(problem) => &problem.0,
            Self::Made(problem) => &problem.0,
        }
    }
}

/// Gives every answer that is no success the form of a problem, and logs those of 500 and above with their causes, once.
pub(crate) async fn finish<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = next.call(request).await?;
    let Some(problem) = problem_in(&response) else {
        return Ok(response.map_into_left_body());
    };
    log(&problem, response.response().error());
    let body = write(&problem, &response);
    Ok(response.map_body(|head, _| {
        head.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        head.headers_mut().remove(header::CONTENT_ENCODING);
        EitherBody::right(BoxBody::new(body))
    }))
}

/// The problem of an answer, if it is one that still has to be written.
fn problem_in<B: MessageBody>(response: &ServiceResponse<B>) -> Option<Found<'_>> {
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return None;
    }
    match response.response().error() {
        Some(error) => Some(match error.as_error::<Problem>() {
            Some(problem) => Found::Told(problem),
            None => Found::Made(framework::problem_of(error).with_status(response.status())),
        }),
        // A page of its own, written by a handler, stays as it is.
        None => matches!(
            response.response().body().size(),
            BodySize::None | BodySize::Sized(0)
        )
        .then(|| Found::Made(framework::by_status(response.status()))),
    }
}

/// The body of an answer.
fn write<B>(problem: &Parts, response: &ServiceResponse<B>) -> Vec<u8> {
    written(problem, response.status(), response.request(), |written| {
        serde_json::to_vec(written).unwrap_or_default()
    })
}

impl Problem {
    /// The body that this problem would have as the answer of `request`, for an answer that tells of several things.
    pub(crate) fn body_for(&self, request: &HttpRequest) -> Value {
        written(&self.0, self.0.status, request, |written| {
            serde_json::to_value(written).unwrap_or_default()
        })
    }
}

/// A problem as it is told. Of a failure of the server it says no more than the table and the request id.
fn written<T>(
    problem: &Parts,
    status: StatusCode,
    request: &HttpRequest,
    tell: impl FnOnce(&Written<'_>) -> T,
) -> T {
    let extensions = request.extensions();
    let public_url = request
        .app_data::<web::Data<ApiState>>()
        .map_or("", |state| state.settings().public_url.as_str());
    let own_fault = status.is_server_error();
    let nothing = Map::new();
    tell(&Written {
        r#type: format!("{public_url}/errors/{}", problem.code.name),
        title: problem.code.title,
        status: status.as_u16(),
        detail: match &problem.detail {
            Some(detail) if !own_fault => detail,
            _ => problem.code.explanation,
        },
        instance: request.path(),
        code: problem.code.name,
        request_id: extensions.get::<RequestId>().map_or("", RequestId::as_str),
        errors: if own_fault { &[] } else { &problem.errors },
        members: if own_fault { &nothing } else { &problem.members },
    })
}

/// Logs what is the server's own fault, with all causes. The person's own mistakes are no news.
fn log(problem: &Parts, framework: Option<&Error>) {
    let code = problem.code.name;
    if !problem.status.is_server_error() {
        tracing::debug!(code, "the request was refused");
        return;
    }
    let causes = match (&problem.source, framework) {
        (Some(source), _) => chain(source.as_ref()),
        (None, Some(error)) if error.as_error::<Problem>().is_none() => error.to_string(),
        (None, _) => String::new(),
    };
    if problem.status.as_u16() == 503 {
        tracing::warn!(code, causes, "the request could not be served now");
    } else {
        tracing::error!(code, causes, "the request failed");
    }
}

/// An error with all its causes, in one line.
fn chain(error: &dyn StdError) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
