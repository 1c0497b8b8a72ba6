//! The rules about people that a request can break.

use ipt_domain::{
    error::Violation,
    identity::{
        email::EmailError,
        password::PasswordError,
        role::{Role, RoleChangeRefusal},
        tenant_role::{RoleKey, RoleKeyError, TenantRoleError},
    },
    tenancy::institution::TenantCodeError,
    text::TextError,
};

use crate::zone::UnknownZone;

/// One broken rule about people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityViolation {
    /// The address has no form of one.
    #[error(transparent)]
    Email(EmailError),
    /// The name cannot be one.
    #[error("{0}")]
    FullName(TextError),
    /// The language is no BCP 47 tag.
    #[error("a language is named by its BCP 47 tag, such as en or sw")]
    Language,
    /// The password is refused.
    #[error("{error}{}", behind(.hint.as_deref()))]
    Password {
        /// Why.
        error: PasswordError,
        /// What would help.
        hint: Option<String>,
        /// The field.
        pointer: &'static str,
    },
    /// The code or token is wrong, was used or superseded, has run out, or was tried too often: it is never told which.
    #[error("this is not right, or not good any more; ask for another one")]
    InvalidCode {
        /// The field.
        pointer: &'static str,
    },
    /// The institution does not take registrations, or there is none with this code.
    #[error("no institution with this code takes registrations")]
    RegistrationClosed,
    /// The person exists and has a password of one's own.
    #[error("this person exists already and keeps the password; leave it out")]
    PasswordNotAllowed,
    /// No role is given.
    #[error("at least one role is needed")]
    RolesRequired,
    /// The institution defines no such role, and the product has none.
    #[error("there is no role {0} here")]
    RoleUnknown(RoleKey),
    /// The key of a role has no form of one.
    #[error(transparent)]
    RoleKey(RoleKeyError),
    /// Another role of the institution has this key.
    #[error("the institution has a role with this key already")]
    RoleKeyTaken,
    /// The role cannot be defined so.
    #[error(transparent)]
    RoleDefinition(TenantRoleError),
    /// A role is held over the deployment, or in an institution, and not here.
    #[error("the role {0} is not held there")]
    RoleMisplaced(Role),
    /// A role is held in an organisation, and none is named.
    #[error("the role {0} is held in an organisation, which must be named")]
    OrganisationRequired(Role),
    /// Several organisations are the caller's, and none is named.
    #[error("several organisations are yours; name one")]
    OrganisationAmbiguous,
    /// The institution has nothing to do with this organisation.
    #[error("there is no such organisation here")]
    OrganisationUnknown,
    /// The person has these roles here already.
    #[error("this person is a member already")]
    MembershipExists,
    /// The account belongs to another institution too.
    #[error("this person belongs to another institution too, and changes this only in person")]
    AccountShared {
        /// The field.
        pointer: &'static str,
    },
    /// A reason is missing.
    #[error("say why: this needs a reason with at least one visible character")]
    ReasonRequired,
    /// The reason cannot be one.
    #[error("{0}")]
    Reason(TextError),
    /// The institution must be named.
    #[error("this role is held in an institution, which must be named")]
    TenantRequired,
    /// The institution's code has no form of one.
    #[error(transparent)]
    TenantCode(TenantCodeError),
    /// The institution's name cannot be one.
    #[error("{0}")]
    TenantName(TextError),
    /// The institution's time zone is none.
    #[error(transparent)]
    Zone(UnknownZone),
}

impl IdentityViolation {
    /// What a refused change of roles breaks, where that is no matter of rights.
    pub(super) fn of_roles(refusal: RoleChangeRefusal) -> Result<Self, RoleChangeRefusal> {
        match refusal {
            RoleChangeRefusal::OwnRoles | RoleChangeRefusal::NotGrantable { .. } => Err(refusal),
            RoleChangeRefusal::Misplaced { role } => Ok(Self::RoleMisplaced(role)),
            RoleChangeRefusal::OrganisationRequired { role } => Ok(Self::OrganisationRequired(role)),
        }
    }
}

impl Violation for IdentityViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Email(error) => error.code(),
            Self::FullName(error) | Self::Reason(error) | Self::TenantName(error) => error.code(),
            Self::Language => "language_unknown",
            Self::Password { error, .. } => error.code(),
            Self::InvalidCode { .. } => "invalid_code",
            Self::RegistrationClosed => "registration_closed",
            Self::PasswordNotAllowed => "password_not_allowed",
            Self::RolesRequired => "roles_required",
            Self::RoleUnknown(_) => "role_unknown",
            Self::RoleKey(error) => error.code(),
            Self::RoleKeyTaken => "role_key_taken",
            Self::RoleDefinition(error) => error.code(),
            Self::RoleMisplaced(_) => "role_misplaced",
            Self::OrganisationRequired(_) | Self::OrganisationAmbiguous => "organisation_required",
            Self::OrganisationUnknown => "organisation_unknown",
            Self::MembershipExists => "membership_exists",
            Self::AccountShared { .. } => "account_shared",
            Self::ReasonRequired => "comments_required",
            Self::TenantRequired => "tenant_required",
            Self::TenantCode(error) => error.code(),
            Self::Zone(error) => error.code(),
        }
    }

    fn pointer(&self) -> &'static str {
        match self {
            Self::Email(_) | Self::MembershipExists => "/email",
            Self::FullName(_) => "/full_name",
            Self::Language => "/language",
            Self::PasswordNotAllowed => "/password",
            Self::RolesRequired | Self::RoleMisplaced(_) | Self::RoleUnknown(_) => "/roles",
            Self::RoleKey(_) | Self::RoleKeyTaken => "/key",
            Self::RoleDefinition(error) => error.pointer(),
            Self::OrganisationRequired(_) | Self::OrganisationAmbiguous | Self::OrganisationUnknown => {
                "/organisation_id"
            }
            Self::Password { pointer, .. }
            | Self::InvalidCode { pointer }
            | Self::AccountShared { pointer } => pointer,
            Self::ReasonRequired | Self::Reason(_) => "/reason",
            Self::RegistrationClosed | Self::TenantRequired | Self::TenantCode(_) => "/tenant",
            Self::TenantName(_) => "/tenant_name",
            Self::Zone(_) => "/timezone",
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::MembershipExists | Self::AccountShared { .. } | Self::RoleKeyTaken
        )
    }
}

/// A hint, where it stands behind a sentence.
fn behind(hint: Option<&str>) -> String {
    hint.map(|hint| format!(": {hint}")).unwrap_or_default()
}
