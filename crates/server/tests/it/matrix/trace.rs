//! What goes to the database while everybody tries everything: on an institution's table each statement shows whose rows it is
//! about. SQLite has no policies, so that there nothing else keeps institutions apart.

use std::collections::BTreeSet;

use ipt_adapter_sea_orm::Traced;
use serde_json::json;

use super::{MATRIX, Targets, actors::everybody, request};
use crate::support::World;

/// The tables whose rows belong to institutions.
const TABLES: &[&str] = &[
    "tenant_holiday",
    "membership",
    "membership_role",
    "tenant_role",
    "profile",
    "sealed_particular",
    "programme",
    "programme_policy",
    "organisation_relation",
    "site",
    "placement",
    "placement_event",
    "supervisor_load",
    "student_hold",
    "delegation",
    "log_entry",
    "log_revision",
    "log_review",
    "attachment",
    "reopened_days",
    "outbox",
    "audit_record",
];

/// The table of the list that a statement names as a whole word.
fn table(statement: &str) -> Option<&'static str> {
    let words: BTreeSet<&str> = statement
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .collect();
    TABLES.iter().copied().find(|table| words.contains(table))
}

/// Whether a statement is right without an institution: it asks for nothing, because the scope is empty; or it adds a row
/// that belongs to none, which is a site that its organisation shares, or a record in the deployment's own audit trail.
fn needs_none(statement: &Traced) -> bool {
    let text = &statement.text;
    let asks_for_nothing = statement.institutions == Some(0)
        && ["1 = 0", "? = ?", "$1 = $2", "$2 = $3"]
            .iter()
            .any(|never| text.contains(never));
    let columns = |of: &str| text.split_once(of)?.1.split_once(')').map(|(columns, _)| columns);
    let of_deployment =
        columns("INSERT INTO audit_record (").is_some_and(|names| !names.contains("tenant_id"));
    asks_for_nothing || of_deployment || text.starts_with("INSERT INTO \"site\" ")
}

async fn every_statement_on_an_institutions_rows_shows_the_institution(world: World) {
    let targets = Targets::make(&world).await;
    let people = everybody(&world).await;
    world.database.record_statements();
    for row in MATRIX {
        for who in &people {
            who.client.send(request(&who.client, &world, &targets, row)).await;
        }
    }
    let body = json!({ "email": "late@dit.example", "full_name": "Late Comer", "roles": ["student"] });
    world.coordinator.post("/users", &body).await.expect(201);
    world.deliver().await;
    let traced = world.database.traced_statements();
    let of_institutions = traced.iter().filter(|statement| statement.institutions.is_some());
    let seen: BTreeSet<&str> = of_institutions
        .clone()
        .filter_map(|statement| table(&statement.text))
        .collect();
    assert!(
        seen.len() > 15 && traced.len() > 1_000,
        "{} statements: {seen:?}",
        traced.len()
    );
    let silent: BTreeSet<&str> = of_institutions
        .filter(|statement| table(&statement.text).is_some() && !statement.shows_institution)
        .filter(|statement| !needs_none(statement))
        .map(|statement| statement.text.as_str())
        .collect();
    let silent: Vec<_> = silent.into_iter().collect();
    assert!(
        silent.is_empty(),
        "these show no institution:\n{}",
        silent.join("\n")
    );
}

on_both_databases!(every_statement_on_an_institutions_rows_shows_the_institution);
