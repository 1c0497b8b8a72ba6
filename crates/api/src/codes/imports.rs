//! Files of people.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "csv_encoding",
        422,
        "Not in UTF-8",
        "The file, or a line of it, is not in UTF-8.",
        "Save it as “CSV UTF-8”.",
    ),
    &Code::new(
        "missing_column",
        422,
        "A column is missing",
        "The first line names the columns; one that every file has is not among them.",
        "Add `email`, `full_name` and `roles`.",
    ),
    &Code::new(
        "unknown_column",
        422,
        "There is no such column",
        "The first line names a column that is not known.",
        "Take it out, or give it one of the names that `detail` lists.",
    ),
    &Code::new(
        "duplicate_column",
        422,
        "A column is there twice",
        "The first line names a column twice, perhaps by two of its names.",
        "Take one of them out.",
    ),
    &Code::new(
        "line_too_long",
        422,
        "The line is too long",
        "A line has at most 65,536 bytes and 64 columns. Perhaps a quotation mark was never closed.",
        "Look at the quotation marks in this line.",
    ),
    &Code::new(
        "unclosed_quotation",
        422,
        "A quotation mark is not closed",
        "What stands behind a quotation mark belongs to one text until the next one. Here none followed, so that the rest of the file was not read.",
        "Close the quotation mark, or take it out, and send the file again: the lines before are done.",
    ),
    &Code::new(
        "column_count",
        422,
        "Another number of columns",
        "A line has as many columns as the headings.",
        "Look at the separators and quotation marks in this line.",
    ),
    &Code::new(
        "duplicate_line",
        422,
        "An earlier line has the same",
        "An address or a registration number stands in the file twice. The first line counts.",
        "Take one of the lines out.",
    ),
    &Code::new(
        "too_many_lines",
        422,
        "Too many lines",
        "A file has at most 100,000 lines. Those before this one were done.",
        "Send the rest as another file.",
    ),
];
