//! Broken rules, told all together whatever kind they are of.

use std::fmt;

use ipt_domain::error::Violation;

/// A broken rule of any context.
pub type AnyViolation = Box<dyn Violation + Send + Sync>;

/// The rules that a request breaks: all that were found, in the order in which they were.
#[derive(Debug, Default)]
pub struct BrokenRules(Vec<AnyViolation>);

impl BrokenRules {
    /// One broken rule.
    pub fn one(violation: impl Violation + Send + Sync + 'static) -> Self {
        Self(vec![Box::new(violation)])
    }

    /// Adds a broken rule.
    pub fn push(&mut self, violation: impl Violation + Send + Sync + 'static) {
        self.0.push(Box::new(violation));
    }

    /// Adds several broken rules of one kind.
    pub fn extend<V: Violation + Send + Sync + 'static>(&mut self, violations: impl IntoIterator<Item = V>) {
        violations.into_iter().for_each(|violation| self.push(violation));
    }

    /// The value, or the broken rule among those found.
    pub(crate) fn keep<T, V: Violation + Send + Sync + 'static>(
        &mut self,
        answer: Result<T, V>,
    ) -> Option<T> {
        answer.map_err(|violation| self.push(violation)).ok()
    }

    /// Those found.
    pub fn iter(&self) -> impl Iterator<Item = &(dyn Violation + Send + Sync)> {
        self.0.iter().map(|violation| &**violation)
    }

    /// Whether none was found.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each is broken by what is stored already, rather than by what was sent alone.
    pub fn is_conflict(&self) -> bool {
        !self.0.is_empty() && self.iter().all(Violation::is_conflict)
    }

    /// The stable code: of several, `validation_failed`.
    pub fn code(&self) -> &'static str {
        match self.0.as_slice() {
            [one] => one.code(),
            _ => "validation_failed",
        }
    }

    /// Nothing, or the broken rules as an error.
    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for BrokenRules {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BrokenRules {}
