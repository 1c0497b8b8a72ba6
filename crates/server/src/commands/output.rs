//! Printing data: for a person, or as JSON.

use std::io::Write as _;

use serde::Serialize;

/// Prints `data` as JSON, or else as `text` puts it. A reader that went away (`| head`) is no error.
pub(super) fn print<T: Serialize>(
    json: bool,
    data: &T,
    text: impl FnOnce(&T) -> String,
) -> anyhow::Result<()> {
    let printed = if json {
        serde_json::to_string_pretty(data)?
    } else {
        text(data)
    };
    line(&printed)
}

/// Prints a text with a line's end.
pub(super) fn line(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}
