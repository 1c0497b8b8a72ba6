//! PostgreSQL without the server: `pgbench` with the same rows.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _, postgres::PgRow};
use tempfile::TempDir;
use tokio::process::Command;

use crate::{
    bare::Work,
    rows::{self, APPROVE, Slot, TABLES, Table},
};

/// The database that is made anew for each run.
const DATABASE: &str = "ipt_bench";

/// The ids of bare rows, one after the other as real ones are: of an entry that is handed in, of one that is approved, and
/// of the other rows of an approval, which must differ from those of the submission.
const SUBMITTED: &str = "lpad(to_hex(currval('bench_submitted')), 32, '0')::uuid";
const NEXT_APPROVED: &str = "lpad(to_hex(nextval('bench_approved')), 32, '0')::uuid";
const APPROVED: &str = "lpad(to_hex(currval('bench_approved')), 32, '0')::uuid";
const OF_APPROVAL: &str = "('1' || lpad(to_hex(currval('bench_approved')), 31, '0'))::uuid";

/// The script of a page in a transaction with its scope.
const SCOPED: &str = "scoped.sql";

/// A database of its own, and the scripts.
pub(crate) struct Bench {
    /// Its address, as superuser.
    pub(crate) url: String,
    scripts: TempDir,
}

impl Bench {
    /// Makes the database anew.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn create(server: &str) -> Result<Self> {
        let mut connection = PgConnection::connect(server).await?;
        for statement in [
            format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"),
            format!("CREATE DATABASE {DATABASE}"),
        ] {
            connection.execute(AssertSqlSafe(statement)).await?;
        }
        let (base, _) = server.rsplit_once('/').context("the address names no database")?;
        Ok(Self {
            url: format!("{base}/{DATABASE}"),
            scripts: tempfile::tempdir()?,
        })
    }

    /// `PostgreSQL 15.18`
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn version(&self) -> Result<String> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let version: String = sqlx::query_scalar("SHOW server_version")
            .fetch_one(&mut connection)
            .await?;
        Ok(format!("PostgreSQL {version}"))
    }

    /// Writes the scripts, by the pattern of the newest entry.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn learn(&self, tenant: &str) -> Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let prepare = "CREATE SEQUENCE bench_submitted; CREATE SEQUENCE bench_approved;
            CREATE TABLE bench_placement AS
                SELECT row_number() OVER () - 1 AS number, id, student_id FROM placement;
            ALTER TABLE bench_placement ADD PRIMARY KEY (number); ANALYZE";
        sqlx::raw_sql(prepare).execute(&mut connection).await?;
        let newest = "SELECT id::text FROM log_entry ORDER BY created_at DESC LIMIT 1";
        let entry: String = sqlx::query_scalar(newest).fetch_one(&mut connection).await?;
        let placements: i64 = sqlx::query_scalar("SELECT count(*) FROM bench_placement")
            .fetch_one(&mut connection)
            .await?;
        let (mut submit, mut approve) = (Vec::new(), vec![APPROVE.replace("ID", NEXT_APPROVED)]);
        for table in TABLES {
            for row in written(&mut connection, table, &entry).await? {
                if table.name == "log_entry" {
                    submit.push(entry_of_next(table, &row, placements));
                    continue;
                }
                submit.push(rows::insert(table, &row, |_| SUBMITTED.to_owned()));
                approve.push(rows::insert(table, &row, |slot| match slot {
                    Slot::Entry => APPROVED.to_owned(),
                    Slot::Id | Slot::Placement | Slot::Student | Slot::Day => OF_APPROVAL.to_owned(),
                }));
            }
        }
        let look = format!(
            "SELECT * FROM log_entry WHERE tenant_id = '{tenant}' ORDER BY log_date DESC, id DESC LIMIT 50;"
        );
        let scoped = format!(
            "BEGIN READ ONLY;\nSELECT set_config('ipt.tenants', '{tenant}', true);\n{look}\nCOMMIT;\n"
        );
        fs::write(self.scripts.path().join(SCOPED), scoped)?;
        self.write(Work::Submit, &in_transaction(&submit))?;
        self.write(Work::Approve, &in_transaction(&approve))?;
        self.write(Work::Look, &look)
    }

    /// Transactions a second that `pgbench` counts.
    ///
    /// # Errors
    /// When it fails, or a transaction does.
    pub(crate) async fn rate(&self, work: Work, connections: usize, time: Duration) -> Result<f64> {
        self.pgbench(&self.script(work), connections, time, "").await
    }

    /// A page in a transaction with its scope: under the policies, and without them.
    ///
    /// # Errors
    /// As [`rate`](Self::rate).
    pub(crate) async fn policies(&self, connections: usize, time: Duration) -> Result<(f64, f64)> {
        let script = self.scripts.path().join(SCOPED);
        let under = self
            .pgbench(&script, connections, time, "-c role=ipt_app")
            .await?;
        let without = self.pgbench(&script, connections, time, "").await?;
        Ok((under, without))
    }

    async fn pgbench(&self, script: &Path, connections: usize, time: Duration, options: &str) -> Result<f64> {
        let output = Command::new("pgbench")
            .env("PGOPTIONS", options)
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
            .arg(format!("--client={connections}"))
            .arg(format!("--time={}", time.as_secs()))
            .arg("--file")
            .arg(script)
            .arg(&self.url)
            .output()
            .await
            .context("starting pgbench")?;
        let said = String::from_utf8_lossy(&output.stdout);
        let complained = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "pgbench failed: {complained}");
        let rate = said
            .lines()
            .find_map(|line| line.strip_prefix("tps = "))
            .and_then(|line| line.split_whitespace().next());
        Ok(rate.with_context(|| format!("pgbench said: {said}"))?.parse()?)
    }

    fn script(&self, work: Work) -> PathBuf {
        self.scripts.path().join(format!("{work:?}.sql"))
    }

    fn write(&self, work: Work, text: &str) -> Result<()> {
        Ok(fs::write(self.script(work), text)?)
    }
}

