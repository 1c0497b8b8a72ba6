//! `ipt storage`: the encryption of files.

use anyhow::Context as _;
use ipt_adapter_object_store::MasterKey;
use serde_json::json;

use super::{block_on, output};
use crate::{command_line::StorageCommand, configuration::Configuration, wiring};

/// Runs the command.
pub(super) fn run(
    configuration: &Configuration,
    command: &StorageCommand,
    as_json: bool,
) -> anyhow::Result<()> {
    match command {
        StorageCommand::NewKey { file } => {
            let key = MasterKey::create(file).with_context(|| file.display().to_string())?;
            let made = json!({ "file": file.display().to_string(), "key": key.name() });
            output::print(as_json, &made, |_| {
                format!("key {} made in {}; keep a copy of it", key.name(), file.display())
            })
        }
        StorageCommand::Rewrap => {
            anyhow::ensure!(
                configuration.storage.encryption_key_file.is_some(),
                "storage.encryption_key_file: there is no key to encrypt with"
            );
            let done = block_on(async {
                let store = wiring::open_storage(configuration)?;
                store.rewrap().await.context("replacing the key")
            })?;
            let told = json!({
                "current": done.current, "rewrapped": done.rewrapped, "encrypted": done.encrypted,
            });
            output::print(as_json, &told, |_| {
                format!(
                    "{} files had another key, {} lay in clear, {} were under the current key already",
                    done.rewrapped, done.encrypted, done.current
                )
            })
        }
    }
}
