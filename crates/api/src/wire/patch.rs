//! Fields of a change: left out, they stay; `null` takes the value away.

use serde::{Deserialize, Deserializer};

/// Reads a field that is there: `null` is then a value. Beside `#[serde(default)]`, which gives none for a field that is
/// left out.
///
/// # Errors
/// Those of the value.
pub(crate) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
