//! Roles that institutions define.

use ipt_domain::{
    id::{TenantId, TenantRoleId},
    identity::tenant_role::{RoleKey, TenantRole},
    version::Version,
};

use crate::{
    RepositoryError,
    engagement::Trail,
    page::{Page, PageRequest},
};

/// The field by which roles are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleSort {
    /// The name, without regard to case.
    Name,
    /// The key.
    Key,
}

/// Reads the roles that institutions define, as far as they are in scope.
#[async_trait::async_trait]
pub trait RoleReader: Send {
    /// A role.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn tenant_role(&mut self, id: TenantRoleId) -> Result<Option<TenantRole>, RepositoryError>;

    /// Those of an institution with these keys, by key; of a key that there is not, none.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn tenant_roles_by_key(
        &mut self,
        tenant: TenantId,
        keys: &[RoleKey],
    ) -> Result<Vec<TenantRole>, RepositoryError>;

    /// A page of those whose name or key contains `text`, without regard to case.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn tenant_role_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<RoleSort>,
    ) -> Result<Page<TenantRole>, RepositoryError>;

    /// How many match.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn tenant_role_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError>;

    /// How many people hold a role, by active memberships and by disabled ones.
    ///
    /// # Errors
    /// [`RepositoryError`].
    async fn tenant_role_holders(&mut self, id: TenantRoleId) -> Result<u64, RepositoryError>;
}

/// Writes the roles that institutions define.
#[async_trait::async_trait]
pub trait RoleRepository: RoleReader {
    /// Stores a role, new or changed. Its key never changes.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::RoleKey`](crate::Constraint::RoleKey).
    async fn save_tenant_role(
        &mut self,
        role: &TenantRole,
        replaces: Option<Version>,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;

    /// Removes a role that nobody holds.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`]; [`RepositoryError::Conflict`] with
    /// [`Constraint::Reference`](crate::Constraint::Reference) while anybody holds it.
    async fn delete_tenant_role(
        &mut self,
        id: TenantRoleId,
        replaces: Version,
        trail: &Trail,
    ) -> Result<(), RepositoryError>;
}
