//! Every code that a problem can carry: one table, from which the answers, the pages under `/errors/` and the error
//! catalogue come.

mod accounts;
mod audit;
mod catalogue;
mod imports;
mod institutions;
mod log_entries;
mod notifications;
mod placements;
mod profiles;
pub(crate) mod protocol;
mod roles;
mod texts;

pub use catalogue::catalogue_markdown;

/// One way in which a request can fail.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Its name on the wire, in `snake_case`; it never changes.
    pub(crate) name: &'static str,
    /// The HTTP status that goes with it. Several codes together have 422 or 409, whatever theirs are.
    pub(crate) status: u16,
    /// What happened, the same for each occurrence.
    pub(crate) title: &'static str,
    /// When it happens.
    pub(crate) explanation: &'static str,
    /// What to do about it.
    pub(crate) remedy: &'static str,
}

impl Code {
    /// A row of the table.
    const fn new(
        name: &'static str,
        status: u16,
        title: &'static str,
        explanation: &'static str,
        remedy: &'static str,
    ) -> Self {
        Self {
            name,
            status,
            title,
            explanation,
            remedy,
        }
    }
}

/// Every code: what HTTP itself asks for, what is asked of any text, then context by context.
pub(crate) fn table() -> impl Iterator<Item = &'static Code> {
    [
        protocol::ALL,
        texts::ALL,
        accounts::ALL,
        roles::ALL,
        profiles::ALL,
        imports::ALL,
        institutions::ALL,
        placements::ALL,
        log_entries::ALL,
        notifications::ALL,
        audit::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The code with this name.
pub(crate) fn find(name: &str) -> Option<&'static Code> {
    table().find(|code| code.name == name)
}

#[cfg(test)]
mod tests;
