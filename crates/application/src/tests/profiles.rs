//! What institutions keep of their people, in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use ipt_domain::{
    id::{TenantId, UserId},
    identity::{personal::PersonalField, profile::Profile},
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    identity::{KeyId, Place, ProfileReader, ProfileRepository, Sealed, SealedParticulars},
};

use super::work::MemoryWork;

#[async_trait]
impl ProfileReader for MemoryWork {
    async fn profile(&mut self, tenant: TenantId, user: UserId) -> Result<Option<Profile>, RepositoryError> {
        let found = self.state.profiles.get(&(tenant, user));
        Ok(found.filter(|_| self.covers(Some(tenant))).cloned())
    }

    async fn particulars(
        &mut self,
        tenant: TenantId,
        user: UserId,
    ) -> Result<SealedParticulars, RepositoryError> {
        let own = self.state.sealed.iter();
        let own = own.filter(|(place, _)| (place.tenant_id, place.user_id) == (tenant, user));
        Ok(own.map(|(place, sealed)| (place.field, sealed.clone())).collect())
    }

    async fn sealed_otherwise(
        &mut self,
        key: &KeyId,
        after: Option<Place>,
        limit: u16,
    ) -> Result<Vec<(Place, Sealed)>, RepositoryError> {
        let others = self.state.sealed.iter();
        let others = others.filter(|(place, sealed)| sealed.key_id != *key && Some(**place) > after);
        Ok(others
            .map(|(place, sealed)| (*place, sealed.clone()))
            .take(usize::from(limit))
            .collect())
    }

    async fn sealed_by_key(&mut self) -> Result<BTreeMap<KeyId, u64>, RepositoryError> {
        let mut counted = BTreeMap::new();
        for sealed in self.state.sealed.values() {
            *counted.entry(sealed.key_id.clone()).or_default() += 1;
        }
        Ok(counted)
    }
}

#[async_trait]
impl ProfileRepository for MemoryWork {
    async fn save_profile(
        &mut self,
        profile: &Profile,
        trail: Option<&Trail>,
    ) -> Result<(), RepositoryError> {
        let key = (profile.tenant_id, profile.user_id);
        let number = |profile: &Profile| {
            profile
                .student
                .clone()
                .and_then(|student| student.registration_number)
        };
        let mut others = self.state.profiles.values();
        let wanted = number(profile);
        if wanted.is_some()
            && others
                .any(|other| other.tenant_id == key.0 && other.user_id != key.1 && number(other) == wanted)
        {
            return Err(RepositoryError::Conflict(Constraint::RegistrationNumber));
        }
        self.state.profiles.insert(key, profile.clone());
        if let Some(trail) = trail {
            self.state.leave(trail);
        }
        Ok(())
    }

    async fn save_particulars(
        &mut self,
        (tenant_id, user_id): (TenantId, UserId),
        changes: &BTreeMap<PersonalField, Option<Sealed>>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        for (field, sealed) in changes {
            let place = Place {
                tenant_id,
                user_id,
                field: *field,
            };
            match sealed {
                Some(sealed) => self.state.sealed.insert(place, sealed.clone()),
                None => self.state.sealed.remove(&place),
            };
        }
        self.state.leave(trail);
        Ok(())
    }

    async fn reseal(&mut self, place: Place, before: &Sealed, now: &Sealed) -> Result<bool, RepositoryError> {
        let stands = self.state.sealed.get(&place) == Some(before);
        if stands {
            self.state.sealed.insert(place, now.clone());
        }
        Ok(stands)
    }

    async fn delete_profile(&mut self, tenant: TenantId, user: UserId) -> Result<(), RepositoryError> {
        self.state.profiles.remove(&(tenant, user));
        self.state
            .sealed
            .retain(|place, _| (place.tenant_id, place.user_id) != (tenant, user));
        Ok(())
    }
}
