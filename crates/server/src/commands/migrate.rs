//! `ipt migrate`: apply, undo or list migrations.

use anyhow::Context as _;
use ipt_adapter_sea_orm::migration;
use serde_json::json;

use super::{block_on, output};
use crate::{command_line::MigrateCommand, configuration::Configuration, wiring};

/// Runs the command.
pub(super) fn run(
    configuration: &Configuration,
    command: MigrateCommand,
    as_json: bool,
) -> anyhow::Result<()> {
    let url = wiring::migration_url(configuration);
    let failed = "database.url: the migrations could not be run";
    match command {
        MigrateCommand::Up => {
            let applied = block_on(async { migration::up(url).await.context(failed) })?;
            output::print(as_json, &json!({ "applied": applied }), |_| {
                told("applied", &applied)
            })
        }
        MigrateCommand::Down { steps } => {
            let undone = block_on(async { migration::down(url, Some(steps)).await.context(failed) })?;
            output::print(as_json, &json!({ "undone": undone }), |_| told("undone", &undone))
        }
        MigrateCommand::Status => {
            let steps = block_on(async { migration::status(url).await.context(failed) })?;
            let rows: Vec<_> = steps
                .iter()
                .map(|step| json!({ "name": step.name, "applied": step.applied }))
                .collect();
            output::print(as_json, &json!({ "migrations": rows }), |_| {
                let mark = |applied| if applied { "applied" } else { "pending" };
                steps
                    .iter()
                    .map(|step| format!("{}  {}", mark(step.applied), step.name))
                    .collect::<Vec<_>>()
                    .join("\n")
            })
        }
    }
}

/// What was done, a line each.
fn told(done: &str, names: &[String]) -> String {
    if names.is_empty() {
        return format!("nothing {done}: there was nothing to do");
    }
    names
        .iter()
        .map(|name| format!("{done}  {name}"))
        .collect::<Vec<_>>()
        .join("\n")
}
