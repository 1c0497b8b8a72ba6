//! What institutions keep of their people.

use std::collections::BTreeMap;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{personal::PersonalField, profile::Profile},
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    identity::{KeyId, Place, ProfileReader, ProfileRepository, Sealed, SealedParticulars},
};

use crate::memory::{fold::folded, unit_of_work::MemoryUnitOfWork};

#[async_trait::async_trait]
impl ProfileReader for MemoryUnitOfWork {
    async fn profile(&mut self, tenant: TenantId, user: UserId) -> Result<Option<Profile>, RepositoryError> {
        let found = self.state().profiles.get(&(tenant, user));
        Ok(found.filter(|_| self.sees(tenant)).cloned())
    }

    async fn particulars(
        &mut self,
        tenant: TenantId,
        user: UserId,
    ) -> Result<SealedParticulars, RepositoryError> {
        let own = self
            .sealed_in_scope()
            .filter(|(place, _)| (place.tenant_id, place.user_id) == (tenant, user));
        Ok(own.map(|(place, sealed)| (place.field, sealed.clone())).collect())
    }

    async fn sealed_otherwise(
        &mut self,
        key: &KeyId,
        after: Option<Place>,
        limit: u16,
    ) -> Result<Vec<(Place, Sealed)>, RepositoryError> {
        let by_name = |place: &Place| (place.tenant_id, place.user_id, place.field.as_str());
        let mut found: Vec<_> = self
            .sealed_in_scope()
            .filter(|(place, sealed)| {
                sealed.key_id != *key && after.as_ref().is_none_or(|after| by_name(place) > by_name(after))
            })
            .map(|(place, sealed)| (*place, sealed.clone()))
            .collect();
        found.sort_by(|(one, _), (other, _)| by_name(one).cmp(&by_name(other)));
        found.truncate(usize::from(limit));
        Ok(found)
    }

    async fn sealed_by_key(&mut self) -> Result<BTreeMap<KeyId, u64>, RepositoryError> {
        let mut counted = BTreeMap::new();
        for (_, sealed) in self.sealed_in_scope() {
            *counted.entry(sealed.key_id.clone()).or_default() += 1;
        }
        Ok(counted)
    }
}

#[async_trait::async_trait]
impl ProfileRepository for MemoryUnitOfWork {
    async fn save_profile(
        &mut self,
        profile: &Profile,
        trail: Option<&Trail>,
    ) -> Result<(), RepositoryError> {
        self.demand(Some(profile.tenant_id))?;
        let number = |profile: &Profile| {
            let number = profile.student.as_ref()?.registration_number.as_deref();
            number.map(folded)
        };
        let key = (profile.tenant_id, profile.user_id);
        let wanted = number(profile);
        let free = self.state().profiles.values().all(|other| {
            (other.tenant_id, other.user_id) == key
                || other.tenant_id != profile.tenant_id
                || wanted.is_none()
                || number(other) != wanted
        });
        self.hold(free, Constraint::RegistrationNumber)?;
        self.change().profiles.insert(key, profile.clone());
        match trail {
            Some(trail) => self.leave(trail),
            None => Ok(()),
        }
    }

    async fn save_particulars(
        &mut self,
        (tenant_id, user_id): (TenantId, UserId),
        changes: &BTreeMap<PersonalField, Option<Sealed>>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        self.demand(Some(tenant_id))?;
        for (field, sealed) in changes {
            let place = Place {
                tenant_id,
                user_id,
                field: *field,
            };
            match sealed {
                Some(sealed) => {
                    self.change().sealed.insert(place, sealed.clone());
                }
                None => {
                    self.change().sealed.remove(&place);
                }
            }
        }
        self.leave(trail)
    }

    async fn reseal(&mut self, place: Place, before: &Sealed, now: &Sealed) -> Result<bool, RepositoryError> {
        self.demand(Some(place.tenant_id))?;
        let stands = self.state().sealed.get(&place) == Some(before);
        if stands {
            self.change().sealed.insert(place, now.clone());
        }
        Ok(stands)
    }

    async fn delete_profile(&mut self, tenant: TenantId, user: UserId) -> Result<(), RepositoryError> {
        self.demand(Some(tenant))?;
        self.change().profiles.remove(&(tenant, user));
        self.change()
            .sealed
            .retain(|place, _| (place.tenant_id, place.user_id) != (tenant, user));
        Ok(())
    }
}

impl MemoryUnitOfWork {
    fn sealed_in_scope(&self) -> impl Iterator<Item = (&Place, &Sealed)> {
        self.state()
            .sealed
            .iter()
            .filter(|(place, _)| self.sees(place.tenant_id))
    }
}
