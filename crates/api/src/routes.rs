//! The table of all routes, as the description of the API has them.

use std::{collections::BTreeMap, sync::LazyLock};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
};
use utoipa::openapi::{OpenApi, path::PathItem};

use crate::{
    codes::protocol::METHOD_NOT_ALLOWED, middleware::is_public, openapi::document, problem::Problem,
};

/// One route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method, in capitals.
    pub method: &'static str,
    /// The path with its parameters (`/api/v1/users/{id}`).
    pub path: String,
    /// The operation's name in the description.
    pub operation: String,
    /// Whether it needs a sign-in.
    pub signed_in: bool,
}

static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| table(document()));

/// Paths, each with its methods.
type Methods = BTreeMap<&'static str, Vec<&'static str>>;

/// The paths without parameters.
static NAMED: LazyLock<Methods> = LazyLock::new(|| methods_where(|path| !path.contains('{')));
/// The paths with parameters.
static PATTERNS: LazyLock<Methods> = LazyLock::new(|| methods_where(|path| path.contains('{')));

fn methods_where(is_wanted: impl Fn(&str) -> bool) -> Methods {
    let mut methods = Methods::new();
    for route in routes().iter().filter(|route| is_wanted(&route.path)) {
        methods.entry(&route.path).or_default().push(route.method);
    }
    methods
}

/// Every route of the API, by path.
pub fn routes() -> &'static [Route] {
    &ROUTES
}

fn table(document: &OpenApi) -> Vec<Route> {
    let mut routes = Vec::new();
    for (path, item) in &document.paths.paths {
        for (method, operation) in operations(item) {
            routes.push(Route {
                method,
                path: path.clone(),
                operation: operation.operation_id.clone().unwrap_or_default(),
                signed_in: needs_sign_in(path),
            });
        }
    }
    routes
}

/// Whether a path needs a sign-in.
pub(crate) fn needs_sign_in(path: &str) -> bool {
    path == crate::health::DETAILED || (path.starts_with("/api/v1/") && !is_public(path))
}

/// The operations of a path.
pub(crate) fn operations(
    item: &PathItem,
) -> impl Iterator<Item = (&'static str, &utoipa::openapi::path::Operation)> {
    [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_ref().map(|operation| (method, operation)))
}

/// Answers what no route answers: 405 where the path has routes for other methods, else 404.
pub(crate) async fn nowhere(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(match methods_of(request.path()) {
        [] => Problem::not_found(),
        methods => not_allowed(methods),
    })
}

/// Refuses a method that a path without parameters does not have, before it is taken for another path's id: there is no log
/// named `verify-industry`.
///
/// # Errors
/// Those of what follows.
pub(crate) async fn tell_names_from_ids<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let methods = NAMED.get(request.path()).map(Vec::as_slice).unwrap_or_default();
    if methods.is_empty() || methods.contains(&request.method().as_str()) {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    Ok(request.error_response(not_allowed(methods)).map_into_right_body())
}

/// 405, with the methods that there are.
fn not_allowed(methods: &[&'static str]) -> Problem {
    let head = methods.contains(&"GET").then_some("HEAD");
    let allowed: Vec<_> = methods.iter().copied().chain(head).collect();
    let problem = Problem::new(METHOD_NOT_ALLOWED);
    match HeaderValue::from_str(&allowed.join(", ")) {
        Ok(allowed) => problem.with_header(header::ALLOW, allowed),
        Err(_) => problem,
    }
}

/// The methods of a path: those of its name, else those of the pattern that it fills.
fn methods_of(path: &str) -> &'static [&'static str] {
    let filled = || {
        let mut patterns = PATTERNS.iter();
        patterns.find(|(pattern, _)| leads_to(pattern, path))
    };
    match NAMED.get_key_value(path).or_else(filled) {
        Some((_, methods)) => methods,
        None => &[],
    }
}

/// Whether a path has the form of a pattern.
fn leads_to(pattern: &str, path: &str) -> bool {
    let mut expected = pattern.split('/');
    let mut found = path.split('/');
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return true,
            (Some(wanted), Some(segment)) if wanted == segment => {}
            (Some(wanted), Some(segment)) if wanted.starts_with('{') && !segment.is_empty() => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{leads_to, routes};

    #[test]
    fn a_path_leads_to_the_pattern_that_it_fills() {
        assert!(leads_to("/api/v1/users/{id}", "/api/v1/users/7"));
        assert!(!leads_to("/api/v1/users/{id}", "/api/v1/users"));
        assert!(!leads_to("/api/v1/users/{id}", "/api/v1/users/7/enable"));
        assert!(!leads_to("/api/v1/users/{id}", "/api/v1/users/"));
    }

    #[test]
    fn every_route_has_a_name_of_its_own() {
        let mut names: Vec<_> = routes().iter().map(|route| route.operation.as_str()).collect();
        assert!(names.len() > 10, "{names:?}");
        names.sort_unstable();
        assert!(names.iter().all(|name| !name.is_empty()));
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
