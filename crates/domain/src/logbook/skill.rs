//! Skills named with a log or a review.

use std::collections::BTreeSet;

use crate::{
    error::Violation,
    text::{self, TextError},
};

/// The most skills in a list.
pub const MAX_SKILLS: usize = 50;
/// The longest name of a skill, in characters as the reader sees them.
pub const MAX_NAME: usize = 80;

/// Why a list of skills is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SkillsError {
    /// More than [`MAX_SKILLS`] different ones.
    #[error("more than {MAX_SKILLS} skills")]
    TooMany,
    /// A name that is empty, too long or not one line.
    #[error("skill {index}: {error}")]
    Name {
        /// Which one, counted from 0.
        index: usize,
        /// What is wrong with it.
        error: TextError,
    },
}

impl Violation for SkillsError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooMany => "too_many_skills",
            Self::Name { .. } => "skill_name",
        }
    }

    fn pointer(&self) -> &'static str {
        "/skills"
    }
}

/// Names of skills: at most [`MAX_SKILLS`], each one line of 1 to [`MAX_NAME`] characters, in the order given. A name
/// that differs from an earlier one in case alone is that one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Vec<String>", into = "Vec<String>")
)]
pub struct Skills(Vec<String>);

impl Skills {
    /// No skill.
    pub const NONE: Self = Self(Vec::new());

    /// Parses a list of names.
    ///
    /// # Errors
    /// [`SkillsError`]: the first found.
    pub fn parse<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Result<Self, SkillsError> {
        let mut known = BTreeSet::new();
        let mut skills = Vec::new();
        for (index, name) in names.into_iter().enumerate() {
            let name =
                text::name(name.as_ref(), MAX_NAME).map_err(|error| SkillsError::Name { index, error })?;
            if !known.insert(name.to_lowercase()) {
                continue;
            }
            if skills.len() == MAX_SKILLS {
                return Err(SkillsError::TooMany);
            }
            skills.push(name);
        }
        Ok(Self(skills))
    }

    /// The names, in the order given.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// The names, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<Vec<String>> for Skills {
    type Error = SkillsError;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        Self::parse(names)
    }
}

impl From<Skills> for Vec<String> {
    fn from(skills: Skills) -> Self {
        skills.0
    }
}

#[cfg(test)]
mod tests;
