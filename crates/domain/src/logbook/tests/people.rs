//! The people around the placement P, and some who have nothing to do with it.

use uuid::Uuid;

use super::fixtures::HERE;
use crate::{
    actor::Actor,
    id::{TenantId, UserId},
    identity::{permission::PermissionSet, role::Role},
};

/// Somebody with roles in one institution. The same number with other roles is the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Person {
    number: u128,
    roles: &'static [Role],
    institution: u128,
}

const ELSEWHERE: u128 = 901;

const fn person(number: u128, roles: &'static [Role]) -> Person {
    Person::with_roles(number, roles)
}

/// The student of P.
pub(super) const STUDENT: Person = person(1, &[Role::Student]);
/// The industrial supervisor of P.
pub(super) const INDUSTRIAL: Person = person(2, &[Role::IndustrialSupervisor]);
/// The university supervisor of P.
pub(super) const UNIVERSITY: Person = person(3, &[Role::UniversitySupervisor]);
/// A coordinator of the institution.
pub(super) const COORDINATOR: Person = person(4, &[Role::Coordinator]);
/// Another coordinator.
pub(super) const SECOND_COORDINATOR: Person = person(5, &[Role::Coordinator]);
/// Another industrial supervisor of the company, who follows the first one in some tests.
pub(super) const SUCCESSOR: Person = person(6, &[Role::IndustrialSupervisor]);
/// Who acts for the industrial supervisor, all through July, where the world says so.
pub(super) const INDUSTRIAL_DELEGATE: Person = person(7, &[Role::IndustrialSupervisor]);
/// Who acts for the university supervisor, all through July, where the world says so.
pub(super) const ACADEMIC_DELEGATE: Person = person(8, &[Role::UniversitySupervisor]);
/// Student and supervisor on both sides, on other placements of the institution.
pub(super) const STRANGER: Person = person(
    9,
    &[
        Role::Student,
        Role::IndustrialSupervisor,
        Role::UniversitySupervisor,
    ],
);
/// Everything, in another institution.
pub(super) const FOREIGNER: Person = Person {
    number: 10,
    roles: &[
        Role::Student,
        Role::IndustrialSupervisor,
        Role::UniversitySupervisor,
        Role::Coordinator,
    ],
    institution: ELSEWHERE,
};
/// The student of P, who is a coordinator as well.
pub(super) const STUDENT_WHO_COORDINATES: Person = person(1, &[Role::Student, Role::Coordinator]);
/// The industrial supervisor of P, who is a coordinator as well.
pub(super) const INDUSTRIAL_WHO_COORDINATES: Person =
    person(2, &[Role::IndustrialSupervisor, Role::Coordinator]);
/// The university supervisor of P, who is a coordinator as well.
pub(super) const UNIVERSITY_WHO_COORDINATES: Person =
    person(3, &[Role::UniversitySupervisor, Role::Coordinator]);

impl Person {
    pub(super) const fn with_roles(number: u128, roles: &'static [Role]) -> Self {
        Self {
            number,
            roles,
            institution: HERE,
        }
    }

    pub(super) const fn id(self) -> UserId {
        UserId::new(Uuid::from_u128(self.number))
    }

    pub(super) fn actor(self) -> Actor {
        let institution = TenantId::new(Uuid::from_u128(self.institution));
        let grants = vec![(institution, Role::permissions_of(self.roles.iter().copied()))];
        Actor::new(self.id(), Some(institution), grants, PermissionSet::EMPTY)
    }
}