/// The INSERT of the next entry: each placement in turn, and then the next day.
fn entry_of_next(table: &Table, row: &[(String, String)], placements: i64) -> String {
    let insert = rows::insert(table, row, |slot| match slot {
        Slot::Entry | Slot::Id => "lpad(to_hex(s.number), 32, '0')::uuid".to_owned(),
        Slot::Placement => "p.id".to_owned(),
        Slot::Student => "p.student_id".to_owned(),
        Slot::Day => format!("date '1900-01-01' + (s.number / {placements})::integer"),
    });
    format!(
        "{insert} FROM (SELECT nextval('bench_submitted') AS number) s \
         JOIN bench_placement p ON p.number = s.number % {placements}"
    )
}

fn in_transaction(statements: &[String]) -> String {
    format!("BEGIN;\n{};\nCOMMIT;\n", statements.join(";\n"))
}

/// The rows of a table that belong to an entry: each column with its value as a literal.
async fn written(
    connection: &mut PgConnection,
    table: &Table,
    entry: &str,
) -> Result<Vec<Vec<(String, String)>>> {
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
    )
    .bind(table.name)
    .fetch_all(&mut *connection)
    .await?;
    let literals = columns
        .iter()
        .map(|column| format!("quote_nullable(\"{column}\"::text)"));
    let of_entry = table
        .of_entry
        .replace("ENTRY", &format!("'{entry}'"))
        .replace("TEXT", entry);
    let select = format!(
        "SELECT {} FROM {} WHERE {of_entry}",
        literals.collect::<Vec<_>>().join(", "),
        table.name
    );
    let found = sqlx::query(AssertSqlSafe(select)).fetch_all(connection).await?;
    ensure!(!found.is_empty(), "a submission leaves no row in {}", table.name);
    let row = |row: PgRow| {
        let value = |(index, column): (usize, &String)| Ok((column.clone(), row.try_get(index)?));
        columns.iter().enumerate().map(value).collect::<Result<_>>()
    };
    found.into_iter().map(row).collect()
}
