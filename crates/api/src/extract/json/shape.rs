//! What is wrong with the shape of a body, told with the place and never with the value.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_path_to_error::{Path, Segment};

use super::tree::Tree;
use crate::{
    codes::protocol::{INVALID_VALUE, MALFORMED_JSON, MISSING_FIELD, UNKNOWN_FIELD},
    problem::Problem,
};

/// Reads a value out of a body. Whether the body is JSON at all is judged first, over the whole of it.
///
/// # Errors
/// 400 for what is no JSON in UTF-8 (or nested deeper than 128 levels), else 422 with the place of the first fault.
pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(body)
        .map_err(|_| Problem::new(MALFORMED_JSON).detail("the body is not UTF-8"))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let tree: Tree = serde_path_to_error::deserialize(&mut json).map_err(|error| unreadable(text, &error))?;
    json.end().map_err(|error| malformed(&error))?;
    serde_path_to_error::deserialize(tree)
        .map_err(|error| misshapen(pointer(error.path()), &error.inner().to_string()))
}

/// Where the JSON breaks off being JSON.
fn malformed(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    Problem::new(MALFORMED_JSON).detail(format_args!("the body is not JSON: line {line}, column {column}"))
}

/// What could not be read: no JSON, but for a number that is one and too large for any field.
fn unreadable(text: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    if !error.inner().to_string().starts_with("number out of range") {
        return malformed(error.inner());
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(IgnoredAny) => Problem::field(pointer(error.path()), INVALID_VALUE, "the number is too large"),
        Err(error) => malformed(&error),
    }
}

/// The place of a value, as an RFC 6901 pointer.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut pointer, &index.to_string()),
            Segment::Map { key } => push(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
}

/// A fault in the shape. The library's sentence is taken apart: it repeats the value, which may be a password.
fn misshapen(mut pointer: String, sentence: &str) -> Problem {
    if quoted(sentence, "unknown field ").is_some() {
        Problem::field(
            pointer,
            UNKNOWN_FIELD,
            format_args!("there is no field of this name{}", known(sentence)),
        )
    } else if let Some(field) = quoted(sentence, "missing field ") {
        push(&mut pointer, field);
        Problem::field(pointer, MISSING_FIELD, "this field is needed")
    } else if let Some(field) = quoted(sentence, "duplicate field ") {
        push(&mut pointer, field);
        Problem::field(pointer, INVALID_VALUE, "the field stands there twice")
    } else if sentence.starts_with("UUID parsing failed") {
        Problem::field(pointer, INVALID_VALUE, "expected an id, which is a UUID")
    } else if let Some(expected) = expectation(sentence) {
        Problem::field(pointer, INVALID_VALUE, expected)
    } else {
        Problem::field(pointer, INVALID_VALUE, sentence)
    }
}

/// The name in backticks behind `beginning`.
fn quoted<'a>(sentence: &'a str, beginning: &str) -> Option<&'a str> {
    let rest = sentence.strip_prefix(beginning)?.strip_prefix('`')?;
    rest.split('`').next()
}

/// Which names there would have been.
fn known(sentence: &str) -> String {
    sentence
        .split_once("`, expected ")
        .map(|(_, names)| format!("; expected {names}"))
        .unwrap_or_default()
}

/// What was expected in place of a value of the wrong type; for anything but a type the sentence is the field's own.
fn expectation(sentence: &str) -> Option<String> {
    let of_a_type = [
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "unknown variant ",
    ];
    let (_, expected) = of_a_type
        .iter()
        .any(|beginning| sentence.starts_with(beginning))
        .then(|| sentence.rsplit_once(", expected "))??;
    Some(format!("expected {}", in_words(expected)))
}

/// A type, as a person calls it who knows JSON and not this program.
fn in_words(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number that is not negative",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
}
