//! `ipt openapi`, `ipt routes`, `ipt errors`: what the code says about itself.

use serde_json::json;

use super::output;
use crate::configuration::{KEYS, Key};

/// Prints the OpenAPI document.
pub(super) fn openapi() -> anyhow::Result<()> {
    output::line(&ipt_api::openapi().to_pretty_json()?)
}

/// Lists the routes.
pub(super) fn routes(as_json: bool) -> anyhow::Result<()> {
    let routes = ipt_api::routes();
    let rows: Vec<_> = routes
        .iter()
        .map(|route| json!({ "method": route.method, "path": route.path, "operation": route.operation, "signed_in": route.signed_in }))
        .collect();
    output::print(as_json, &json!({ "routes": rows }), |_| {
        routes
            .iter()
            .map(|route| format!("{:<7} {}", route.method, route.path))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// Prints the catalogue of error codes.
pub(super) fn errors() -> anyhow::Result<()> {
    output::line(ipt_api::catalogue_markdown().trim_end())
}

/// Prints the table of settings.
pub(super) fn settings() -> anyhow::Result<()> {
    let row = |key: &Key| {
        let default = key
            .default
            .map_or_else(|| "–".to_owned(), |default| format!("`{default}`"));
        format!(
            "| `{}` | `{}` | {default} | {} |",
            key.path,
            key.variable(),
            key.about
        )
    };
    let rows: Vec<String> = KEYS.iter().map(row).collect();
    output::line(&format!("{SETTINGS_HEAD}{}", rows.join("\n")))
}

/// What stands above the table of settings.
const SETTINGS_HEAD: &str = "\
# Settings

Layers, the later above the earlier: defaults, `ipt.toml` (or `--config FILE`), environment, flags. An unknown key is an error
that names it.

| key in the file | in the environment | default | |
|---|---|---|---|
";
