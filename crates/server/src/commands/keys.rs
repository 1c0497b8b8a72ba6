//! `ipt keys`: the keys under which sensitive columns are sealed.

use std::io::Write as _;

use anyhow::{Context as _, ensure};
use ipt_application::identity::profiles::{
    keys::{self, KeyState},
    reseal,
};
use serde_json::{Value, json};

use super::{block_on, output};
use crate::{
    command_line::KeysCommand,
    configuration::Configuration,
    wiring::{self, Wired},
};

/// Runs the command; it fails when values lie under a key that is not here.
pub(super) fn run(configuration: &Configuration, command: KeysCommand, as_json: bool) -> anyhow::Result<()> {
    block_on(async {
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let done = match command {
            KeysCommand::Status => status(&wired, as_json).await,
            KeysCommand::Reseal => reseal(&wired, as_json).await,
        };
        wired.database.close().await;
        done
    })
}

async fn status(wired: &Wired, as_json: bool) -> anyhow::Result<()> {
    let keys = keys::execute(&wired.services)
        .await
        .context("counting sealed values")?;
    let rows: Vec<Value> = keys
        .iter()
        .map(|(key, (state, values))| json!({ "key": key.as_str(), "state": state.as_str(), "values": values }))
        .collect();
    output::print(as_json, &json!({ "keys": rows }), |_| {
        let told = keys
            .iter()
            .map(|(key, (state, values))| format!("{:<8} {key}: {values} values", state.as_str()));
        told.collect::<Vec<_>>().join("\n")
    })?;
    let missing = keys
        .values()
        .filter(|(state, _)| *state == KeyState::Missing)
        .count();
    ensure!(
        missing == 0,
        "{missing} keys are missing: name their files in encryption.accepted_key_files"
    );
    Ok(())
}

async fn reseal(wired: &Wired, as_json: bool) -> anyhow::Result<()> {
    let mut error = std::io::stderr();
    let progress = reseal::execute(&wired.services, |so_far| {
        // Nobody is there to read it when this fails.
        let _ = writeln!(
            error,
            "{} values sealed anew, {} unreadable",
            so_far.resealed, so_far.unreadable
        );
    });
    let progress = progress.await.context("sealing anew")?;
    let (resealed, unreadable) = (progress.resealed, progress.unreadable);
    output::print(
        as_json,
        &json!({ "resealed": resealed, "unreadable": unreadable }),
        |_| format!("{resealed} values lie under the current key now"),
    )?;
    ensure!(
        unreadable == 0,
        "{unreadable} values do not open and stay as they are: their key is missing (`ipt keys status`), or they are damaged"
    );
    Ok(())
}
