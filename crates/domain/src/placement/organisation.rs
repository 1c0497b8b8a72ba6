//! Organisations: who hosts students. One exists once for the whole deployment.

pub use super::{
    organisation_draft::{OrganisationDraft, OrganisationViolation},
    organisation_relation::{OrganisationRelation, OrganisationRelationParts, Verification},
};
use crate::{id::OrganisationId, placement::organisation_draft::OrganisationDetails, version::Version};

/// A company or public body that hosts students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    id: OrganisationId,
    details: OrganisationDetails,
    version: Version,
}

/// Everything of which an organisation consists, for rebuilding it from storage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the organisation with the same name"
)]
pub struct OrganisationParts {
    pub id: OrganisationId,
    pub name: String,
    pub sector: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub version: Version,
}

impl Organisation {
    /// A new organisation.
    ///
    /// # Errors
    /// Everything that is wrong with it, together.
    pub fn create(id: OrganisationId, draft: &OrganisationDraft) -> Result<Self, Vec<OrganisationViolation>> {
        Ok(Self {
            id,
            details: draft.check()?,
            version: Version::FIRST,
        })
    }

    /// The organisation as the draft describes it. [`OrganisationDraft::from`] gives a draft that changes nothing.
    ///
    /// # Errors
    /// Everything that is wrong with it, together.
    pub fn amended(self, draft: &OrganisationDraft) -> Result<Self, Vec<OrganisationViolation>> {
        Ok(Self {
            details: draft.check()?,
            version: self.version.next(),
            ..self
        })
    }

    /// Rebuilds an organisation from storage. Its parts are right by their types.
    pub fn from_parts(parts: OrganisationParts) -> Self {
        let details = OrganisationDetails {
            name: parts.name,
            sector: parts.sector,
            city: parts.city,
            country: parts.country,
            website: parts.website,
            description: parts.description,
        };
        Self {
            id: parts.id,
            details,
            version: parts.version,
        }
    }

    /// Its id.
    pub const fn id(&self) -> OrganisationId {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.details.name
    }

    /// The sector of the economy, in the institution's words.
    pub fn sector(&self) -> Option<&str> {
        self.details.sector.as_deref()
    }

    /// The city.
    pub fn city(&self) -> Option<&str> {
        self.details.city.as_deref()
    }

    /// The country.
    pub fn country(&self) -> Option<&str> {
        self.details.country.as_deref()
    }

    /// The address of its website.
    pub fn website(&self) -> Option<&str> {
        self.details.website.as_deref()
    }

    /// What it does.
    pub fn description(&self) -> Option<&str> {
        self.details.description.as_deref()
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }
}

#[cfg(test)]
mod tests;
