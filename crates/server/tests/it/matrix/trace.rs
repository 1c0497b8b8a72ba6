//! What goes to the database while everybody tries everything: on an institution's table each statement shows whose rows it is
//! about. SQLite has no policies, so that there nothing else keeps institutions apart.

use std::collections::BTreeSet;

use ipt_adapter_sea_orm::Traced;
use serde_json::json;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use super::{MATRIX, Targets, actors::everybody, request};
use crate::support::World;

/// The tables whose rows belong to institutions, as the database has them.
async fn tables_of_institutions(url: &str) -> BTreeSet<String> {
    let columns = if url.starts_with("sqlite") {
        "SELECT DISTINCT t.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'tenant_id'"
    } else {
        "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id'"
    };
    let names: Vec<String> = if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query_scalar(columns)
            .fetch_all(&mut connection)
            .await
            .unwrap()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(columns)
            .fetch_all(&mut connection)
            .await
            .unwrap()
    };
    // A session is a person's, whichever institution it looks at.
    names.into_iter().filter(|table| table != "session").collect()
}

/// A statement's words, without quotes.
fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// How often a statement must show an institution: once when it names a table of theirs, and once for each of these tables
/// that it adds rows to. A record in the deployment's own audit trail belongs to none.
fn due(statement: &Traced, tables: &BTreeSet<String>) -> usize {
    let of_institutions = |word: &&str| tables.contains(*word);
    let (mut added, mut of_deployment) = (0, 0);
    for addition in statement.text.split("INSERT INTO ").skip(1) {
        let columns = addition.split(')').next().unwrap_or_default();
        match words(addition).first() {
            Some(&"audit_record") if !columns.contains("tenant_id") => of_deployment += 1,
            table => added += usize::from(table.is_some_and(of_institutions)),
        }
    }
    let words = words(&statement.text);
    let named = words.into_iter().filter(of_institutions).count();
    added.max(usize::from(named > of_deployment))
}

/// Whether a statement is right with fewer: it asks for nothing, because the scope is empty; or it adds a row that belongs
/// to none, which is a site that its organisation shares, or a copy of their data that somebody asks for themself.
fn needs_none(statement: &Traced) -> bool {
    let text = &statement.text;
    // As the query builder says "in none of them".
    let never = |first: usize| text.contains(&format!("${first} = ${}", first + 1));
    let asks_for_nothing = statement.institutions == Some(0)
        && (text.contains("1 = 0") || text.contains("? = ?") || (1..20).any(never));
    let adds_to = |table: &str| text.starts_with(&format!("INSERT INTO \"{table}\" "));
    asks_for_nothing || adds_to("site") || adds_to("data_export")
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
    let tables = tables_of_institutions(&world.url).await;
    let of_institutions = traced.iter().filter(|statement| statement.institutions.is_some());
    let seen: BTreeSet<&str> = of_institutions
        .clone()
        .flat_map(|statement| words(&statement.text))
        .filter(|word| tables.contains(*word))
        .collect();
    assert!(
        seen.len() > 20 && traced.len() > 1_000,
        "{} statements: {seen:?}",
        traced.len()
    );
    let silent: BTreeSet<String> = of_institutions
        .filter(|statement| statement.shown < due(statement, &tables) && !needs_none(statement))
        .map(|statement| {
            format!(
                "{} of {}: {}",
                statement.shown,
                due(statement, &tables),
                statement.text
            )
        })
        .collect();
    let silent: Vec<_> = silent.into_iter().collect();
    assert!(
        silent.is_empty(),
        "these show too few institutions:\n{}",
        silent.join("\n")
    );
}

on_both_databases!(every_statement_on_an_institutions_rows_shows_the_institution);
