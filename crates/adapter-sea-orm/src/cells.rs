//! Reading the cells of a row into values that cannot be wrong; a cell that holds none is told with its place.

use ipt_domain::{text::Remark, version::Version};
use ipt_ports::RepositoryError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{error::damaged, number};

/// One row, as far as an error must name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells {
    /// Its table.
    pub(crate) table: &'static str,
    /// Its id.
    pub(crate) id: Uuid,
}

impl Cells {
    /// The row `id` of `table`.
    pub(crate) const fn of(table: &'static str, id: Uuid) -> Self {
        Self { table, id }
    }

    /// That a cell cannot be right.
    pub(crate) fn damaged(&self, column: &'static str, problem: &'static str) -> RepositoryError {
        damaged(self.table, column, self.id, problem)
    }

    /// A name of an enumeration.
    pub(crate) fn named<T>(
        &self,
        column: &'static str,
        name: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<T, RepositoryError> {
        find(name).ok_or_else(|| self.damaged(column, "there is no such name"))
    }

    /// A value that the rest of the row asks for.
    pub(crate) fn needed<T>(&self, column: &'static str, cell: Option<T>) -> Result<T, RepositoryError> {
        cell.ok_or_else(|| self.damaged(column, "it is missing"))
    }

    /// A count.
    pub(crate) fn count(&self, column: &'static str, cell: i32) -> Result<u32, RepositoryError> {
        number::count(cell, self.table, column, self.id)
    }

    /// The version.
    pub(crate) fn version(&self, cell: i32) -> Result<Version, RepositoryError> {
        number::version(cell, self.table, self.id)
    }

    /// A comment, a reason or a note.
    pub(crate) fn remark(
        &self,
        column: &'static str,
        cell: Option<String>,
    ) -> Result<Option<Remark>, RepositoryError> {
        let parse = |text: String| {
            Remark::try_from(text).map_err(|_| self.damaged(column, "the text can never have been accepted"))
        };
        cell.map(parse).transpose()
    }

    /// A value that is kept as JSON.
    pub(crate) fn json<T: DeserializeOwned>(
        &self,
        column: &'static str,
        cell: Value,
    ) -> Result<T, RepositoryError> {
        serde_json::from_value(cell)
            .map_err(|_| self.damaged(column, "the JSON has not the form of this column"))
    }

    /// A list that is kept as JSON; an empty one is NULL.
    pub(crate) fn list<T: DeserializeOwned + Default>(
        &self,
        column: &'static str,
        cell: Option<Value>,
    ) -> Result<T, RepositoryError> {
        cell.map_or_else(|| Ok(T::default()), |value| self.json(column, value))
    }

    /// A list that a query has put together as JSON text.
    pub(crate) fn gathered<T: DeserializeOwned>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, RepositoryError> {
        serde_json::from_str(text)
            .map_err(|_| self.damaged(column, "the JSON has not the form of this column"))
    }
}

/// A value as JSON. The values of ours that are kept so always can be.
pub(crate) fn to_json(value: &impl Serialize) -> Result<Value, RepositoryError> {
    serde_json::to_value(value).map_err(|error| RepositoryError::Backend(Box::new(error)))
}

/// A list as JSON; none for an empty one.
pub(crate) fn list_to_json<T: Serialize>(list: &[T]) -> Result<Option<Value>, RepositoryError> {
    if list.is_empty() {
        Ok(None)
    } else {
        to_json(&list).map(Some)
    }
}
