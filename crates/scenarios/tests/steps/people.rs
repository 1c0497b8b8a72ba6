//! The people of the scenarios.

use std::str::FromStr;

use cucumber::Parameter;
use ipt_domain::{
    id::{OrganisationId, TenantId, UserId},
    identity::role::Role,
    placement::supervisor::Candidate,
};
use uuid::Uuid;

/// Somebody, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Parameter)]
#[param(
    name = "person",
    regex = "Asha|Juma|Rehema|Dr Neema|Dr Salim|Zawadi|Baraka|Mwangi|Omari"
)]
pub(crate) enum Person {
    /// The student.
    Asha,
    /// The industrial supervisor.
    Juma,
    /// Another industrial supervisor of the company.
    Rehema,
    /// The university supervisor.
    Neema,
    /// Another university supervisor.
    Salim,
    /// A coordinator.
    Zawadi,
    /// Another coordinator.
    Baraka,
    /// Student and supervisor on other placements.
    Mwangi,
    /// A coordinator of another university.
    Omari,
}

/// The university of the scenarios.
pub(crate) const HERE: TenantId = TenantId::new(Uuid::from_u128(900));
const ELSEWHERE: TenantId = TenantId::new(Uuid::from_u128(901));
/// The company of the scenarios.
pub(crate) const COMPANY: OrganisationId = OrganisationId::new(Uuid::from_u128(800));

impl FromStr for Person {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "Asha" => Ok(Self::Asha),
            "Juma" => Ok(Self::Juma),
            "Rehema" => Ok(Self::Rehema),
            "Dr Neema" => Ok(Self::Neema),
            "Dr Salim" => Ok(Self::Salim),
            "Zawadi" => Ok(Self::Zawadi),
            "Baraka" => Ok(Self::Baraka),
            "Mwangi" => Ok(Self::Mwangi),
            "Omari" => Ok(Self::Omari),
            _ => Err(format!("nobody is called {name}")),
        }
    }
}

impl Person {
    /// Everybody.
    const ALL: [Self; 9] = [
        Self::Asha,
        Self::Juma,
        Self::Rehema,
        Self::Neema,
        Self::Salim,
        Self::Zawadi,
        Self::Baraka,
        Self::Mwangi,
        Self::Omari,
    ];

    /// Whose id it is.
    pub(crate) fn with_id(id: UserId) -> Option<Self> {
        Self::ALL.into_iter().find(|person| person.id() == id)
    }

    pub(crate) const fn id(self) -> UserId {
        UserId::new(Uuid::from_u128(self as u128 + 1))
    }

    pub(crate) const fn institution(self) -> TenantId {
        match self {
            Self::Omari => ELSEWHERE,
            Self::Asha
            | Self::Juma
            | Self::Rehema
            | Self::Neema
            | Self::Salim
            | Self::Zawadi
            | Self::Baraka
            | Self::Mwangi => HERE,
        }
    }

    pub(crate) const fn roles(self) -> &'static [Role] {
        match self {
            Self::Asha => &[Role::Student],
            Self::Juma | Self::Rehema => &[Role::IndustrialSupervisor],
            Self::Neema | Self::Salim => &[Role::UniversitySupervisor],
            Self::Zawadi | Self::Baraka => &[Role::Coordinator],
            Self::Mwangi => &[
                Role::Student,
                Role::IndustrialSupervisor,
                Role::UniversitySupervisor,
            ],
            Self::Omari => &[
                Role::Coordinator,
                Role::IndustrialSupervisor,
                Role::UniversitySupervisor,
                Role::Student,
            ],
        }
    }

    /// What is known of the person as a supervisor.
    pub(crate) fn candidate(self) -> Candidate {
        let supervises = self
            .roles()
            .iter()
            .any(|role| matches!(role, Role::IndustrialSupervisor | Role::UniversitySupervisor));
        Candidate {
            user_id: self.id(),
            holds_role: supervises,
            organisation_id: Some(COMPANY),
        }
    }
}
