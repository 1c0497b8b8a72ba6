//! Definitions written once for both databases.
//!
//! The builder of sea-query has no named checks, no collations and no expressions in indexes (it panics on SQLite), so
//! that tables stand here as SQL. Words in capitals stand for the types: see [`TYPES`].

use sea_orm_migration::{
    prelude::{ConnectionTrait, DbErr, SchemaManager},
    sea_orm::DbBackend,
};

/// The words for types, with what they are on PostgreSQL and on SQLite.
///
/// `FOLDED` is text that Rust has turned to lower case. It is compared byte by byte, on both databases alike: PostgreSQL
/// would otherwise sort by the language of the machine, and pages would differ from one to another.
const TYPES: &[(&str, &str, &str)] = &[
    ("UUID", "uuid", "BLOB"),
    ("INSTANT", "timestamptz", "TEXT"),
    ("DATE", "date", "TEXT"),
    ("BYTES", "bytea", "BLOB"),
    ("JSON", "jsonb", "TEXT"),
    ("FOLDED", "text COLLATE \"C\"", "TEXT"),
    ("TEXT", "text", "TEXT"),
    ("FLAG", "boolean", "INTEGER"),
    ("INT", "integer", "INTEGER"),
    ("BIGINT", "bigint", "INTEGER"),
    ("FLOAT", "double precision", "REAL"),
    // The place of rows that belong to no institution, in unique indexes: NULLs would all differ there.
    (
        "NOWHERE",
        "'00000000-0000-0000-0000-000000000000'::uuid",
        "x'00000000000000000000000000000000'",
    ),
    // SQLite keeps to the types of its columns only when it is told to.
    ("STRICT", "", "STRICT"),
];

/// Runs definitions that are the same on both databases but for their types, one after the other.
///
/// # Errors
/// Those of the database.
pub(crate) async fn run(manager: &SchemaManager<'_>, definitions: &[&str]) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for definition in definitions {
        manager
            .get_connection()
            .execute_unprepared(&spelled(backend, definition))
            .await?;
    }
    Ok(())
}

/// Runs one definition that has a text of its own on each database.
///
/// # Errors
/// Those of the database.
pub(crate) async fn run_either(
    manager: &SchemaManager<'_>,
    postgres: &[&str],
    sqlite: &[&str],
) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => run(manager, postgres).await,
        DbBackend::Sqlite => run(manager, sqlite).await,
        other => Err(DbErr::Migration(format!("there is no migration for {other:?}"))),
    }
}

/// Drops tables, the last made first.
///
/// # Errors
/// Those of the database.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        manager
            .get_connection()
            .execute_unprepared(&format!("DROP TABLE IF EXISTS {table}"))
            .await?;
    }
    Ok(())
}

/// The definition in the words of one database.
fn spelled(backend: DbBackend, definition: &str) -> String {
    let mut spelled = String::with_capacity(definition.len());
    let mut rest = definition;
    while !rest.is_empty() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let known = TYPES.iter().find(|(name, ..)| *name == word);
        spelled.push_str(match (known, backend) {
            (Some((_, postgres, _)), DbBackend::Postgres) => postgres,
            (Some((.., sqlite)), _) => sqlite,
            (None, _) => word,
        });
        let gap = after.find(is_word).unwrap_or(after.len());
        let (between, next) = after.split_at(gap);
        spelled.push_str(between);
        rest = next;
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelled_for_each_database_and_other_words_are_kept() {
        let definition = "CREATE TABLE t (id UUID PRIMARY KEY, text_at INSTANT NOT NULL, n FOLDED) STRICT";
        assert_eq!(
            spelled(DbBackend::Postgres, definition),
            "CREATE TABLE t (id uuid PRIMARY KEY, text_at timestamptz NOT NULL, n text COLLATE \"C\") "
        );
        assert_eq!(
            spelled(DbBackend::Sqlite, definition),
            "CREATE TABLE t (id BLOB PRIMARY KEY, text_at TEXT NOT NULL, n TEXT) STRICT"
        );
    }
}
