//! Roles: named sets of permissions.

use std::fmt;

pub use super::grant::{
    HeldRole, RoleChange, RoleChangeRefusal, Roles, check_role_change, excess, may_grant, may_grant_further,
};
use crate::identity::permission::{Permission as P, PermissionSet};

/// What a person is in an institution (the table of rules for people and access).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Role {
    /// Does the training: own profile, applications, placement, log, portfolio.
    Student,
    /// Of the company: reviews and assesses the students placed with them.
    IndustrialSupervisor,
    /// Of the university: validates, assesses and grades the students assigned to them.
    UniversitySupervisor,
    /// Keeps an organisation's profile, sites, vacancies and supervisors.
    OrganisationAdmin,
    /// Keeps the institution's programmes, placements, people, queues and reports.
    Coordinator,
    /// Keeps the institution's settings, calendar, people, integrations and audit.
    TenantAdmin,
    /// Keeps the institutions of the deployment; enters one only with a recorded reason.
    Superadmin,
}

/// What everybody who belongs to an institution has.
const MEMBER: PermissionSet = PermissionSet::of(&[P::TenantRead, P::NotificationOwn]);

const STUDENT: PermissionSet = MEMBER.union(PermissionSet::of(&[
    P::LogbookWrite,
    P::LogbookReadOwn,
    P::PlacementRead,
    P::PlacementPropose,
    P::ProgrammeRead,
    P::OrganisationRead,
    P::VacancyRead,
    P::ApplicationWrite,
    P::InsightStudent,
]));

/// What both kinds of supervisors have.
const SUPERVISOR: PermissionSet = MEMBER.union(PermissionSet::of(&[
    P::PlacementRead,
    P::ProgrammeRead,
    P::OrganisationRead,
    P::VacancyRead,
    P::InsightSupervisor,
]));

const ORGANISATION_ADMIN: PermissionSet = MEMBER.union(PermissionSet::of(&[
    P::ProgrammeRead,
    P::OrganisationRead,
    P::OrganisationManage,
    P::SiteManage,
    P::VacancyRead,
    P::VacancyManage,
    P::ApplicationDecide,
    P::UserManageInOrganisation,
]));

const COORDINATOR: PermissionSet = MEMBER.union(PermissionSet::of(&[
    P::LogbookCoordinate,
    P::PlacementRead,
    P::PlacementPropose,
    P::PlacementCoordinate,
    P::ProgrammeRead,
    P::ProgrammeManage,
    P::OrganisationRead,
    P::OrganisationManage,
    P::OrganisationVerify,
    P::SiteManage,
    P::VacancyRead,
    P::VacancyManage,
    P::ApplicationDecide,
    P::UserRead,
    P::UserManage,
    P::UserManageInOrganisation,
    P::UserReadPersonal,
    P::InsightCoordinator,
]));

/// An administrator can do what a coordinator can: nobody is left with a task that no role may do.
const TENANT_ADMIN: PermissionSet =
    COORDINATOR.union(PermissionSet::of(&[P::TenantManage, P::AuditRead, P::JobManage]));

/// The deployment alone; nothing of an institution before it is entered.
const SUPERADMIN: PermissionSet =
    PermissionSet::of(&[P::TenantManageAll, P::AuditRead, P::JobManage, P::NotificationOwn]);

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 7] = [
        Self::Student,
        Self::IndustrialSupervisor,
        Self::UniversitySupervisor,
        Self::OrganisationAdmin,
        Self::Coordinator,
        Self::TenantAdmin,
        Self::Superadmin,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::IndustrialSupervisor => "industrial_supervisor",
            Self::UniversitySupervisor => "university_supervisor",
            Self::OrganisationAdmin => "organisation_admin",
            Self::Coordinator => "coordinator",
            Self::TenantAdmin => "tenant_admin",
            Self::Superadmin => "superadmin",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What it permits: in the institution of the membership; a superadmin's, over the deployment alone.
    pub const fn permissions(self) -> PermissionSet {
        match self {
            Self::Student => STUDENT,
            Self::IndustrialSupervisor => SUPERVISOR.with(P::LogbookReviewIndustry),
            Self::UniversitySupervisor => SUPERVISOR.with(P::LogbookReviewAcademic),
            Self::OrganisationAdmin => ORGANISATION_ADMIN,
            Self::Coordinator => COORDINATOR,
            Self::TenantAdmin => TENANT_ADMIN,
            Self::Superadmin => SUPERADMIN,
        }
    }

    /// What it permits in an institution that was entered with a recorded reason: a superadmin acts there as its
    /// administrator. Nobody else enters an institution, so others have nothing.
    pub const fn permissions_when_entered(self) -> PermissionSet {
        match self {
            Self::Superadmin => TENANT_ADMIN,
            Self::Student
            | Self::IndustrialSupervisor
            | Self::UniversitySupervisor
            | Self::OrganisationAdmin
            | Self::Coordinator
            | Self::TenantAdmin => PermissionSet::EMPTY,
        }
    }

    /// The roles that its holder may give and take; an organisation's administrator in that organisation only.
    pub const fn may_grant(self) -> &'static [Self] {
        match self {
            Self::Student | Self::IndustrialSupervisor | Self::UniversitySupervisor => &[],
            Self::OrganisationAdmin => &[Self::IndustrialSupervisor, Self::OrganisationAdmin],
            Self::Coordinator => &[
                Self::Student,
                Self::IndustrialSupervisor,
                Self::UniversitySupervisor,
                Self::OrganisationAdmin,
                Self::Coordinator,
            ],
            Self::TenantAdmin => &[
                Self::Student,
                Self::IndustrialSupervisor,
                Self::UniversitySupervisor,
                Self::OrganisationAdmin,
                Self::Coordinator,
                Self::TenantAdmin,
            ],
            Self::Superadmin => &Self::ALL,
        }
    }

    /// Whether it is held in an organisation, so that a membership with it names one.
    pub const fn needs_organisation(self) -> bool {
        matches!(self, Self::IndustrialSupervisor | Self::OrganisationAdmin)
    }

    /// Whether it is held over the deployment, in no institution.
    pub const fn is_of_deployment(self) -> bool {
        matches!(self, Self::Superadmin)
    }

    /// What several roles permit together.
    pub fn permissions_of(roles: impl IntoIterator<Item = Self>) -> PermissionSet {
        roles
            .into_iter()
            .fold(PermissionSet::EMPTY, |all, role| all.union(role.permissions()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
