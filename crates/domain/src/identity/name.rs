//! Names of people.

use std::fmt;

use crate::text::{self, TextError};

/// The longest name of a person, in characters as the reader sees them.
pub const MAX_NAME: usize = 120;

/// A person's full name, as the person writes it: one line of 1 to [`MAX_NAME`] characters in any script.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct PersonName(String);

impl PersonName {
    /// Parses a name; blanks around it are dropped.
    ///
    /// # Errors
    /// When it is empty, too long, or not one line of plain characters.
    pub fn parse(name: &str) -> Result<Self, TextError> {
        text::name(name, MAX_NAME).map(Self)
    }

    /// What stands for the name of somebody who was erased.
    pub fn of_erased() -> Self {
        Self("Erased person".to_owned())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = TextError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_any_script_is_kept_without_the_blanks_around_it() {
        for name in [
            "Asha Mushi",
            "محمد بن سلمان",
            "Nguyễn Thị Hương",
            "आशा",
            "O'Brien-Łukasz",
            "李",
        ] {
            assert_eq!(PersonName::parse(&format!(" \t{name}\n")).unwrap().as_str(), name);
        }
    }

    #[test]
    fn a_name_without_a_visible_character_is_refused() {
        for blank in ["", "   ", "\u{200B}\u{200D}", "\u{3164}"] {
            assert_eq!(PersonName::parse(blank), Err(TextError::Empty));
        }
    }

    #[test]
    fn a_name_of_two_lines_is_refused_where_the_line_breaks() {
        assert_eq!(
            PersonName::parse(" Asha\r\nBcc: all"),
            Err(TextError::Characters {
                character: '\n',
                position: 5
            })
        );
    }

    #[test]
    fn a_name_is_at_most_120_characters() {
        assert!(PersonName::parse(&"å".repeat(120)).is_ok());
        assert_eq!(
            PersonName::parse(&"å".repeat(121)),
            Err(TextError::TooLong {
                max: 120,
                actual: 121
            })
        );
    }
}
