//! The key itself.

use actix_web::http::header::HeaderValue;

use crate::{codes::protocol::INVALID_IDEMPOTENCY_KEY, problem::Problem};

/// The longest key.
const MAX_KEY: usize = 255;

/// Reads the key: quoted as the draft standard has it, or bare, which is the same key.
pub(super) fn read_key(header: &HeaderValue) -> Result<String, Problem> {
    let unreadable = || Problem::new(INVALID_IDEMPOTENCY_KEY);
    let text = header.to_str().map_err(|_| unreadable())?.trim();
    let key = match text.strip_prefix('"') {
        Some(rest) => unquote(rest.strip_suffix('"').ok_or_else(unreadable)?).ok_or_else(unreadable)?,
        None => text.to_owned(),
    };
    let printable = |byte: u8| (b' '..=b'~').contains(&byte);
    if (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(printable) {
        Ok(key)
    } else {
        Err(unreadable())
    }
}

/// Undoes the escapes of a structured string (RFC 9651); none when they are wrong.
fn unquote(inner: &str) -> Option<String> {
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.push(
                characters
                    .next()
                    .filter(|escaped| matches!(escaped, '"' | '\\'))?,
            ),
            '"' => return None,
            other => plain.push(other),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::read_key;

    fn read(text: &str) -> Option<String> {
        read_key(&HeaderValue::from_str(text).unwrap()).ok()
    }

    #[test]
    fn a_key_is_the_same_quoted_and_bare() {
        assert_eq!(read("\"8e03978e-40d5\"").as_deref(), Some("8e03978e-40d5"));
        assert_eq!(read("8e03978e-40d5").as_deref(), Some("8e03978e-40d5"));
        assert_eq!(read(r#""a\"b\\c""#).as_deref(), Some(r#"a"b\c"#));
    }

    #[test]
    fn a_key_that_is_empty_too_long_or_half_quoted_cannot_be_read() {
        for text in ["", "\"\"", "\"abc", "\"a\"b\"", &"k".repeat(256)] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
