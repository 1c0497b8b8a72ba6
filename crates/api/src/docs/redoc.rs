//! `GET /redoc`: Redoc, carried in the binary.

use std::sync::LazyLock;

use actix_web::{HttpResponse, get, web::Bytes};
use aide::redoc::Redoc;

use super::html;
use crate::{extract::PathText, problem::Problem};

/// Redoc sets styles from its script, and searches in a worker that it makes itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; worker-src blob:; child-src blob:; frame-ancestors 'none'; base-uri 'none'";

const PAGE: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>API - Redoc</title>
<style>body{margin:0}</style>
<div id=\"redoc\"></div>
<script src=\"/redoc/redoc.standalone.js\"></script>
<script src=\"/redoc/start.js\"></script>
</html>
";

const START: &str =
    "Redoc.init(\"/openapi.json\", { hideLoading: true }, document.getElementById(\"redoc\"));\n";

/// The only thing that the script would load from elsewhere: a logo.
const LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";

/// The script, as it stands in the page that the crate makes: the policy above allows no script inside a page.
static SCRIPT: LazyLock<Bytes> = LazyLock::new(|| {
    let whole = Redoc::new("").html();
    let script = whole
        .split_once("<script>")
        .and_then(|(_, rest)| rest.rsplit_once("Redoc.init("));
    Bytes::from(
        script
            .map(|(script, _)| script.trim().replace(LOGO, "data:,"))
            .unwrap_or_default(),
    )
});

/// The page.
#[get("/redoc")]
#[tracing::instrument(name = "http.docs.redoc", skip_all)]
pub(super) async fn page() -> HttpResponse {
    html::page(POLICY, PAGE.to_owned())
}

/// What the page loads.
#[get("/redoc/{file}")]
#[tracing::instrument(name = "http.docs.redoc_asset", skip_all)]
pub(super) async fn asset(file: PathText) -> Result<HttpResponse, Problem> {
    const KIND: &str = "text/javascript; charset=utf-8";
    match file.0.as_str() {
        "redoc.standalone.js" => Ok(html::asset(KIND, SCRIPT.clone())),
        "start.js" => Ok(html::asset(KIND, START)),
        _ => Err(Problem::not_found()),
    }
}
