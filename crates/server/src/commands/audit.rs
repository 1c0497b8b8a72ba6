//! `ipt audit verify`: checks every hash chain.

use anyhow::Context as _;
use ipt_application::audit::verify::{self, Report};
use ipt_domain::audit::chain::ChainId;
use serde_json::{Value, json};

use super::{block_on, output};
use crate::{command_line::AuditCommand, configuration::Configuration, wiring};

/// Runs the command; it fails when a chain is broken.
pub(super) fn run(configuration: &Configuration, command: AuditCommand, as_json: bool) -> anyhow::Result<()> {
    let AuditCommand::Verify = command;
    let reports = block_on(async {
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let reports = verify::all(&wired.services)
            .await
            .context("reading the audit trail");
        wired.database.close().await;
        reports
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

/// The name of a chain.
fn name(chain: ChainId) -> String {
    chain
        .tenant()
        .map_or_else(|| "deployment".to_owned(), |tenant| format!("tenant {tenant}"))
}

fn data(report: &Report) -> Value {
    json!({
        "chain": name(report.chain),
        "checked": report.checked,
        "not_linked_yet": report.not_linked_yet,
        "erased": report.erased,
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
        ..
    } = report;
    let chain = name(*chain);
    match report.first_broken {
        None => format!("intact  {chain}: {checked} records checked, {not_linked_yet} not linked yet"),
        Some(broken) => {
            let record = broken
                .record_id
                .map_or_else(String::new, |id| format!(" (record {id})"));
            let problem = format!("{:?}", broken.problem).to_lowercase();
            format!("BROKEN  {chain}: number {}{record} is {problem}", broken.sequence)
        }
    }
}
