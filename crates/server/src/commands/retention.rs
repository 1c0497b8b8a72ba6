//! `ipt retention`: what was kept long enough.

use ipt_application::engagement::retention::{self, Past};
use serde_json::{Value, json};

use super::{block_on, output};
use crate::{configuration::Configuration, wiring};

/// Runs the command.
pub(super) fn run(configuration: &Configuration, dry_run: bool, as_json: bool) -> anyhow::Result<()> {
    let all = block_on(async {
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let all = if dry_run {
            retention::look(&wired.services).await
        } else {
            retention::execute(&wired.services).await
        };
        wired.database.close().await;
        Ok(all?)
    })?;
    let rows: Vec<Value> = all.iter().map(data).collect();
    output::print(as_json, &json!({ "dry_run": dry_run, "kinds": rows }), |_| {
        all.iter()
            .map(|past| told(past, dry_run))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn data(past: &Past) -> Value {
    json!({
        "kind": past.kind.as_str(),
        "kept_for_hours": past.kept_for.map(|kept_for| kept_for.num_hours()),
        "rows": past.rows,
    })
}

fn told(past: &Past, dry_run: bool) -> String {
    let done = if dry_run { "would be removed" } else { "removed" };
    let kept_for = match past.kept_for {
        None => "for good".to_owned(),
        Some(kept_for) if kept_for.num_days() > 0 => format!("{} days", kept_for.num_days()),
        Some(kept_for) => format!("{} hours", kept_for.num_hours()),
    };
    format!(
        "{:<14} kept {kept_for:<10} {} {done}",
        past.kind.as_str(),
        past.rows
    )
}
