//! Settings with several values: a list in the file, one text with commas between them elsewhere.

use std::{fmt::Display, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    List(Vec<String>),
    Text(String),
}

/// Reads such a setting. Blanks around a value are none of it, and nothing between two commas is no value.
///
/// # Errors
/// For a value that is not of the form, by its text.
pub(super) fn read<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: Display>,
{
    let values = match Written::deserialize(deserializer)? {
        Written::List(values) => values,
        Written::Text(text) => text.split(',').map(str::to_owned).collect(),
    };
    values
        .iter()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .map(|value| {
            value
                .parse()
                .map_err(|error| D::Error::custom(format_args!("{value:?}: {error}")))
        })
        .collect()
}
