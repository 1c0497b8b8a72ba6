//! The table of all routes, as the description of the API has them.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
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
    let mut methods: Vec<_> = routes()
        .iter()
        .filter(|route| leads_to(&route.path, request.path()))
        .collect();
    methods.dedup_by_key(|route| route.method);
    if methods.is_empty() {
        return Err(Problem::not_found());
    }
    let mut allowed: Vec<_> = methods.iter().map(|route| route.method).collect();
    if allowed.contains(&"GET") {
        allowed.push("HEAD");
    }
    let problem = Problem::new(METHOD_NOT_ALLOWED);
    Err(match HeaderValue::from_str(&allowed.join(", ")) {
        Ok(allowed) => problem.with_header(header::ALLOW, allowed),
        Err(_) => problem,
    })
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
