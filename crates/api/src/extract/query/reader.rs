//! Takes a query apart.

use std::{fmt::Display, str::FromStr};

use chrono::NaiveDate;
use ipt_domain::Instant;
use uuid::Uuid;

use crate::{
    codes::protocol::{INVALID_VALUE, UNKNOWN_PARAMETER},
    problem::{FieldError, Problem},
    wire::{Date, Timestamp, WireName},
};

/// The parameters of a query that nobody has taken yet, and the faults found so far.
pub(crate) struct QueryReader {
    pairs: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl QueryReader {
    /// The parameters of a query string.
    pub(crate) fn new(query: &str) -> Self {
        let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(query);
        Self {
            pairs: pairs.map(actix_web::web::Query::into_inner).unwrap_or_default(),
            errors: Vec::new(),
        }
    }

    /// All parameters, in the order of their names: the same for the same query, however it is written.
    pub(crate) fn sorted(&self) -> Vec<(String, String)> {
        let mut pairs = self.pairs.clone();
        pairs.sort();
        pairs
    }

    /// The value of a parameter; an empty one counts as left out.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.values(name);
        if values.len() > 1 {
            self.refuse(name, "it stands there more than once");
        }
        values.pop()
    }

    /// The value of a parameter, read by `parse`, which says what it expects.
    pub(crate) fn parsed<T, E: Display>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(name)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(name, error);
                None
            }
        }
    }

    /// The value of a parameter that is one of a table's names.
    pub(crate) fn named<T: WireName>(&mut self, name: &'static str) -> Option<T> {
        self.parsed(name, |text| T::from_name(text).ok_or_else(T::expected))
    }

    /// The values of a parameter that may name several of a table's names, repeated or between commas.
    pub(crate) fn several<T: WireName>(&mut self, name: &'static str) -> Vec<T> {
        let values = self.values(name);
        let mut found = Vec::new();
        for value in values
            .iter()
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
        {
            let Some(known) = T::from_name(value) else {
                self.refuse(name, T::expected());
                break;
            };
            found.push(known);
        }
        found
    }

    /// A date.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<NaiveDate> {
        self.parsed(name, Date::parse).map(|date| date.0)
    }

    /// An instant.
    pub(crate) fn instant(&mut self, name: &'static str) -> Option<Instant> {
        self.parsed(name, Timestamp::parse).map(|instant| instant.0)
    }

    /// An id.
    pub(crate) fn id<T: From<Uuid>>(&mut self, name: &'static str) -> Option<T> {
        self.parsed(name, |text| {
            Uuid::try_parse(text)
                .map(T::from)
                .map_err(|_| "expected an id (a UUID)")
        })
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.parsed(name, |text| {
            bool::from_str(text).map_err(|_| "expected true or false")
        })
    }

    /// Notes a fault of a parameter.
    pub(crate) fn refuse(&mut self, name: &'static str, why: impl Display) {
        self.errors
            .push(FieldError::new(format!("/{name}"), INVALID_VALUE, why));
    }

    /// Everything is taken and nothing is wrong.
    ///
    /// # Errors
    /// 422 with all faults, and all parameters that nobody knows.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        for (name, _) in &self.pairs {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            self.errors.push(FieldError::new(
                pointer,
                UNKNOWN_PARAMETER,
                "there is no parameter of this name",
            ));
        }
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(self.errors))
        }
    }

    /// Takes all values of a parameter that are not empty. None holds a control character: a text of ours has none, and a
    /// database may not know what to do with it.
    fn values(&mut self, name: &'static str) -> Vec<String> {
        let (own, rest) = std::mem::take(&mut self.pairs)
            .into_iter()
            .partition(|(key, _)| key == name);
        self.pairs = rest;
        let own: Vec<(String, String)> = own;
        let mut values: Vec<_> = own.into_iter().map(|(_, value)| value).collect();
        if values.iter().any(|value| value.contains(char::is_control)) {
            self.refuse(name, "it holds a control character");
            return Vec::new();
        }
        values.retain(|value| !value.is_empty());
        values
    }
}

#[cfg(test)]
mod tests {
    use ipt_domain::placement::mode::Mode;

    use super::QueryReader;

    #[test]
    fn every_fault_is_told_and_unknown_names_too() {
        let mut query = QueryReader::new("count=maybe&colour=red&q=a%20b&mode=on_site,remote&mode=nowhere");
        assert_eq!(query.flag("count"), None);
        assert_eq!(query.text("q").as_deref(), Some("a b"));
        assert_eq!(query.several::<Mode>("mode"), [Mode::OnSite, Mode::Remote]);
        let problem = query.finish().unwrap_err();
        assert_eq!(problem.pointers(), ["/count", "/mode", "/colour"]);
    }

    #[test]
    fn a_control_character_is_in_no_value() {
        for query in ["q=%00", "q=a%0Ab", "q=%7F", "q=fine&q=%C2%85"] {
            let mut query = QueryReader::new(query);
            assert_eq!(query.text("q"), None);
            assert_eq!(query.finish().unwrap_err().pointers(), ["/q"]);
        }
    }

    #[test]
    fn a_parameter_given_twice_is_no_single_value() {
        let mut query = QueryReader::new("q=a&q=b");
        query.text("q");
        assert!(query.finish().is_err());
    }
}
