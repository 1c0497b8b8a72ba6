//! `GET /errors/{code}`: where a problem's `type` leads.

use actix_web::{HttpResponse, get};

use super::html::page;
use crate::{
    codes::{self, Code},
    extract::PathText,
    problem::Problem,
};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/// What an error code means
///
/// A page for people: when the code is given, and what to do about it.
#[utoipa::path(
    tag = "operation",
    operation_id = "error_page",
    params(("code" = String, Path, description = "The code of a problem", example = "stale_version")),
    responses((status = 200, description = "The page", content_type = "text/html")),
)]
#[get("/errors/{code}")]
#[tracing::instrument(name = "http.docs.error_page", skip_all)]
pub(super) async fn error_page(name: PathText) -> Result<HttpResponse, Problem> {
    let code = codes::find(&name.0).ok_or_else(Problem::not_found)?;
    Ok(page(POLICY, write(code)))
}

/// The page. The table's texts are ours and hold no mark-up but backticks.
fn write(code: &Code) -> String {
    let Code { name, status, .. } = code;
    let (title, explanation, remedy) = (escape(code.title), marked(code.explanation), marked(code.remedy));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{name}</title>\n\
         <style>body{{font:1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;\
         color-scheme:light dark}}code{{font-size:.95em}}</style>\n\
         <h1>{title}</h1>\n<p><code>{name}</code>, HTTP status {status}</p>\n<p>{explanation}</p>\n\
         <h2>What to do</h2>\n<p>{remedy}</p>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The text with what stands in backticks as code.
fn marked(text: &str) -> String {
    let mut html = String::new();
    for (position, part) in escape(text).split('`').enumerate() {
        if position % 2 == 1 {
            html.push_str("<code>");
            html.push_str(part);
            html.push_str("</code>");
        } else {
            html.push_str(part);
        }
    }
    html
}
