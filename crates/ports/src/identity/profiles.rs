//! What institutions keep of their people: profiles, and sealed particulars.

use std::collections::BTreeMap;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{personal::PersonalField, profile::Profile},
};

use super::sealer::{KeyId, Place, Sealed};
use crate::{RepositoryError, engagement::Trail};

/// The sealed particulars of one person in one institution.
pub type SealedParticulars = BTreeMap<PersonalField, Sealed>;

/// Reads what institutions keep of their people, as far as it is in scope.
#[async_trait::async_trait]
pub trait ProfileReader: Send {
    /// A person's profile in an institution.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn profile(&mut self, tenant: TenantId, user: UserId) -> Result<Option<Profile>, RepositoryError>;

    /// A person's sealed particulars in an institution.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn particulars(
        &mut self,
        tenant: TenantId,
        user: UserId,
    ) -> Result<SealedParticulars, RepositoryError>;

    /// At most `limit` values that do not lie under `key`, after a place, in the order of their places.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn sealed_otherwise(
        &mut self,
        key: &KeyId,
        after: Option<Place>,
        limit: u16,
    ) -> Result<Vec<(Place, Sealed)>, RepositoryError>;

    /// How many values lie under each key.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn sealed_by_key(&mut self) -> Result<BTreeMap<KeyId, u64>, RepositoryError>;
}

/// Writes what institutions keep of their people.
#[async_trait::async_trait]
pub trait ProfileRepository: ProfileReader {
    /// Stores a profile in place of the one before. The account's version guards against two changes at once.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with [`Constraint::RegistrationNumber`](crate::Constraint::RegistrationNumber), or
    /// [`Constraint::Reference`](crate::Constraint::Reference) for a programme that is gone.
    async fn save_profile(&mut self, profile: &Profile, trail: Option<&Trail>)
    -> Result<(), RepositoryError>;

    /// Stores sealed values, and removes those that are none.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn save_particulars(
        &mut self,
        (tenant, user): (TenantId, UserId),
        changes: &BTreeMap<PersonalField, Option<Sealed>>,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Puts a value sealed anew in the place of `before`; false when something else stands there by now.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn reseal(&mut self, place: Place, before: &Sealed, now: &Sealed) -> Result<bool, RepositoryError>;

    /// Removes everything that an institution keeps of a person here.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn delete_profile(&mut self, tenant: TenantId, user: UserId) -> Result<(), RepositoryError>;
}
