//! Programmes: a course of study's practical training, with its window, its requirements and its policy.

pub use super::{
    credit_units::CreditUnits,
    programme_draft::{ProgrammeChanges, ProgrammeDraft, ProgrammeViolation},
};
use crate::{
    id::{ProgrammeId, TenantId},
    placement::{
        ending::Requirement,
        guard::Terms,
        period::Period,
        policy::{Policy, PolicyVersion},
        programme_draft::ProgrammeDetails,
    },
    version::Version,
};

/// A course of study's practical training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    id: ProgrammeId,
    tenant_id: TenantId,
    details: ProgrammeDetails,
    policy_version: PolicyVersion,
    version: Version,
}

/// Everything of which a programme consists, for rebuilding it from storage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each part is documented at the getter of the programme with the same name"
)]
pub struct ProgrammeParts {
    pub id: ProgrammeId,
    pub tenant_id: TenantId,
    pub name: String,
    pub code: String,
    pub credit_units: CreditUnits,
    pub requirement: Requirement,
    pub window: Period,
    pub policy: Policy,
    pub policy_version: PolicyVersion,
    pub version: Version,
}

impl Programme {
    /// A new programme, with the first version of its policy.
    ///
    /// # Errors
    /// Everything that is wrong with it, together.
    pub fn create(
        id: ProgrammeId,
        tenant_id: TenantId,
        draft: ProgrammeDraft,
    ) -> Result<Self, Vec<ProgrammeViolation>> {
        let details = draft.check()?;
        Ok(Self {
            id,
            tenant_id,
            details,
            policy_version: PolicyVersion::FIRST,
            version: Version::FIRST,
        })
    }

    /// The programme with these changes. A policy that differs is a new version; placements that were approved keep theirs.
    /// [`Policy::keys_changed`] tells what differs.
    ///
    /// # Errors
    /// Everything that is wrong with the result, together.
    pub fn amended(self, changes: ProgrammeChanges) -> Result<Self, Vec<ProgrammeViolation>> {
        let details = changes.apply_to(&self.details)?;
        let policy_version = if details.policy == self.details.policy {
            self.policy_version
        } else {
            self.policy_version.next()
        };
        Ok(Self {
            details,
            policy_version,
            version: self.version.next(),
            ..self
        })
    }

    /// Rebuilds a programme from storage. Its parts are right by their types.
    pub fn from_parts(parts: ProgrammeParts) -> Self {
        let details = ProgrammeDetails {
            name: parts.name,
            code: parts.code,
            credit_units: parts.credit_units,
            requirement: parts.requirement,
            window: parts.window,
            policy: parts.policy,
        };
        Self {
            id: parts.id,
            tenant_id: parts.tenant_id,
            details,
            policy_version: parts.policy_version,
            version: parts.version,
        }
    }

    /// Its id.
    pub const fn id(&self) -> ProgrammeId {
        self.id
    }

    /// The institution.
    pub const fn tenant_id(&self) -> TenantId {
        self.tenant_id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.details.name
    }

    /// Its code, by which people call it; once in an institution.
    pub fn code(&self) -> &str {
        &self.details.code
    }

    /// What a student earns by it.
    pub const fn credit_units(&self) -> CreditUnits {
        self.details.credit_units
    }

    /// The hours and days that it asks for.
    pub const fn requirement(&self) -> Requirement {
        self.details.requirement
    }

    /// The days on which its placements lie.
    pub const fn window(&self) -> Period {
        self.details.window
    }

    /// Its policy as it is now.
    pub const fn policy(&self) -> &Policy {
        &self.details.policy
    }

    /// The version of that policy.
    pub const fn policy_version(&self) -> PolicyVersion {
        self.policy_version
    }

    /// Its version.
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The rules for placements that are not approved yet.
    pub const fn terms(&self) -> Terms<'_> {
        self.terms_under(&self.details.policy, self.policy_version)
    }

    /// The rules for placements that keep an earlier policy.
    pub const fn terms_under<'a>(&self, policy: &'a Policy, policy_version: PolicyVersion) -> Terms<'a> {
        Terms {
            window: self.details.window,
            policy,
            policy_version,
        }
    }
}

#[cfg(test)]
mod tests;
