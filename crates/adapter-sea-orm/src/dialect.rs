//! Where the two databases differ.

use sea_orm::{DbBackend, Value};

/// The databases that the product runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL 14 or later.
    Postgres,
    /// SQLite 3.38 or later, as it is compiled into the driver.
    Sqlite,
}

impl Dialect {
    /// The name by which sea-orm knows it.
    pub(crate) const fn backend(self) -> DbBackend {
        match self {
            Self::Postgres => DbBackend::Postgres,
            Self::Sqlite => DbBackend::Sqlite,
        }
    }
}

/// The text of a statement in the making, with its values.
#[derive(Debug)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
    dialect: Dialect,
}

impl Sql {
    /// An empty text.
    pub(crate) const fn new(dialect: Dialect) -> Self {
        Self {
            text: String::new(),
            values: Vec::new(),
            dialect,
        }
    }

    /// The database that it is written for.
    pub(crate) const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Adds text. It never holds anything that came from outside.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds one text on PostgreSQL, another on SQLite.
    pub(crate) fn either(&mut self, postgres: &str, sqlite: &str) -> &mut Self {
        match self.dialect {
            Dialect::Postgres => self.push(postgres),
            Dialect::Sqlite => self.push(sqlite),
        }
    }

    /// Adds a value and its placeholder: its number, or on SQLite the next one, whichever of several statements it is in.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        match self.dialect {
            Dialect::Postgres => {
                let number = self.values.len().to_string();
                self.push("$").push(&number)
            }
            Dialect::Sqlite => self.push("?"),
        }
    }

    /// Adds values, separated by commas.
    pub(crate) fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.bind(value);
        }
        self
    }

    /// Adds another text with its values.
    pub(crate) fn append(&mut self, other: &Self) -> &mut Self {
        self.values.extend(other.values.iter().cloned());
        self.push(&other.text)
    }

    /// The statement.
    pub(crate) fn statement(self) -> sea_orm::Statement {
        sea_orm::Statement::from_sql_and_values(self.dialect.backend(), self.text, self.values)
    }
}
