//! `ipt doctor`: checks settings, database, file store, keys, shared counters and mail server, and says what is wrong.

use std::{collections::BTreeMap, error::Error};

use ipt_application::identity::{
    IdentityError,
    profiles::keys::{self, KeyState},
};
use ipt_ports::{Database as _, identity::KeyId};
use serde_json::json;

use super::{block_on, output};
use crate::{configuration::Configuration, wiring};

/// One thing that was checked.
struct Finding {
    name: &'static str,
    problem: Option<String>,
}

/// What the server goes on without: mails wait in the outbox, and each node counts alone.
const DISPENSABLE: [&str; 2] = ["mail", "shared counters"];

/// Runs the command; it fails when anything is not well without which the server cannot do its work.
pub(super) fn run(configuration: &Configuration, as_json: bool) -> anyhow::Result<()> {
    let findings = block_on(async { Ok(examine(configuration).await) })?;
    let rows: Vec<_> = findings
        .iter()
        .map(|finding| json!({ "name": finding.name, "ok": finding.problem.is_none(), "problem": finding.problem }))
        .collect();
    output::print(as_json, &json!({ "checks": rows }), |_| {
        let told = |finding: &Finding| match &finding.problem {
            None => format!("ok       {}", finding.name),
            Some(problem) => format!("problem  {}: {problem}", finding.name),
        };
        findings.iter().map(told).collect::<Vec<_>>().join("\n")
    })?;
    let ill = findings
        .iter()
        .filter(|finding| finding.problem.is_some() && !DISPENSABLE.contains(&finding.name))
        .count();
    anyhow::ensure!(ill == 0, "{ill} of {} checks found a problem", findings.len());
    Ok(())
}

/// Checks everything, as far as it can be opened.
async fn examine(configuration: &Configuration) -> Vec<Finding> {
    let mut findings = vec![Finding {
        name: "settings",
        problem: None,
    }];
    match wiring::wire(configuration).await {
        Err(error) => findings.push(Finding {
            name: "opening",
            problem: Some(format!("{error:#}")),
        }),
        Ok(wired) => {
            let database = wired.database.check().await;
            findings.push(Finding {
                name: "database",
                problem: database.err().map(|error| chain(&error)),
            });
            let storage = wired.services.blobs.check().await;
            findings.push(Finding {
                name: "storage",
                problem: storage.err().map(|error| chain(&error)),
            });
            let keys = keys::execute(&wired.services).await;
            findings.push(Finding {
                name: "encryption keys",
                problem: missing_keys(keys),
            });
            if configuration.rate_limit.redis_url.is_some() {
                let counters = wired.limiter.check().await;
                findings.push(Finding {
                    name: "shared counters",
                    problem: counters.err().map(|error| chain(&error)),
                });
            }
            let mail = wired.services.mailer.check().await;
            findings.push(Finding {
                name: "mail",
                problem: mail.err().map(|error| chain(&error)),
            });
            wired.database.close().await;
        }
    }
    findings
}

/// The keys that are missing, or why they cannot be counted.
fn missing_keys(keys: Result<BTreeMap<KeyId, (KeyState, u64)>, IdentityError>) -> Option<String> {
    let keys = match keys {
        Ok(keys) => keys,
        Err(error) => return Some(chain(&error)),
    };
    let missing: Vec<_> = keys
        .iter()
        .filter(|(_, (state, _))| *state == KeyState::Missing)
        .map(|(key, (_, values))| format!("{values} values lie under the key {key}, which is not here"))
        .collect();
    (!missing.is_empty()).then(|| missing.join("; "))
}

/// An error with its causes.
fn chain(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told.push_str(": ");
        told.push_str(&error.to_string());
        cause = error.source();
    }
    told
}
