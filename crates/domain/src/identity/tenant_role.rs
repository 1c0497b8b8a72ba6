//! Roles that an institution defines, of the same permissions as the product's own.

use std::fmt;

use crate::{
    id::{TenantId, TenantRoleId},
    identity::{
        permission::{Permission, PermissionSet},
        role::Role,
    },
    text::{self, TextError},
    version::Version,
};

/// The longest name of a role.
pub const MAX_NAME: usize = 80;

/// Why a key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleKeyError {
    /// It has another form.
    #[error(
        "a role's key has 2 to 64 lower-case letters a to z, digits and underscores, and begins with a letter"
    )]
    Form,
    /// A role of the product has it.
    #[error("a role of the product has this key")]
    Reserved,
}

impl RoleKeyError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form => "role_key_invalid",
            Self::Reserved => "role_key_reserved",
        }
    }
}

/// The name by which programs call a role that an institution defines: 2 to 64 lower-case ASCII letters, digits and
/// underscores, a letter first. No role of the product has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct RoleKey(String);

impl RoleKey {
    /// Parses a key, as it is: nothing is trimmed or folded.
    ///
    /// # Errors
    /// When it has another form, or is a role's of the product.
    pub fn parse(key: &str) -> Result<Self, RoleKeyError> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let formed = (2..=64).contains(&key.len())
            && key.bytes().all(is_plain)
            && key.starts_with(|first: char| first.is_ascii_lowercase());
        if !formed {
            return Err(RoleKeyError::Form);
        }
        match Role::from_name(key) {
            Some(_) => Err(RoleKeyError::Reserved),
            None => Ok(Self(key.to_owned())),
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoleKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for RoleKey {
    type Error = RoleKeyError;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        Self::parse(&key)
    }
}

impl From<RoleKey> for String {
    fn from(key: RoleKey) -> Self {
        key.0
    }
}

/// A role by its name: one of the product's, or one that an institution defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleName {
    /// One of the product's.
    Standard(Role),
    /// One that an institution defines, if it does.
    Further(RoleKey),
}

impl RoleName {
    /// The role with this name, or the key that can be one's.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(name: &str) -> Result<Self, RoleKeyError> {
        match Role::from_name(name) {
            Some(role) => Ok(Self::Standard(role)),
            None => RoleKey::parse(name).map(Self::Further),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard(role) => role.as_str(),
            Self::Further(key) => key.as_str(),
        }
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        Self::Standard(role)
    }
}

/// What a role that an institution defines gives its holders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherRole {
    /// Its id.
    pub id: TenantRoleId,
    /// Its key, which never changes.
    pub key: RoleKey,
    /// What it permits, in that institution alone.
    pub permissions: PermissionSet,
    /// The roles of the product that its holders may give and take; in their own organisation only where they hold it in
    /// one. In the order of [`Role::ALL`].
    pub may_grant: Vec<Role>,
}

/// Why a role cannot be defined so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TenantRoleError {
    /// The name cannot be one.
    #[error("{0}")]
    Name(TextError),
    /// Nothing is permitted.
    #[error("a role permits at least one thing")]
    PermissionsRequired,
    /// Something is permitted over the deployment, which no role of an institution does.
    #[error("{permission} is a right over the deployment, which no role of an institution gives")]
    OfDeployment {
        /// The permission.
        permission: Permission,
    },
    /// A role over the deployment is to be granted.
    #[error("the role {role} is held over the deployment, and not given in an institution")]
    GrantsOfDeployment {
        /// The role.
        role: Role,
    },
}

impl TenantRoleError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Name(error) => error.code(),
            Self::PermissionsRequired => "permissions_required",
            Self::OfDeployment { .. } => "permission_misplaced",
            Self::GrantsOfDeployment { .. } => "role_misplaced",
        }
    }

    /// The field concerned.
    pub const fn pointer(&self) -> &'static str {
        match self {
            Self::Name(_) => "/name",
            Self::PermissionsRequired | Self::OfDeployment { .. } => "/permissions",
            Self::GrantsOfDeployment { .. } => "/may_grant",
        }
    }
}

/// A role that an institution defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRole {
    /// What it gives.
    pub role: FurtherRole,
    /// The institution.
    pub tenant_id: TenantId,
    /// Its name, for people.
    pub name: String,
    /// Its version.
    pub version: Version,
}

impl TenantRole {
    /// A role as it is to be stored.
    ///
    /// # Errors
    /// Every rule that it breaks.
    pub fn define(
        mut role: FurtherRole,
        tenant_id: TenantId,
        name: &str,
        version: Version,
    ) -> Result<Self, Vec<TenantRoleError>> {
        let name = text::name(name, MAX_NAME).map_err(TenantRoleError::Name);
        let mut broken: Vec<_> = name.as_ref().err().copied().into_iter().collect();
        if role.permissions.is_empty() {
            broken.push(TenantRoleError::PermissionsRequired);
        }
        let misplaced = role
            .permissions
            .iter()
            .find(|permission| is_of_deployment(*permission));
        broken.extend(misplaced.map(|permission| TenantRoleError::OfDeployment { permission }));
        let granted = role
            .may_grant
            .iter()
            .copied()
            .find(|role| role.is_of_deployment());
        broken.extend(granted.map(|role| TenantRoleError::GrantsOfDeployment { role }));
        let given = std::mem::take(&mut role.may_grant);
        role.may_grant = Role::ALL
            .into_iter()
            .filter(|role| given.contains(role))
            .collect();
        match name {
            Ok(name) if broken.is_empty() => Ok(Self {
                role,
                tenant_id,
                name,
                version,
            }),
            Ok(_) | Err(_) => Err(broken),
        }
    }
}

/// Whether a permission means anything over the deployment alone.
fn is_of_deployment(permission: Permission) -> bool {
    let in_institutions = Role::ALL.into_iter().filter(|role| !role.is_of_deployment());
    !Role::permissions_of(in_institutions).contains(permission)
}

#[cfg(test)]
mod tests;
