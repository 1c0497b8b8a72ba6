//! What a broken rule looks like, and what a damaged row looks like.

/// One broken rule: a stable code for programs, the field it concerns, and a sentence for the person who must mend it.
///
/// Every context has its own enum of violations; this trait is what they share, so that all found ones can be told
/// together.
pub trait Violation: std::fmt::Debug + std::fmt::Display {
    /// The stable code, in `snake_case` (`outside_placement_period`).
    fn code(&self) -> &'static str;

    /// The field that the rule concerns, as the RFC 6901 pointer of its place in a request (`/log_date`), or `""` when
    /// it concerns the whole.
    fn pointer(&self) -> &'static str;

    /// Whether the rule was broken by what is stored already (a conflict), rather than by what was sent alone.
    fn is_conflict(&self) -> bool {
        false
    }
}

/// A stored row that breaks an invariant: damage, never a person's mistake.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {id} of {table} is damaged in {column}: {problem}")]
pub struct Corruption {
    /// The table of the row.
    pub table: &'static str,
    /// The column that cannot be right.
    pub column: &'static str,
    /// The row's id.
    pub id: uuid::Uuid,
    /// What is wrong with it.
    pub problem: &'static str,
}
