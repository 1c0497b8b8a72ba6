//! Fields of a change: left out, they stay; `null` takes the value away.

use serde::{Deserialize, Deserializer};

/// A field of a change: left out, taken away, or given.
pub(crate) type Nullable<T> = Option<Option<T>>;

/// Reads a field that is there: `null` is then a value. Beside `#[serde(default)]`, which gives none for a field that is
/// left out.
///
/// # Errors
/// Those of the value.
pub(crate) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Nullable<T>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
