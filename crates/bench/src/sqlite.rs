//! SQLite without the server: a loop over its prepared statements.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use chrono::NaiveDate;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous},
};
use tokio::task::JoinSet;

use crate::{
    bare::Work,
    rows::{self, APPROVE, Slot, TABLES, Table},
};

/// Connections that read at the same time.
const READERS: usize = 2;

/// Ids of bare rows begin with these bytes: those of submissions, and of the other rows of an approval.
const SUBMITTED: u8 = 0;
const OF_APPROVAL: u8 = 1;

/// The day of the first bare entries.
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();

/// The file, and the statements.
pub(crate) struct Bench {
    file: PathBuf,
    submit: Vec<String>,
    approve: Vec<String>,
    look: String,
    placements: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Bench {
    /// The file need not be there yet.
    pub(crate) const fn new(file: PathBuf) -> Self {
        Self {
            file,
            submit: Vec::new(),
            approve: Vec::new(),
            look: String::new(),
            placements: Vec::new(),
        }
    }

    /// `SQLite 3.50.4`
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn version(&self) -> Result<String> {
        let mut connection = self.open().await?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()")
            .fetch_one(&mut connection)
            .await?;
        Ok(format!("SQLite {version}"))
    }

    /// Writes the statements, by the pattern of the newest entry.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn learn(&mut self, tenant: &str) -> Result<()> {
        let mut connection = self.open().await?;
        let newest = "SELECT lower(hex(id)) FROM log_entry ORDER BY created_at DESC LIMIT 1";
        let entry: String = sqlx::query_scalar(newest).fetch_one(&mut connection).await?;
        let placements = sqlx::query("SELECT id, student_id FROM placement")
            .fetch_all(&mut connection)
            .await?;
        self.placements = placements
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<Result<_>>()?;
        self.approve = vec![APPROVE.replace("ID", "?1")];
        for table in TABLES {
            for row in written(&mut connection, table, &entry).await? {
                let insert = rows::insert(table, &row, |slot| {
                    let parameter = match slot {
                        Slot::Entry => "?1",
                        Slot::Id => "?2",
                        Slot::Placement => "?3",
                        Slot::Student => "?4",
                        Slot::Day => "?5",
                    };
                    parameter.to_owned()
                });
                if table.name != "log_entry" {
                    self.approve.push(insert.clone());
                }
                self.submit.push(insert);
            }
        }
        let tenant = tenant.replace('-', "");
        self.look = format!(
            "SELECT * FROM log_entry WHERE tenant_id = x'{tenant}' ORDER BY log_date DESC, id DESC LIMIT 50"
        );
        Ok(())
    }

    /// How often a second.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn rate(&self, work: Work, time: Duration) -> Result<f64> {
        match work {
            Work::Submit => self.write(&self.submit, time).await,
            Work::Approve => self.write(&self.approve, time).await,
            Work::Look => self.read(time).await,
        }
    }

    async fn write(&self, statements: &[String], time: Duration) -> Result<f64> {
        let mut connection = self.open().await?;
        let (kind, count) = if statements == self.submit {
            (SUBMITTED, "SELECT count(*) FROM log_entry WHERE id < x'01'")
        } else {
            (
                OF_APPROVAL,
                "SELECT count(*) FROM log_entry WHERE id < x'01' AND version > 1",
            )
        };
        let first: i64 = sqlx::query_scalar(count).fetch_one(&mut connection).await?;
        let first = usize::try_from(first)?;
        let (mut number, began) = (first, Instant::now());
        while began.elapsed() < time {
            let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
            for statement in statements {
                self.write_one(&mut transaction, statement, number, kind).await?;
            }
            transaction.commit().await?;
            number += 1;
        }
        Ok(rate(number - first, began.elapsed()))
    }

    /// One statement of the entry with this number: each placement in turn, and then the next day.
    async fn write_one(
        &self,
        connection: &mut SqliteConnection,
        statement: &str,
        number: usize,
        kind: u8,
    ) -> Result<()> {
        let (placement, student) = &self.placements[number % self.placements.len()];
        let days = u64::try_from(number / self.placements.len())?;
        let day = EPOCH
            .checked_add_days(chrono::Days::new(days))
            .context("no day is left")?;
        sqlx::query(AssertSqlSafe(statement))
            .bind(id(SUBMITTED, number))
            .bind(id(kind, number))
            .bind(placement)
            .bind(student)
            .bind(day.to_string())
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn read(&self, time: Duration) -> Result<f64> {
        let mut tasks = JoinSet::new();
        for _ in 0..READERS {
            let (mut connection, look) = (self.open().await?, self.look.clone());
            tasks.spawn(async move {
                let (mut pages, began) = (0, Instant::now());
                while began.elapsed() < time {
                    let page = sqlx::query(AssertSqlSafe(look.as_str()))
                        .fetch_all(&mut connection)
                        .await?;
                    ensure!(!page.is_empty(), "the page is empty");
                    pages += 1;
                }
                Ok(rate(pages, began.elapsed()))
            });
        }
        let mut sum = 0.0;
        while let Some(rate) = tasks.join_next().await {
            sum += rate??;
        }
        Ok(sum)
    }

    /// As the server opens it: every commit reaches the disk.
    async fn open(&self) -> Result<SqliteConnection> {
        let options = SqliteConnectOptions::new()
            .filename(&self.file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true);
        Ok(options.connect().await?)
    }
}

fn id(kind: u8, number: usize) -> Vec<u8> {
    let mut id = vec![kind, 0, 0, 0, 0, 0, 0, 0];
    id.extend(number.to_be_bytes());
    id
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// The rows of a table that belong to an entry: each column with its value as a literal.
async fn written(
    connection: &mut SqliteConnection,
    table: &Table,
    entry: &str,
) -> Result<Vec<Vec<(String, String)>>> {
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
        .bind(table.name)
        .fetch_all(&mut *connection)
        .await?;
    let literals = columns.iter().map(|column| format!("quote(\"{column}\")"));
    let of_entry = table
        .of_entry
        .replace("ENTRY", &format!("x'{entry}'"))
        .replace("TEXT", &hyphenated(entry));
    let select = format!(
        "SELECT {} FROM {} WHERE {of_entry}",
        literals.collect::<Vec<_>>().join(", "),
        table.name
    );
    let found = sqlx::query(AssertSqlSafe(select)).fetch_all(connection).await?;
    ensure!(!found.is_empty(), "a submission leaves no row in {}", table.name);
    let row = |row: SqliteRow| {
        let value = |(index, column): (usize, &String)| Ok((column.clone(), row.try_get(index)?));
        columns.iter().enumerate().map(value).collect::<Result<_>>()
    };
    found.into_iter().map(row).collect()
}

/// A UUID as it stands in JSON.
fn hyphenated(hex: &str) -> String {
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_spelled_as_in_json() {
        assert_eq!(
            hyphenated("0190a5c0aabb7ccc8dddeeeeffff0000"),
            "0190a5c0-aabb-7ccc-8ddd-eeeeffff0000"
        );
    }
}
