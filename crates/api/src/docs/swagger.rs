//! `GET /docs`: Swagger UI, carried in the binary.

use std::sync::Arc;

use actix_web::{HttpResponse, get};
use utoipa_swagger_ui::Config;

use super::html;
use crate::{extract::PathText, problem::Problem};

/// Swagger UI sets styles from its script and shows images that it carries itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const PAGE: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>API - Swagger UI</title>
<link rel=\"stylesheet\" href=\"/docs/swagger-ui.css\">
<link rel=\"icon\" href=\"/docs/favicon-32x32.png\">
<div id=\"swagger-ui\"></div>
<script src=\"/docs/swagger-ui-bundle.js\"></script>
<script src=\"/docs/swagger-ui-standalone-preset.js\"></script>
<script src=\"/docs/swagger-initializer.js\"></script>
</html>
";

/// The page.
#[get("/docs")]
#[tracing::instrument(name = "http.docs.swagger", skip_all)]
pub(super) async fn page() -> HttpResponse {
    html::page(POLICY, PAGE.to_owned())
}

/// What the page loads.
#[get("/docs/{file}")]
#[tracing::instrument(name = "http.docs.swagger_asset", skip_all)]
pub(super) async fn asset(file: PathText) -> Result<HttpResponse, Problem> {
    let config = Arc::new(
        Config::from("/openapi.json")
            .validator_url("none")
            .persist_authorization(false),
    );
    let found = utoipa_swagger_ui::serve(&file.0, config)
        .map_err(|error| Problem::internal(error.to_string()))?
        .filter(|_| file.0 != "index.html");
    let file = found.ok_or_else(Problem::not_found)?;
    Ok(html::asset(&file.content_type, file.bytes.into_owned()))
}
