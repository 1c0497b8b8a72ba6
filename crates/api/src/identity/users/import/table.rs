//! Reading a table of CSV as it arrives (RFC 4180), with what spreadsheets make of it: a byte order mark, semicolons or tabs,
//! lines within quotes. It holds one line, and what has arrived of the next.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use ipt_application::identity::users::import::{Column, LineError, Row};

use crate::problem::Problem;

/// The longest line, in bytes.
const MAX_LINE: usize = 65_536;
/// The most columns.
const MAX_COLUMNS: usize = 64;
/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A line of a table.
#[derive(Debug)]
pub(super) enum Line {
    /// Its texts.
    Row(Row),
    /// Why it cannot be read.
    Unreadable(LineError),
}

/// A table on its way.
pub(super) struct Table {
    input: Vec<u8>,
    /// How much of the input is done.
    done: usize,
    ended: bool,
    reader: Option<Reader>,
    columns: Vec<Column>,
    output: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    fields: usize,
    too_long: bool,
    /// The line at which the reader stands, and the one at which the record began.
    line: u64,
    begun: Option<u64>,
    /// Whether the last byte was a carriage return: a line feed behind it ends the same line.
    returned: bool,
    /// How many quotation marks the record has so far.
    quotes: u64,
}

impl Table {
    pub(super) fn new() -> Self {
        Self {
            input: Vec::new(),
            done: 0,
            ended: false,
            reader: None,
            columns: Vec::new(),
            output: vec![0; MAX_LINE],
            ends: vec![0; MAX_COLUMNS],
            filled: 0,
            fields: 0,
            too_long: false,
            line: 1,
            begun: None,
            returned: false,
            quotes: 0,
        }
    }

    /// Takes what has arrived.
    ///
    /// # Errors
    /// 422 for what is no table in UTF-8, as far as its beginning tells.
    pub(super) fn feed(&mut self, chunk: &[u8], ended: bool) -> Result<(), Problem> {
        self.input.drain(..self.done);
        self.done = 0;
        self.input.extend_from_slice(chunk);
        self.ended = ended;
        if self.reader.is_none() && (ended || self.input.contains(&b'\n') || self.input.len() > MAX_LINE) {
            self.begin()?;
        }
        Ok(())
    }

    /// Looks at the beginning: the encoding, the mark, and what stands between the columns.
    fn begin(&mut self) -> Result<(), Problem> {
        let first = self.input.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if first.starts_with(b"\xFF\xFE") || first.starts_with(b"\xFE\xFF") || first.contains(&0) {
            return Err(Problem::rule(
                "csv_encoding",
                "",
                "the file is in UTF-16; save it as CSV in UTF-8",
            ));
        }
        if self.input.starts_with(MARK) {
            self.done = MARK.len();
        }
        let count = |delimiter: u8| occurrences(first, delimiter);
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .rev()
            .max_by_key(|delimiter| count(*delimiter))
            .unwrap_or(b',');
        self.reader = Some(ReaderBuilder::new().delimiter(delimiter).build());
        Ok(())
    }

    /// The next line with its number, if it has arrived whole. The headings are read before.
    ///
    /// # Errors
    /// 422 for headings that cannot be those of such a table.
    pub(super) fn next_line(&mut self) -> Result<Option<(u64, Line)>, Problem> {
        loop {
            let Some((number, fields)) = self.record() else {
                if self.ended && self.columns.is_empty() {
                    return Err(Problem::rule(
                        "missing_column",
                        "",
                        "the file is empty: there are no headings",
                    ));
                }
                return Ok(None);
            };
            if self.columns.is_empty() {
                let headings = fields.map_err(|error| Problem::rule(error.code, "", error.detail))?;
                self.columns = columns(&headings)?;
                continue;
            }
            let line = match fields {
                Ok(fields) if fields.len() == self.columns.len() => {
                    Line::Row(Row::new(self.columns.iter().copied().zip(fields)))
                }
                Ok(fields) => Line::Unreadable(unreadable(
                    "column_count",
                    format!(
                        "{} columns, and the headings have {}",
                        fields.len(),
                        self.columns.len()
                    ),
                )),
                Err(error) => Line::Unreadable(error),
            };
            return Ok(Some((number, line)));
        }
    }

