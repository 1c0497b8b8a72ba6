//! The figures as a table that can stand in a document.

use std::fmt;

use crate::load::Figures;

/// The figures of one database.
pub(crate) struct Report {
    /// The database's name and version.
    pub(crate) database: String,
    /// What was measured.
    pub(crate) lines: Vec<Line>,
    /// What else is to be said, a sentence each.
    pub(crate) remarks: Vec<String>,
}

/// One measurement.
pub(crate) struct Line {
    /// What was asked, and over how many connections.
    pub(crate) what: String,
    /// What the server did.
    pub(crate) server: Figures,
    /// What was done without the server, and how often a second.
    pub(crate) bare: Option<(&'static str, f64)>,
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "\n### {}\n", self.database)?;
        writeln!(
            out,
            "| | a second | median | p99 | errors | beside | a second | ratio |"
        )?;
        writeln!(out, "|---|--:|--:|--:|--:|---|--:|--:|")?;
        for line in &self.lines {
            let Line { what, server, bare } = line;
            let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
            write!(
                out,
                "| {what} | {:.0} | {:.1} ms | {:.1} ms | {} |",
                server.rate,
                milliseconds(server.median),
                milliseconds(server.p99),
                server.errors,
            )?;
            match bare {
                Some((what, rate)) => writeln!(out, " {what} | {rate:.0} | {:.2} |", server.rate / rate)?,
                None => writeln!(out, " – | – | – |")?,
            }
        }
        writeln!(out)?;
        for remark in &self.remarks {
            writeln!(out, "- {remark}")?;
        }
        let failed = self
            .lines
            .iter()
            .filter_map(|line| line.server.first_error.as_ref());
        for error in failed {
            writeln!(out, "- an error: {error}")?;
        }
        Ok(())
    }
}
