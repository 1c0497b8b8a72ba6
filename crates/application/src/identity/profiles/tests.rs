//! Tests of profiles and particulars.

use std::collections::BTreeMap;

use ipt_domain::identity::{
    personal::PersonalField,
    profile::{StaffProfile, StudentProfile},
    role::Role,
};
use ipt_ports::identity::OpenError;
use ipt_testkit::memory::PlainSealer;
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    ProfileChange, get,
    keys::{self, KeyState},
    particulars, reseal, update,
};
use crate::{Caller, Services, tests::World};

fn student(number: &str) -> ProfileChange {
    ProfileChange {
        student: Some(Some(StudentProfile {
            registration_number: Some(number.to_owned()),
            ..StudentProfile::default()
        })),
        ..ProfileChange::default()
    }
}

fn changing(whom: &Caller, change: ProfileChange) -> update::Command {
    update::Command {
        user: whom.user_id(),
        seen: None,
        change,
    }
}

fn values(whom: &Caller, values: &[(PersonalField, &str)]) -> particulars::update::Command {
    let changes = values
        .iter()
        .map(|(field, value)| (*field, Some(SecretString::from(*value))));
    particulars::update::Command {
        user: whom.user_id(),
        seen: None,
        changes: changes.collect::<BTreeMap<_, _>>(),
    }
}

fn people(world: &World) -> (Caller, Caller, Caller) {
    let caller = |name, role| world.caller(world.with_roles(name, &[role]));
    (
        caller("cora", Role::Coordinator),
        caller("asha", Role::Student),
        caller("neema", Role::UniversitySupervisor),
    )
}

fn with_keys(world: &World, current: &str, accepted: &[&str]) -> Services {
    Services {
        sealer: std::sync::Arc::new(PlainSealer::new(current, accepted)),
        ..world.services.clone()
    }
}

#[tokio::test]
async fn the_institution_says_what_makes_a_student_eligible_and_nobody_oneself() {
    let world = World::new();
    let (cora, asha, neema) = people(&world);
    let services = &world.services;
    let (kept, _) = update::execute(services, &cora, &changing(&asha, student("R-1")))
        .await
        .unwrap();
    assert_eq!(
        get::execute(services, &asha, asha.user_id()).await.unwrap().0,
        kept
    );
    for caller in [&asha, &neema] {
        let refusal = update::execute(services, caller, &changing(&asha, student("R-2"))).await;
        assert_eq!(refusal.unwrap_err().code(), "forbidden");
    }
    let staff = ProfileChange {
        supervisor: Some(Some(StaffProfile::default())),
        ..ProfileChange::default()
    };
    let refusal = update::execute(services, &asha, &changing(&asha, staff.clone())).await;
    assert_eq!(refusal.unwrap_err().code(), "profile_misplaced");
    update::execute(services, &neema, &changing(&neema, staff))
        .await
        .unwrap();
    let twin = world.caller(world.with_roles("twin", &[Role::Student]));
    let refusal = update::execute(services, &cora, &changing(&twin, student("R-1"))).await;
    assert_eq!(refusal.unwrap_err().code(), "registration_number_taken");
}

#[tokio::test]
async fn each_look_of_somebody_else_at_particulars_is_on_record() {
    let world = World::new();
    let (cora, asha, neema) = people(&world);
    let services = &world.services;
    let command = values(
        &asha,
        &[
            (PersonalField::Phone, "0712 345 678"),
            (PersonalField::HealthNotes, " "),
        ],
    );
    particulars::update::execute(services, &asha, &command)
        .await
        .unwrap();
    particulars::get::execute(services, &asha, asha.user_id())
        .await
        .unwrap();
    let looks = || {
        world
            .state()
            .deeds()
            .iter()
            .filter(|deed| **deed == "identity.read_particulars")
            .count()
    };
    assert_eq!(looks(), 0);
    let seen = particulars::get::execute(services, &cora, asha.user_id())
        .await
        .unwrap();
    assert_eq!(seen.known[&PersonalField::Phone].expose_secret(), "0712345678");
    assert_eq!((seen.known.len(), looks()), (1, 1));
    let refusal = particulars::get::execute(services, &neema, asha.user_id()).await;
    assert_eq!((refusal.unwrap_err().code(), looks()), ("forbidden", 1));
    let wrong = values(&asha, &[(PersonalField::BirthDate, "2030-01-01")]);
    let refusal = particulars::update::execute(services, &asha, &wrong).await;
    assert_eq!(refusal.unwrap_err().code(), "birth_date_invalid");
}

#[tokio::test]
async fn values_under_a_lost_key_stay_and_are_sealed_anew_when_it_is_back() {
    let world = World::new();
    let (_, asha, _) = people(&world);
    let all = [
        (PersonalField::Phone, "0712345678"),
        (PersonalField::NationalId, "A-1"),
    ];
    particulars::update::execute(&world.services, &asha, &values(&asha, &all))
        .await
        .unwrap();
    let lost = with_keys(&world, "two", &[]);
    let seen = particulars::get::execute(&lost, &asha, asha.user_id())
        .await
        .unwrap();
    assert!(seen.known.is_empty());
    assert!(matches!(
        seen.unreadable[&PersonalField::Phone],
        OpenError::KeyMissing { .. }
    ));
    let states = keys::execute(&lost)
        .await
        .unwrap()
        .into_values()
        .collect::<Vec<_>>();
    assert_eq!(states, [(KeyState::Missing, 2), (KeyState::Current, 0)]);
    let progress = reseal::execute(&lost, |_| {}).await.unwrap();
    assert_eq!((progress.resealed, progress.unreadable), (0, 2));
    let mut told = Vec::new();
    let progress = reseal::execute(&with_keys(&world, "two", &["one"]), |so_far| {
        told.push(so_far.resealed);
    })
    .await;
    assert_eq!((progress.unwrap().resealed, told.last()), (2, Some(&2)));
    let seen = particulars::get::execute(&lost, &asha, asha.user_id())
        .await
        .unwrap();
    assert_eq!((seen.known.len(), seen.unreadable.len()), (2, 0));
}
