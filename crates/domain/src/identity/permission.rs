//! What a person may do, in one table.

use std::fmt;

/// A name that stands for no permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no permission has this name")]
pub struct UnknownPermission;

/// Declares the permissions with their names in the contract, in one table.
macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// A right that a use case names; the relation to the data is checked besides.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(try_from = "String", into = "&'static str")
        )]
        #[repr(u8)]
        pub enum Permission {
            $($(#[$doc])* $variant,)+
        }

        impl Permission {
            /// Every permission, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the contract (`logbook:write`).
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The permission with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

permissions! {
    /// Write and submit the own log.
    LogbookWrite = "logbook:write",
    /// Read the own log.
    LogbookReadOwn = "logbook:read_own",
    /// Verify, for industry, the logs of the students supervised.
    LogbookReviewIndustry = "logbook:review_industry",
    /// Validate, for the institution, the logs of the students supervised.
    LogbookReviewAcademic = "logbook:review_academic",
    /// Verify on evidence, resolve flags, void, reopen days.
    LogbookCoordinate = "logbook:coordinate",
    /// Read the placements in which one has a part.
    PlacementRead = "placement:read",
    /// Propose a placement.
    PlacementPropose = "placement:propose",
    /// Read, approve and change every placement of the institution.
    PlacementCoordinate = "placement:coordinate",
    /// Read the programmes.
    ProgrammeRead = "programme:read",
    /// Make and change programmes and their policies.
    ProgrammeManage = "programme:manage",
    /// Read the organisations.
    OrganisationRead = "organisation:read",
    /// Make and change organisations: an organisation's people their own, the institution's those it deals with.
    OrganisationManage = "organisation:manage",
    /// Verify an organisation for the institution.
    OrganisationVerify = "organisation:verify",
    /// Make and change workplaces.
    SiteManage = "site:manage",
    /// Read the published vacancies.
    VacancyRead = "vacancy:read",
    /// Make, publish and close vacancies.
    VacancyManage = "vacancy:manage",
    /// Apply, withdraw, accept and decline in one's own name.
    ApplicationWrite = "application:write",
    /// Shortlist, offer and reject.
    ApplicationDecide = "application:decide",
    /// Read the people of the institution.
    UserRead = "user:read",
    /// Add, change, disable and unlock people of the institution.
    UserManage = "user:manage",
    /// Read, add and change the people of one's own organisation only.
    UserManageInOrganisation = "user:manage_in_organisation",
    /// Read the sensitive particulars of the institution's people; each look is on record.
    UserReadPersonal = "user:read_personal",
    /// Read the institution's settings and calendar.
    TenantRead = "tenant:read",
    /// Change the institution's settings and calendar.
    TenantManage = "tenant:manage",
    /// Make, change and enter institutions.
    TenantManageAll = "tenant:manage_all",
    /// Read and verify the audit trail.
    AuditRead = "audit:read",
    /// See and retry failed background work.
    JobManage = "job:manage",
    /// The coordinators' dashboard, reports and exceptions.
    InsightCoordinator = "insight:coordinator",
    /// The supervisors' dashboard.
    InsightSupervisor = "insight:supervisor",
    /// The students' dashboard.
    InsightStudent = "insight:student",
    /// One's own notifications and preferences.
    NotificationOwn = "notification:own",
}

impl fmt::Display for Permission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl From<Permission> for &'static str {
    fn from(permission: Permission) -> Self {
        permission.as_str()
    }
}

impl TryFrom<String> for Permission {
    type Error = UnknownPermission;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::from_name(&name).ok_or(UnknownPermission)
    }
}

/// A set of permissions.
///
/// The bits follow the order of the table, which is no promise: a set is stored and sent by names, never by bits.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "Vec<Permission>", into = "Vec<Permission>")
)]
pub struct PermissionSet(u64);

impl PermissionSet {
    /// No permission.
    pub const EMPTY: Self = Self(0);

    /// A set of these.
    pub const fn of(permissions: &[Permission]) -> Self {
        let mut bits = 0;
        let mut rest = permissions;
        while let [first, others @ ..] = rest {
            bits |= bit(*first);
            rest = others;
        }
        Self(bits)
    }

    /// Whether `permission` is in it.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// Whether all of `other` is in it.
    pub const fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set with one more.
    #[must_use]
    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | bit(permission))
    }

    /// Whether there is none in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions in it, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .iter()
            .copied()
            .filter(move |permission| self.contains(*permission))
    }
}

/// The bit of a permission.
const fn bit(permission: Permission) -> u64 {
    1 << permission as u8
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.iter().map(Permission::as_str))
            .finish()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}

impl From<PermissionSet> for Vec<Permission> {
    fn from(set: PermissionSet) -> Self {
        set.iter().collect()
    }
}

#[cfg(test)]
mod tests;
