//! Roles that institutions define.

use std::collections::BTreeSet;

use ipt_domain::{
    id::{TenantId, TenantRoleId, UserId},
    identity::{
        membership::Membership,
        tenant_role::{RoleKey, TenantRole},
    },
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    identity::{RoleReader, RoleRepository, RoleSort},
    page::{Page, PageRequest},
};

use crate::memory::{
    fold::{contains, folded},
    keyset::{self, Key, Kind},
    state::Made,
    unit_of_work::MemoryUnitOfWork,
};

#[async_trait::async_trait]
impl RoleReader for MemoryUnitOfWork {
    async fn tenant_role(&mut self, id: TenantRoleId) -> Result<Option<TenantRole>, RepositoryError> {
        Ok(self
            .tenant_roles_in_scope()
            .find(|known| known.role.id == id)
            .cloned())
    }

    async fn tenant_roles_by_key(
        &mut self,
        tenant: TenantId,
        keys: &[RoleKey],
    ) -> Result<Vec<TenantRole>, RepositoryError> {
        let own = self
            .tenant_roles_in_scope()
            .filter(|known| known.tenant_id == tenant);
        let mut found: Vec<_> = own
            .filter(|known| keys.contains(&known.role.key))
            .cloned()
            .collect();
        found.sort_by(|one, other| one.role.key.cmp(&other.role.key));
        Ok(found)
    }

    async fn tenant_role_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<RoleSort>,
    ) -> Result<Page<TenantRole>, RepositoryError> {
        let key = |role: &&TenantRole, field| match field {
            RoleSort::Name => Some(Key::Text(folded(&role.name))),
            RoleSort::Key => Some(Key::Text(role.role.key.as_str().to_owned())),
        };
        let id = |role: &&TenantRole| role.role.id.uuid();
        let found = keyset::page(self.tenant_roles_matching(text), |_| Kind::Text, key, id, page)?;
        Ok(found.map(Clone::clone))
    }

    async fn tenant_role_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        Ok(self.tenant_roles_matching(text).count() as u64)
    }

    async fn tenant_role_holders(&mut self, id: TenantRoleId) -> Result<u64, RepositoryError> {
        let holders = self
            .state()
            .memberships
            .values()
            .filter(|held| self.sees(held.tenant_id) && held.further.iter().any(|role| role.id == id));
        Ok(holders
            .map(|held| held.user_id)
            .collect::<BTreeSet<UserId>>()
            .len() as u64)
    }
}

#[async_trait::async_trait]
impl RoleRepository for MemoryUnitOfWork {
    async fn save_tenant_role(
        &mut self,
        role: &TenantRole,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let id = role.role.id;
        self.demand(Some(role.tenant_id))?;
        let stored = self
            .state()
            .tenant_roles
            .get(&id)
            .map(|made| (made.thing.version, made.created_at));
        let created_at = self.made_at(stored, replaces, trail)?;
        let free = self.state().tenant_roles.values().all(|known| {
            let known = &known.thing;
            known.role.id == id || known.tenant_id != role.tenant_id || known.role.key != role.role.key
        });
        self.hold(free, Constraint::RoleKey)?;
        let thing = role.clone();
        self.change().tenant_roles.insert(id, Made { thing, created_at });
        self.leave(trail)
    }

    async fn delete_tenant_role(
        &mut self,
        id: TenantRoleId,
        replaces: Version,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let stored = self
            .tenant_roles_in_scope()
            .find(|known| known.role.id == id)
            .map(|known| known.version);
        self.check_version(stored, replaces)?;
        let mut all = self.state().memberships.values();
        let held = all.any(|held| held.further.iter().any(|role| role.id == id));
        self.hold(!held, Constraint::Reference)?;
        self.change().tenant_roles.remove(&id);
        self.leave(trail)
    }
}

impl MemoryUnitOfWork {
    fn tenant_roles_in_scope(&self) -> impl Iterator<Item = &TenantRole> {
        let known = self.state().tenant_roles.values().map(|made| &made.thing);
        known.filter(|role| self.sees(role.tenant_id))
    }

    fn tenant_roles_matching<'a>(&'a self, text: Option<&'a str>) -> impl Iterator<Item = &'a TenantRole> {
        self.tenant_roles_in_scope().filter(move |role| {
            text.is_none_or(|text| contains(&role.name, text) || contains(role.role.key.as_str(), text))
        })
    }

    /// A membership with the institution's roles as they are now.
    pub(super) fn with_roles_of_now(&self, membership: &Membership) -> Membership {
        let now = |id: TenantRoleId| {
            self.state()
                .tenant_roles
                .get(&id)
                .map(|made| made.thing.role.clone())
        };
        let mut further: Vec<_> = membership
            .further
            .iter()
            .filter_map(|role| now(role.id))
            .collect();
        further.sort_by(|one, other| one.key.cmp(&other.key));
        Membership {
            further,
            ..membership.clone()
        }
    }
}
