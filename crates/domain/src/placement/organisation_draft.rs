//! An organisation as it is asked for.

use crate::{
    error::Violation,
    placement::organisation::Organisation,
    text::{self, TextError},
};

/// The longest name, sector, city or country, in characters.
pub const MAX_LINE: usize = 200;
/// The longest address of a website, in characters.
pub const MAX_WEBSITE: usize = 500;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 5_000;

/// An organisation as it is asked for: unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationDraft {
    /// The name.
    pub name: String,
    /// The sector of the economy.
    pub sector: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// The address of its website: `https://…` or `http://…`.
    pub website: Option<String>,
    /// What it does.
    pub description: Option<String>,
}

/// Something wrong with an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationViolation {
    /// Something about a text.
    #[error("{error}")]
    Text {
        /// The field.
        pointer: &'static str,
        /// What.
        error: TextError,
    },
    /// The website is no address that a browser could safely follow.
    #[error("an address that begins with https:// or http:// and has no blanks is needed")]
    Website,
}

impl Violation for OrganisationViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Text { error, .. } => error.code(),
            Self::Website => "website_invalid",
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Text { pointer, .. } => pointer,
            Self::Website => "/website",
        }
    }
}

/// What an organisation is; checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OrganisationDetails {
    pub(super) name: String,
    pub(super) sector: Option<String>,
    pub(super) city: Option<String>,
    pub(super) country: Option<String>,
    pub(super) website: Option<String>,
    pub(super) description: Option<String>,
}

impl OrganisationDraft {
    /// Checks it. An optional text that is empty counts as left out.
    pub(super) fn check(&self) -> Result<OrganisationDetails, Vec<OrganisationViolation>> {
        let mut found = Vec::new();
        let mut told = |pointer, error| found.push(OrganisationViolation::Text { pointer, error });
        let name = text::name(&self.name, MAX_LINE).unwrap_or_else(|error| {
            told("/name", error);
            String::new()
        });
        let mut line = |pointer, given: &Option<String>, max| {
            let given = given.as_deref().filter(|given| !given.trim().is_empty())?;
            text::name(given, max).map_err(|error| told(pointer, error)).ok()
        };
        let sector = line("/sector", &self.sector, MAX_LINE);
        let city = line("/city", &self.city, MAX_LINE);
        let country = line("/country", &self.country, MAX_LINE);
        let website = line("/website", &self.website, MAX_WEBSITE);
        let description = self.description.as_deref().and_then(|given| {
            text::trimmed(given, MAX_DESCRIPTION)
                .map_err(|error| told("/description", error))
                .ok()
        });
        if website
            .as_deref()
            .is_some_and(|website| !leads_to_the_web(website))
        {
            found.push(OrganisationViolation::Website);
        }
        if !found.is_empty() {
            return Err(found);
        }
        let description = description.filter(|description| !description.is_empty());
        Ok(OrganisationDetails {
            name,
            sector,
            city,
            country,
            website,
            description,
        })
    }
}

/// Whether a link to this address is a web page: `javascript:` and its kin are not.
fn leads_to_the_web(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_alphanumeric() || first == '[')
            && !rest.contains(|character: char| character.is_whitespace() || "\"<>\\".contains(character))
    })
}

impl From<&Organisation> for OrganisationDraft {
    /// The organisation as it is.
    fn from(organisation: &Organisation) -> Self {
        Self {
            name: organisation.name().to_owned(),
            sector: organisation.sector().map(str::to_owned),
            city: organisation.city().map(str::to_owned),
            country: organisation.country().map(str::to_owned),
            website: organisation.website().map(str::to_owned),
            description: organisation.description().map(str::to_owned),
        }
    }
}
