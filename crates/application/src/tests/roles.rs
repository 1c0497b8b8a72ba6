//! Roles that institutions define, in memory.

use std::collections::BTreeSet;

use async_trait::async_trait;
use ipt_domain::{
    id::{TenantId, TenantRoleId},
    identity::tenant_role::{RoleKey, TenantRole},
    version::Version,
};
use ipt_ports::{
    Constraint, RepositoryError,
    engagement::Trail,
    identity::{RoleReader, RoleRepository, RoleSort},
    page::{Page, PageRequest},
};

use super::work::MemoryWork;

#[async_trait]
impl RoleReader for MemoryWork {
    async fn tenant_role(&mut self, id: TenantRoleId) -> Result<Option<TenantRole>, RepositoryError> {
        let found = self.state.tenant_roles.iter().find(|known| known.role.id == id);
        Ok(found.filter(|known| self.covers(Some(known.tenant_id))).cloned())
    }

    async fn tenant_roles_by_key(
        &mut self,
        tenant: TenantId,
        keys: &[RoleKey],
    ) -> Result<Vec<TenantRole>, RepositoryError> {
        let own = self
            .state
            .tenant_roles
            .iter()
            .filter(|known| known.tenant_id == tenant);
        Ok(own
            .filter(|known| keys.contains(&known.role.key))
            .cloned()
            .collect())
    }

    async fn tenant_role_page(
        &mut self,
        _: Option<&str>,
        page: &PageRequest<RoleSort>,
    ) -> Result<Page<TenantRole>, RepositoryError> {
        let own = self
            .state
            .tenant_roles
            .iter()
            .filter(|known| self.covers(Some(known.tenant_id)));
        let items = own.take(usize::from(page.limit)).cloned().collect();
        Ok(Page { items, next: None })
    }

    async fn tenant_role_count(&mut self, _: Option<&str>) -> Result<u64, RepositoryError> {
        let own = self
            .state
            .tenant_roles
            .iter()
            .filter(|known| self.covers(Some(known.tenant_id)));
        Ok(own.count() as u64)
    }

    async fn tenant_role_holders(&mut self, id: TenantRoleId) -> Result<u64, RepositoryError> {
        let held = self.state.memberships.iter();
        let holders = held.filter(|held| held.further.iter().any(|role| role.id == id));
        Ok(holders.map(|held| held.user_id).collect::<BTreeSet<_>>().len() as u64)
    }
}

#[async_trait]
impl RoleRepository for MemoryWork {
    async fn save_tenant_role(
        &mut self,
        role: &TenantRole,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let id = role.role.id;
        let stored = self.state.tenant_roles.iter().find(|known| known.role.id == id);
        let stored = stored.map(|known| known.version);
        self.guard(stored, replaces)?;
        let key = |known: &TenantRole| (known.tenant_id, known.role.key.clone());
        let mut others = self.state.tenant_roles.iter().filter(|known| known.role.id != id);
        if others.any(|known| key(known) == key(role)) {
            return Err(RepositoryError::Conflict(Constraint::RoleKey));
        }
        self.state.tenant_roles.retain(|known| known.role.id != id);
        self.state.tenant_roles.push(role.clone());
        self.state.leave(trail);
        Ok(())
    }

    async fn delete_tenant_role(
        &mut self,
        id: TenantRoleId,
        replaces: Version,
        trail: &Trail,
    ) -> Result<(), RepositoryError> {
        let stored = self.state.tenant_roles.iter().find(|known| known.role.id == id);
        let stored = stored.map(|known| known.version);
        self.guard(stored, Some(replaces))?;
        if self.tenant_role_holders(id).await? > 0 {
            return Err(RepositoryError::Conflict(Constraint::Reference));
        }
        self.state.tenant_roles.retain(|known| known.role.id != id);
        self.state.leave(trail);
        Ok(())
    }
}
