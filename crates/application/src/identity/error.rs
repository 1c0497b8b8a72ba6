//! Why a use case about people fails.

use ipt_domain::identity::{
    permission::Permission,
    role::{Role, RoleChangeRefusal},
};
use ipt_ports::{
    Constraint, RepositoryError,
    blob_store::BlobError,
    identity::{PasswordHashError, SealError, TokenError},
};

use crate::{
    access::Denied,
    concurrency::{LostRace, StaleVersion, code_of},
    rules::BrokenRules,
};

/// Why a use case about people fails.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The address, the password or the institution is not right, or the account is locked or disabled: it is never told
    /// which.
    #[error("the mail address or the password is not right")]
    InvalidCredentials,
    /// The password is right, and the address was never verified.
    #[error("the mail address must be verified before the first sign-in")]
    EmailNotVerified,
    /// The access or refresh token is unknown, has run out, or its session has ended.
    #[error("the token is not valid any more; sign in again")]
    InvalidToken,
    /// There is no such institution for this person.
    #[error("there is no such institution")]
    TenantNotFound,
    /// There is no such session of this person, or it has ended.
    #[error("there is no such session")]
    SessionNotFound,
    /// There is no such person in this institution.
    #[error("there is no such user")]
    UserNotFound,
    /// There is no such copy of data, or it cannot be fetched (any more).
    #[error("there is no such copy of data, or it cannot be fetched any more")]
    ExportNotFound,
    /// The store of files failed.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// A permission is missing.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such role in this institution.
    #[error("there is no such role")]
    RoleNotFound,
    /// A role would have more than the caller may give.
    #[error("the role has more than you may give: {}", excess_told(.permissions, .roles))]
    RoleExceeds {
        /// Permissions of no role that the caller may grant.
        permissions: Vec<Permission>,
        /// Roles that the caller may not grant.
        roles: Vec<Role>,
    },
    /// A role cannot be removed while anybody holds it.
    #[error("{people} people hold this role")]
    RoleInUse {
        /// How many.
        people: u64,
    },
    /// The roles in question are not the caller's to give or take, or are the caller's own.
    #[error(transparent)]
    Roles(RoleChangeRefusal),
    /// The person was changed in the meantime.
    #[error(transparent)]
    Stale(#[from] StaleVersion),
    /// Rules are broken.
    #[error(transparent)]
    Rules(#[from] BrokenRules),
    /// Hashing failed, or too many passwords are waiting.
    #[error(transparent)]
    Hashing(#[from] PasswordHashError),
    /// A token could not be signed.
    #[error(transparent)]
    Signing(TokenError),
    /// A sensitive value could not be sealed.
    #[error(transparent)]
    Sealing(#[from] SealError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl IdentityError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidCredentials => "invalid_credentials",
            Self::EmailNotVerified => "email_not_verified",
            Self::InvalidToken => "invalid_token",
            Self::TenantNotFound
            | Self::SessionNotFound
            | Self::UserNotFound
            | Self::RoleNotFound
            | Self::ExportNotFound => "not_found",
            Self::Denied(denied) => denied.code(),
            Self::Roles(_) | Self::RoleExceeds { .. } => "forbidden",
            Self::RoleInUse { .. } => "role_in_use",
            Self::Stale(stale) => stale.code(),
            Self::Rules(rules) => rules.code(),
            Self::Hashing(PasswordHashError::Busy) | Self::Blob(_) => "unavailable",
            Self::Hashing(PasswordHashError::Failed(_)) | Self::Signing(_) | Self::Sealing(_) => "internal",
            Self::Repository(error) => code_of(error),
        }
    }

    /// The refusal of somebody who lacks `permission`.
    pub(super) const fn denied(permission: Permission) -> Self {
        Self::Denied(Denied { permission })
    }
}

/// What a role has too much, in words.
fn excess_told(permissions: &[Permission], roles: &[Role]) -> String {
    let permissions = permissions.iter().map(|permission| permission.as_str());
    let roles = roles.iter().map(|role| role.as_str());
    permissions.chain(roles).collect::<Vec<_>>().join(", ")
}

impl LostRace for IdentityError {
    /// Somebody else changed the person, or made the account, the membership or the code, in the meantime.
    fn is_lost_race(&self) -> bool {
        matches!(
            self,
            Self::Repository(
                RepositoryError::Stale
                    | RepositoryError::Conflict(
                        Constraint::UserEmail
                            | Constraint::Membership
                            | Constraint::MailedSecret
                            | Constraint::DataExport
                            | Constraint::TenantCode
                            | Constraint::RoleKey
                            | Constraint::Reference
                    )
            )
        )
    }
}
