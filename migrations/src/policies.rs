//! Row-level security of tables, as the steps put it: the policies that keep one institution's rows from another's.

use sea_orm_migration::{
    prelude::{ConnectionTrait, DbErr, SchemaManager},
    sea_orm::DbBackend,
};

/// The role that connections take. The adapter knows it by the same name.
pub(crate) const ROLE: &str = "ipt_app";

/// The jobs that serve all institutions and may touch every table.
pub(crate) const JOBS: &[&str] = &["worker", "operator"];
/// Also those that find a person's institutions.
pub(crate) const SIGN_IN: &[&str] = &["worker", "operator", "sign_in"];
/// Also the linker of the audit trail.
pub(crate) const LINKER: &[&str] = &["worker", "operator", "chain_linker"];

/// What a policy allows.
pub(crate) enum Rows {
    /// Rows of the scope's institutions.
    Own,
    /// These, and rows of no institution.
    OwnOrNone,
    /// Rows of the scope's institutions can be read; rows of no institution can be written as well.
    OwnAddNone,
    /// Rows of a record that can be read.
    OfRecord,
}

/// A table with the column that names the institution, the jobs that need it, and what is allowed.
pub(crate) type Policy = (&'static str, &'static str, &'static [&'static str], Rows);

/// Puts tables under their policies. SQLite has none.
///
/// # Errors
/// Those of the database.
pub(crate) async fn put(manager: &SchemaManager<'_>, policies: &[Policy]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for (table, column, jobs, rows) in policies {
        for definition in policy(table, column, jobs, rows) {
            manager.get_connection().execute_unprepared(&definition).await?;
        }
    }
    Ok(())
}

/// Takes the policies off again.
///
/// # Errors
/// Those of the database.
pub(crate) async fn lift(manager: &SchemaManager<'_>, policies: &[Policy]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let connection = manager.get_connection();
    for (table, ..) in policies {
        for policy in ["scope", "deployment", "of_record", "with_record"] {
            connection
                .execute_unprepared(&format!("DROP POLICY IF EXISTS {policy} ON {table}"))
                .await?;
        }
        let off = format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY");
        connection.execute_unprepared(&off).await?;
    }
    Ok(())
}

/// Lets the application read and change the rows of tables that the policies show it. On SQLite there is nothing to grant.
///
/// # Errors
/// Those of the database.
pub(crate) async fn grant(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres || tables.is_empty() {
        return Ok(());
    }
    let tables = tables.join(", ");
    manager
        .get_connection()
        .execute_unprepared(&format!(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {ROLE}"
        ))
        .await?;
    Ok(())
}

/// Whether the row's institution is one of the scope's.
fn own(column: &str) -> String {
    format!(
        "{column} = ANY ((SELECT string_to_array(nullif(current_setting('ipt.tenants', true), ''), ',')::uuid[])::uuid[])"
    )
}

/// Whether one of these jobs is at work.
fn job(jobs: &[&str]) -> String {
    let names = jobs
        .iter()
        .map(|job| format!("'{job}'"))
        .collect::<Vec<_>>()
        .join(", ");
    format!("(SELECT current_setting('ipt.system', true)) IN ({names})")
}

/// The definitions that put a table under its policy.
fn policy(table: &str, column: &str, jobs: &[&str], rows: &Rows) -> Vec<String> {
    let scope = format!("{} OR {}", own(column), job(jobs));
    let none = match column {
        "chain" => "chain = '00000000-0000-0000-0000-000000000000'".to_owned(),
        _ => format!("{column} IS NULL"),
    };
    let mut definitions = vec![
        format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
        format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"),
    ];
    let whole = |using: &str, check: &str| {
        format!("CREATE POLICY scope ON {table} USING ({using}) WITH CHECK ({check})")
    };
    definitions.extend(match rows {
        Rows::Own => vec![whole(&scope, &scope)],
        Rows::OwnOrNone => {
            let either = format!("{none} OR {scope}");
            vec![whole(&either, &either)]
        }
        Rows::OwnAddNone => vec![
            whole(&scope, &scope),
            format!("CREATE POLICY deployment ON {table} FOR INSERT WITH CHECK ({none})"),
        ],
        // A subquery sees the records that their own policy shows.
        Rows::OfRecord => {
            let visible = "EXISTS (SELECT FROM audit_record WHERE audit_record.id = record_id)";
            vec![
                format!("CREATE POLICY of_record ON {table} USING ({visible})"),
                format!("CREATE POLICY with_record ON {table} FOR INSERT WITH CHECK (true)"),
            ]
        }
    });
    definitions
}
