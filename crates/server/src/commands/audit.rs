//! `ipt audit`: checks every hash chain, and takes checkpoints of them.

use std::path::Path;

use anyhow::Context as _;
use ipt_application::{
    Services,
    audit::{
        AuditError, checkpoint, link,
        verify::{self, Report},
    },
};
use ipt_domain::audit::{chain::ChainId, checkpoint::SignedCheckpoint};
use serde_json::{Value, json};

use super::{block_on, output};
use crate::{command_line::AuditCommand, configuration::Configuration, wiring};

/// Runs the command.
pub(super) fn run(configuration: &Configuration, command: AuditCommand, as_json: bool) -> anyhow::Result<()> {
    match command {
        AuditCommand::Verify { checkpoint } => verify(configuration, checkpoint.as_deref(), as_json),
        AuditCommand::Checkpoint => take(configuration, as_json),
    }
}

/// Fails when a chain is broken.
fn verify(configuration: &Configuration, kept: Option<&Path>, as_json: bool) -> anyhow::Result<()> {
    let read = |file: &Path| {
        std::fs::read(file)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .with_context(|| format!("reading {}", file.display()))
    };
    let kept = kept.map(read).transpose()?;
    let reports = with_services(configuration, async |services| {
        verify::all(services, kept.as_deref()).await
    })?;
    let rows: Vec<Value> = reports.iter().map(data).collect();
    output::print(as_json, &json!({ "chains": rows }), |_| {
        if reports.is_empty() {
            return "there are no audit records yet".to_owned();
        }
        reports.iter().map(told).collect::<Vec<_>>().join("\n")
    })?;
    let broken = reports
        .iter()
        .filter(|report| report.first_broken.is_some())
        .count();
    anyhow::ensure!(broken == 0, "{broken} of {} chains are broken", reports.len());
    Ok(())
}

/// What is not linked yet is linked first, so that the checkpoints reach up to now.
fn take(configuration: &Configuration, as_json: bool) -> anyhow::Result<()> {
    let taken = with_services(configuration, async |services| {
        link::execute(services).await?;
        checkpoint::all(services).await
    })?;
    let rows: Vec<Value> = taken.iter().map(taken_data).collect();
    output::print(as_json, &json!({ "checkpoints": rows }), |_| {
        let texts: Vec<String> = taken.iter().map(ToString::to_string).collect();
        texts.join("\n").trim_end().to_owned()
    })
}

/// Does something with everything open, on a current schema.
fn with_services<T>(
    configuration: &Configuration,
    work: impl AsyncFnOnce(&Services) -> Result<T, AuditError>,
) -> anyhow::Result<T> {
    block_on(async {
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let done = work(&wired.services).await;
        wired.database.close().await;
        done.map_err(|error| match error {
            AuditError::Rules(broken) => anyhow::anyhow!("{}: {broken}", broken.code()),
            other => anyhow::Error::new(other).context("reading the audit trail"),
        })
    })
}

/// The name of a chain.
fn name(chain: ChainId) -> String {
    chain
        .tenant()
        .map_or_else(|| "deployment".to_owned(), |tenant| format!("tenant {tenant}"))
}

fn taken_data(signed: &SignedCheckpoint) -> Value {
    json!({
        "chain": name(signed.checkpoint.chain),
        "sequence": signed.checkpoint.head.map_or(0, |head| head.sequence),
        "key_id": signed.key_id,
        "text": signed.to_string(),
    })
}

fn data(report: &Report) -> Value {
    json!({
        "chain": name(report.chain),
        "checked": report.checked,
        "not_linked_yet": report.not_linked_yet,
        "erased": report.erased,
        "kept_to": report.kept_to,
        "first_broken": report.first_broken.map(|broken| json!({
            "sequence": broken.sequence,
            "record_id": broken.record_id.map(|id| id.to_string()),
            "problem": format!("{:?}", broken.problem).to_lowercase(),
        })),
    })
}

fn told(report: &Report) -> String {
    let Report {
        chain,
        checked,
        not_linked_yet,
        kept_to,
        ..
    } = report;
    let chain = name(*chain);
    match report.first_broken {
        None => {
            let kept = kept_to.map_or_else(String::new, |number| {
                format!(", as its checkpoint has it up to number {number}")
            });
            format!("intact  {chain}: {checked} records checked{kept}, {not_linked_yet} not linked yet")
        }
        Some(broken) => {
            let record = broken
                .record_id
                .map_or_else(String::new, |id| format!(" (record {id})"));
            let problem = format!("{:?}", broken.problem).to_lowercase();
            format!("BROKEN  {chain}: number {}{record} is {problem}", broken.sequence)
        }
    }
}
