//! What the templates can do with a value.

use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, escape_formatter, value::Value};

/// Adds the filters, and makes printing null an error: a mail that says "none" is worse than no mail.
pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("breaks", breaks);
    environment.add_filter("quoted", quoted);
    environment.add_filter("without_codes", without_codes);
    environment.set_formatter(print);
}

fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Err(Error::new(ErrorKind::InvalidOperation, "null is printed"));
    }
    match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            out.write_str(&escaped(text)).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// Text as HTML, within an element or a quoted attribute. (The library escapes slashes too, so that an address is no
/// longer one for whoever looks at the source.)
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

fn text(value: &Value) -> Result<&str, Error> {
    value
        .as_str()
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "text is missing"))
}

/// A person's text in HTML, its lines kept.
fn breaks(value: &Value) -> Result<Value, Error> {
    Ok(Value::from_safe_string(
        escaped(text(value)?.trim()).replace('\n', "<br>\n"),
    ))
}

/// A person's text in a text, each line marked so that it cannot pass for ours.
fn quoted(value: &Value) -> Result<String, Error> {
    let lines: Vec<String> = text(value)?
        .trim()
        .lines()
        .map(|line| format!("> {line}"))
        .collect();
    Ok(lines.join("\n"))
}

/// A name in a mail with a code: without any part that could be taken for the code.
fn without_codes(value: &Value) -> Result<String, Error> {
    let words = text(value)?.split_whitespace();
    let harmless = words.filter(|word| word.chars().filter(char::is_ascii_digit).count() < 8);
    Ok(harmless.collect::<Vec<_>>().join(" "))
}
