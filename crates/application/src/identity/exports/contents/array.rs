//! A list of JSON that is never whole in memory.

use serde_json::Value;

use super::{super::build::BuildError, Contents};

/// How many items are read at a time.
pub(super) const AT_ONCE: u16 = 100;

impl Contents<'_> {
    /// Begins a file with a list.
    pub(super) async fn begin_array(&mut self, name: &str) -> Result<Array, BuildError> {
        self.writer.begin(name, true).await?;
        self.writer.write(b"[").await?;
        Ok(Array { empty: true })
    }

    /// Adds an item.
    pub(super) async fn add(&mut self, array: &mut Array, item: &Value) -> Result<(), BuildError> {
        let between = if array.empty { "\n" } else { ",\n" };
        array.empty = false;
        self.writer.write(format!("{between}{item:#}").as_bytes()).await?;
        Ok(())
    }

    /// Ends the list.
    pub(super) async fn end_array(&mut self, _: Array) -> Result<(), BuildError> {
        Ok(self.writer.write(b"\n]\n").await?)
    }
}

/// A list in the making.
pub(super) struct Array {
    empty: bool,
}
