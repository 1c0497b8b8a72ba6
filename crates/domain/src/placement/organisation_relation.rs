//! What an institution has to do with an organisation.

use crate::{
    Instant,
    error::Corruption,
    id::{OrganisationId, TenantId, UserId},
    text::Remark,
    version::Version,
};

/// One institution's relation to one organisation. Another institution's is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRelation {
    tenant_id: TenantId,
    organisation_id: OrganisationId,
    since: Instant,
    verified: Option<Verification>,
    contacts: Option<Remark>,
    notes: Option<Remark>,
    version: Version,
}

/// That an institution has verified an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Verification {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: UserId,
}

/// Everything of which a relation consists, for rebuilding it from storage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the relation with the same name"
)]
pub struct OrganisationRelationParts {
    pub tenant_id: TenantId,
    pub organisation_id: OrganisationId,
    pub since: Instant,
    pub verified_at: Option<Instant>,
    pub verified_by: Option<UserId>,
    pub contacts: Option<Remark>,
    pub notes: Option<Remark>,
    pub version: Version,
}

impl OrganisationRelation {
    /// A relation that begins now, unverified.
    pub const fn begin(tenant_id: TenantId, organisation_id: OrganisationId, since: Instant) -> Self {
        Self {
            tenant_id,
            organisation_id,
            since,
            verified: None,
            contacts: None,
            notes: None,
            version: Version::FIRST,
        }
    }

    /// Rebuilds a relation from storage.
    ///
    /// # Errors
    /// [`Corruption`] when it was verified at no time, or by nobody.
    pub fn from_parts(parts: OrganisationRelationParts) -> Result<Self, Corruption> {
        let verified = match (parts.verified_at, parts.verified_by) {
            (Some(at), Some(by)) => Some(Verification { at, by }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err(Corruption {
                    table: "organisation_relation",
                    column: "verified_by",
                    id: parts.organisation_id.uuid(),
                    problem: "when it was verified and by whom must come together",
                });
            }
        };
        Ok(Self {
            tenant_id: parts.tenant_id,
            organisation_id: parts.organisation_id,
            since: parts.since,
            verified,
            contacts: parts.contacts,
            notes: parts.notes,
            version: parts.version,
        })
    }

    /// The relation, verified: for this institution only. One that is verified already stays as it is.
    #[must_use]
    pub fn verify(self, by: UserId, at: Instant) -> Self {
        if self.is_verified() {
            return self;
        }
        Self {
            verified: Some(Verification { at, by }),
            version: self.version.next(),
            ..self
        }
    }

    /// The relation with other contacts and notes. With the same ones it stays as it is.
    #[must_use]
    pub fn described(self, contacts: Option<Remark>, notes: Option<Remark>) -> Self {
        if (&contacts, &notes) == (&self.contacts, &self.notes) {
            return self;
        }
        Self {
            contacts,
            notes,
            version: self.version.next(),
            ..self
        }
    }

    /// The relation as those see it for whom contacts and notes are not.
    #[must_use]
    pub fn without_remarks(self) -> Self {
        Self {
            contacts: None,
            notes: None,
            ..self
        }
    }

    /// The institution.
    pub const fn tenant_id(&self) -> TenantId {
        self.tenant_id
    }

    /// The organisation.
    pub const fn organisation_id(&self) -> OrganisationId {
        self.organisation_id
    }

    /// Since when there is one.
    pub const fn since(&self) -> Instant {
        self.since
    }

    /// When the institution verified it, and who did that.
    pub const fn verified(&self) -> Option<Verification> {
        self.verified
    }

    /// Whether the institution has verified it: only then are placements there approved.
    pub const fn is_verified(&self) -> bool {
        self.verified.is_some()
    }

    /// Whom the institution turns to there.
    pub const fn contacts(&self) -> Option<&Remark> {
        self.contacts.as_ref()
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// What the institution notes about it.
    pub const fn notes(&self) -> Option<&Remark> {
        self.notes.as_ref()
    }
}