    /// The next record that has arrived whole, with the number of its first line.
    fn record(&mut self) -> Option<(u64, Result<Vec<String>, LineError>)> {
        loop {
            self.skip_ends_of_lines();
            let reader = self.reader.as_mut()?;
            let input = self.input.get(self.done..).unwrap_or_default();
            if input.is_empty() && !self.ended {
                return None;
            }
            if !input.is_empty() {
                self.begun.get_or_insert(self.line);
            }
            let output = self.output.get_mut(self.filled..).unwrap_or_default();
            let ends = self.ends.get_mut(self.fields..).unwrap_or_default();
            let (result, read, written, ended) = reader.read_record(input, output, ends);
            let consumed = input.get(..read).unwrap_or_default();
            self.quotes += occurrences(consumed, b'"');
            let (lines, returned) = ends_of_lines(consumed, self.returned);
            (self.line, self.returned) = (self.line + lines, returned);
            self.done += read;
            self.filled += written;
            self.fields += ended;
            match result {
                ReadRecordResult::InputEmpty if self.ended => {}
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return None,
                // What is too long is read to its end, and nothing of it is kept.
                ReadRecordResult::OutputFull => {
                    self.too_long = true;
                    self.filled = 0;
                }
                ReadRecordResult::OutputEndsFull => {
                    self.too_long = true;
                    self.fields = 0;
                }
                ReadRecordResult::Record => return Some(self.whole()),
            }
        }
    }

    /// Between records: so that the number of the next one's line is right, whatever ends a line.
    fn skip_ends_of_lines(&mut self) {
        while self.begun.is_none()
            && let Some(end @ (b'\r' | b'\n')) = self.input.get(self.done)
        {
            let (lines, returned) = ends_of_lines(&[*end], self.returned);
            (self.line, self.returned) = (self.line + lines, returned);
            self.done += 1;
        }
    }

    /// The record that has just come to its end.
    fn whole(&mut self) -> (u64, Result<Vec<String>, LineError>) {
        let number = self.begun.take().unwrap_or(self.line);
        let is_last = self.ended && self.done == self.input.len();
        let fields = if is_last && self.line > number && self.quotes % 2 == 1 {
            let told = "a quotation mark on this line is not closed: what follows it, to the end of the file, was not read";
            Err(unreadable("unclosed_quotation", told.to_owned()))
        } else if self.too_long {
            let told = format!("a line has at most {MAX_LINE} bytes and {MAX_COLUMNS} columns");
            Err(unreadable("line_too_long", told))
        } else {
            self.texts()
        };
        (self.filled, self.fields, self.too_long, self.quotes) = (0, 0, false, 0);
        (number, fields)
    }

    fn texts(&self) -> Result<Vec<String>, LineError> {
        let mut start = 0;
        let ends = self.ends.iter().take(self.fields);
        let fields = ends.map(|end| {
            let bytes = self.output.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8(bytes.to_vec())
                .map_err(|_| unreadable("csv_encoding", "the line is not in UTF-8".to_owned()))
        });
        fields.collect()
    }
}

/// How many lines come to their end, by LF, CR or both, behind a carriage return or not; and whether the last byte is one.
fn ends_of_lines(bytes: &[u8], mut returned: bool) -> (u64, bool) {
    let mut lines = 0;
    for byte in bytes {
        let ends = *byte == b'\r' || *byte == b'\n' && !returned;
        lines += u64::from(ends);
        returned = *byte == b'\r';
    }
    (lines, returned)
}

/// How often a byte stands there.
fn occurrences(bytes: &[u8], wanted: u8) -> u64 {
    bytes
        .iter()
        .fold(0, |count, byte| count + u64::from(*byte == wanted))
}

fn unreadable(code: &'static str, detail: String) -> LineError {
    LineError {
        code,
        column: None,
        detail,
    }
}

/// The columns with these headings.
fn columns(headings: &[String]) -> Result<Vec<Column>, Problem> {
    let mut columns = Vec::new();
    for heading in headings {
        let Some(column) = Column::headed(heading) else {
            let known = Column::ALL.map(Column::as_str).join(", ");
            let told = format!("there is no column {heading:?}; the columns are {known}");
            return Err(Problem::rule("unknown_column", "", told));
        };
        if columns.contains(&column) {
            let told = format!("the column {} is there twice", column.as_str());
            return Err(Problem::rule("duplicate_column", "", told));
        }
        columns.push(column);
    }
    let missing = Column::ALL
        .into_iter()
        .find(|column| column.is_required() && !columns.contains(column));
    match missing {
        Some(column) => {
            let told = format!("the column {} is missing", column.as_str());
            Err(Problem::rule("missing_column", "", told))
        }
        None => Ok(columns),
    }
}

#[cfg(test)]
mod tests;
