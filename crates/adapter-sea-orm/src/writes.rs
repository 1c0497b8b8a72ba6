//! Several writes in one statement.
//!
//! Round trips dominate the cost of a change: on PostgreSQL a guarded update and everything that depends on it go as one
//! statement of data-modifying CTEs. SQLite has none; there they are as many statements, which go to its thread together.

use ipt_ports::RepositoryError;
use sea_orm::{ConnectionTrait as _, Value};

use crate::{
    connection::Connection,
    dialect::{Dialect, Sql},
    error::repository_error,
};

/// Columns with their values.
pub(crate) type Columns = Vec<(&'static str, Value)>;

/// The one change on which all others depend: it hits the row at the version that was read, or nothing happens.
pub(crate) enum Guard {
    /// Changes the row.
    Update {
        /// Its table.
        table: &'static str,
        /// What changes.
        set: Columns,
        /// Which row: id, institution, version.
        row: Columns,
    },
    /// Removes the row.
    Delete {
        /// Its table.
        table: &'static str,
        /// Which row: id, institution, version.
        row: Columns,
    },
}

/// A row on which the change was decided: it must still be at the version that was read, and stays so until the end of the
/// transaction.
pub(crate) struct Hold {
    /// Its table.
    pub(crate) table: &'static str,
    /// Which row: id, institution, version.
    pub(crate) row: Columns,
}

/// Rows for one table.
pub(crate) struct Insert {
    table: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Insert {
    /// One row. A column without a value is left out, which is half of the columns of an entry: the database would parse, plan
    /// and check each of them.
    pub(crate) fn one(table: &'static str, row: Columns) -> Self {
        let present = row.into_iter().filter(|(_, value)| *value != value.as_null());
        let (columns, values) = present.unzip();
        Self {
            table,
            columns,
            rows: vec![values],
        }
    }

    /// Rows that all have the same columns.
    pub(crate) fn many(table: &'static str, rows: impl IntoIterator<Item = Columns>) -> Option<Self> {
        let mut rows = rows.into_iter();
        let (columns, values) = rows.next()?.into_iter().unzip();
        let mut insert = Self {
            table,
            columns,
            rows: vec![values],
        };
        insert
            .rows
            .extend(rows.map(|row| row.into_iter().map(|(_, value)| value).collect()));
        Some(insert)
    }
}

/// Keeps parts of the guarded row as they were before the change, in another table.
pub(crate) struct Keep {
    /// The other table.
    pub(crate) into: &'static str,
    /// Its columns, each with the column of the guarded row that it takes.
    pub(crate) columns: &'static [(&'static str, &'static str)],
    /// A column of the guarded row that must have a value: without one there is nothing to keep.
    pub(crate) when: &'static str,
}

/// Writes that belong together.
#[derive(Default)]
pub(crate) struct Writes {
    hold: Option<Hold>,
    guard: Option<Guard>,
    keep: Option<Keep>,
    inserts: Vec<Insert>,
}

impl Writes {
    /// Writes that depend on nothing.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Writes that happen only if the guard hits its row.
    pub(crate) fn guarded(guard: Guard) -> Self {
        Self {
            guard: Some(guard),
            ..Self::default()
        }
    }

    /// Makes all of them depend on a row besides.
    pub(crate) fn holding(mut self, hold: impl Into<Option<Hold>>) -> Self {
        self.hold = hold.into();
        self
    }

    /// Keeps parts of the guarded row.
    pub(crate) fn keep(mut self, keep: Keep) -> Self {
        self.keep = Some(keep);
        self
    }

    /// Adds rows.
    pub(crate) fn insert(mut self, insert: impl Into<Option<Insert>>) -> Self {
        self.inserts.extend(insert.into());
        self
    }

    /// Does it.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when the guard hit nothing, or the row to be held is not as it was; then nothing was
    /// written.
    pub(crate) async fn execute(self, connection: &Connection) -> Result<(), RepositoryError> {
        match connection.dialect() {
            Dialect::Postgres => self.at_once(connection).await,
            Dialect::Sqlite => self.together(connection).await,
        }
    }

    /// As one statement. The parts run on one snapshot, and foreign keys are checked at its end, so that a row may refer to
    /// another that the same statement inserts.
    async fn at_once(self, connection: &Connection) -> Result<(), RepositoryError> {
        let mut sql = Sql::new(Dialect::Postgres);
        let mut parts = 0_usize;
        let mut part = |sql: &mut Sql, name: Option<&str>| {
            sql.push(if parts == 0 { "WITH " } else { ", " });
            match name {
                Some(name) => sql.push(name),
                None => sql.push(&format!("w{parts}")),
            };
            sql.push(" AS (");
            parts += 1;
        };
        // The rest depends on the guard, and that on the row that is held.
        let mut on = None;
        if let Some(hold) = &self.hold {
            part(&mut sql, Some(HELD));
            hold.push(&mut sql);
            sql.push(" FOR SHARE)");
            on = Some(HELD);
        }
        if let Some(guard) = &self.guard {
            part(&mut sql, Some(GUARDED));
            guard.push(&mut sql);
            if on.is_some() {
                sql.push(" AND EXISTS (SELECT FROM held)");
            }
            sql.push(" RETURNING 1 AS hit)");
            on = Some(GUARDED);
            if let Some(keep) = &self.keep {
                part(&mut sql, None);
                keep.push(guard, &mut sql);
                sql.push(")");
            }
        }
        for insert in &self.inserts {
            part(&mut sql, None);
            insert.push(&mut sql, on);
            sql.push(")");
        }
        match on {
            Some(on) => sql.push(" SELECT count(*) FROM ").push(on),
            None => sql.push(" SELECT 1::bigint"),
        };
        let row = connection
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        let hits: i64 = row
            .map_or(Ok(0), |row| row.try_get_by_index(0))
            .map_err(repository_error)?;
        if hits == 1 {
            Ok(())
        } else {
            Err(RepositoryError::Stale)
        }
    }

    /// As one text of several statements. What is kept comes first, then the guard, then the rest; each of the rest happens
    /// only if the one before it changed a row. Whoever writes is alone, so that what is held needs no lock.
    async fn together(self, connection: &Connection) -> Result<(), RepositoryError> {
        let mut sql = Sql::new(Dialect::Sqlite);
        let mut only_if = self.hold.as_ref().map(Hold::condition);
        if let Some(guard) = &self.guard {
            if let Some(keep) = &self.keep {
                keep.push(guard, &mut sql);
                push_besides(&mut sql, only_if.as_ref());
            }
            guard.push(&mut sql);
            push_besides(&mut sql, only_if.as_ref());
            only_if = Some(changed());
        }
        for insert in &self.inserts {
            insert.push_where(&mut sql, only_if.as_ref());
            only_if = only_if.map(|_| changed());
        }
        let done = connection.execute_raw(sql.statement()).await;
        let rows = done.map_err(repository_error)?.rows_affected();
        if only_if.is_some() && rows == 0 {
            return Err(RepositoryError::Stale);
        }
        Ok(())
    }
}

/// On SQLite: that the statement before this one changed a row.
fn changed() -> Sql {
    let mut sql = Sql::new(Dialect::Sqlite);
    sql.push("changes() > 0");
    sql
}

/// Ends a statement that has conditions already, with another.
fn push_besides(sql: &mut Sql, condition: Option<&Sql>) {
    if let Some(condition) = condition {
        sql.push(" AND ").append(condition);
    }
    sql.push("; ");
}

/// The names of the parts of a statement on which others depend.
const HELD: &str = "held";
const GUARDED: &str = "guarded";

impl Hold {
    /// On SQLite: that the row is as it was.
    fn condition(&self) -> Sql {
        let mut sql = Sql::new(Dialect::Sqlite);
        sql.push("EXISTS (");
        self.push(&mut sql);
        sql.push(")");
        sql
    }

    fn push(&self, sql: &mut Sql) {
        sql.push("SELECT 1 AS hit FROM ").push(self.table).push(" WHERE ");
        push_pairs(sql, &self.row, " AND ");
    }
}

impl Guard {
    const fn parts(&self) -> (&'static str, &Columns) {
        match self {
            Self::Update { table, row, .. } | Self::Delete { table, row } => (table, row),
        }
    }

    fn push(&self, sql: &mut Sql) {
        match self {
            Self::Update { table, set, .. } => {
                sql.push("UPDATE ").push(table).push(" SET ");
                push_pairs(sql, set, ", ");
            }
            Self::Delete { table, .. } => {
                sql.push("DELETE FROM ").push(table);
            }
        }
        sql.push(" WHERE ");
        push_pairs(sql, self.parts().1, " AND ");
    }
}

impl Keep {
    /// On PostgreSQL it depends on the guard, and yet sees the row as it was: all parts of a statement do.
    fn push(&self, guard: &Guard, sql: &mut Sql) {
        let (table, row) = guard.parts();
        let names = |pick: fn(&(&'static str, &'static str)) -> &'static str| {
            self.columns.iter().map(pick).collect::<Vec<_>>().join(", ")
        };
        sql.push("INSERT INTO ")
            .push(self.into)
            .push(" (")
            .push(&names(|(target, _)| target))
            .push(") SELECT ");
        sql.push(&names(|(_, source)| source)).push(" FROM ").push(table);
        sql.either(", guarded WHERE ", " WHERE ");
        push_pairs(sql, row, " AND ");
        sql.push(" AND ").push(self.when).push(" IS NOT NULL");
    }
}

impl Insert {
    /// With `only_if`, the rows are inserted only where that part of the statement hit a row.
    fn push(&self, sql: &mut Sql, only_if: Option<&str>) {
        self.push_rows(sql, only_if.is_some());
        if let Some(only_if) = only_if {
            sql.push(", ").push(only_if);
        }
    }

    /// As one of several statements. With `only_if`, the rows are inserted only where that holds.
    fn push_where(&self, sql: &mut Sql, only_if: Option<&Sql>) {
        self.push_rows(sql, only_if.is_some());
        if let Some(only_if) = only_if {
            sql.push(" WHERE ").append(only_if);
        }
        sql.push("; ");
    }

    /// The rows, as the table `v` when something is to be said of them.
    fn push_rows(&self, sql: &mut Sql, as_table: bool) {
        sql.push("INSERT INTO ")
            .push(self.table)
            .push(" (")
            .push(&self.columns.join(", "))
            .push(") ");
        sql.push(if as_table {
            "SELECT v.* FROM (VALUES "
        } else {
            "VALUES "
        });
        for (index, row) in self.rows.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" });
            sql.bind_all(row.iter().cloned()).push(")");
        }
        if as_table {
            sql.push(") AS v");
        }
    }
}

fn push_pairs(sql: &mut Sql, pairs: &Columns, between: &str) {
    for (index, (column, value)) in pairs.iter().enumerate() {
        if index > 0 {
            sql.push(between);
        }
        sql.push(column).push(" = ").bind(value.clone());
    }
}
