//! What institutions keep of their people.

use std::collections::BTreeMap;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::{
        personal::PersonalField,
        profile::{GradeAverage, Profile, StaffProfile, StudentProfile},
        role::Role,
    },
};
use ipt_ports::{
    Constraint, RepositoryError, Scope, SystemScope,
    identity::{KeyId, Place, Sealed},
};

use crate::support::{Fixture, on_every_database};

async fn member(fixture: &Fixture, tenant: TenantId, name: &str) -> UserId {
    let email = format!("m{}@example.org", fixture.id::<UserId>());
    let user = fixture.account(name, &email).await;
    let membership = fixture.new_membership(user, Some(tenant), None, &[Role::Student]);
    let mut unit = fixture.begin(Scope::tenant(tenant)).await;
    unit.people().save_membership(&membership, None).await.unwrap();
    unit.commit().await.unwrap();
    user
}

fn student(tenant: TenantId, user: UserId, number: &str) -> Profile {
    Profile {
        student: Some(StudentProfile {
            registration_number: Some(number.to_owned()),
            year_of_study: Some(3),
            grade_average: GradeAverage::parse("3.75"),
            programme_id: None,
        }),
        ..Profile::empty(tenant, user)
    }
}

async fn save(fixture: &Fixture, profile: &Profile) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(Scope::tenant(profile.tenant_id)).await;
    let trail = fixture.trail(Some(profile.tenant_id), "identity.update_profile");
    unit.profiles().save_profile(profile, Some(&trail)).await?;
    unit.commit().await
}

async fn stored(fixture: &Fixture, scope: Scope, tenant: TenantId, user: UserId) -> Option<Profile> {
    fixture
        .read(scope)
        .await
        .profiles()
        .profile(tenant, user)
        .await
        .unwrap()
}

fn sealed(key: &str, text: &str) -> Sealed {
    Sealed {
        key_id: KeyId::new(key.to_owned()),
        text: text.to_owned(),
    }
}

async fn keep(fixture: &Fixture, tenant: TenantId, user: UserId, values: &[(PersonalField, Option<Sealed>)]) {
    let changes: BTreeMap<_, _> = values.iter().cloned().collect();
    let trail = fixture.trail(Some(tenant), "identity.update_particulars");
    let mut unit = fixture.begin(Scope::tenant(tenant)).await;
    unit.profiles()
        .save_particulars((tenant, user), &changes, &trail)
        .await
        .unwrap();
    unit.commit().await.unwrap();
}

on_every_database! {
    async fn a_profile_comes_back_as_it_was_stored_and_is_replaced(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = member(fixture, tenant, "Asha").await;
        assert_eq!(stored(fixture, Scope::tenant(tenant), tenant, user).await, None);
        let first = student(tenant, user, "2026-04-1234");
        save(fixture, &first).await.unwrap();
        assert_eq!(stored(fixture, Scope::tenant(tenant), tenant, user).await, Some(first.clone()));
        let staff = StaffProfile {
            title: Some("Lecturer".to_owned()), department: None, expertise: vec!["PLC".to_owned(), "Öl".to_owned()],
        };
        let other = Profile { student: None, supervisor: Some(staff), coordinator: Some(StaffProfile::default()), ..first };
        save(fixture, &other).await.unwrap();
        assert_eq!(stored(fixture, Scope::tenant(tenant), tenant, user).await, Some(other));
    }

    async fn a_registration_number_is_one_students_in_an_institution(fixture: &Fixture) {
        let (here, there) = (fixture.institution("udsm").await, fixture.institution("sua").await);
        let (one, other) = (member(fixture, here, "One").await, member(fixture, here, "Other").await);
        let stranger = member(fixture, there, "Stranger").await;
        save(fixture, &student(here, one, "T-1234/ä")).await.unwrap();
        let refused = save(fixture, &student(here, other, "t-1234/Ä")).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::RegistrationNumber))), "{refused:?}");
        save(fixture, &student(there, stranger, "T-1234/ä")).await.unwrap();
        save(fixture, &student(here, one, "T-1234/ä")).await.unwrap();
        for user in [one, other] {
            let without = Profile { student: Some(StudentProfile::default()), ..Profile::empty(here, user) };
            save(fixture, &without).await.unwrap();
        }
    }

    async fn sealed_values_are_kept_one_by_one_and_taken_away(fixture: &Fixture) {
        let tenant = fixture.institution("udsm").await;
        let user = member(fixture, tenant, "Asha").await;
        let (phone, id) = (sealed("k1", "AAAA"), sealed("k1", "BBBB"));
        keep(fixture, tenant, user, &[(PersonalField::Phone, Some(phone)), (PersonalField::NationalId, Some(id.clone()))]).await;
        let anew = sealed("k2", "CCCC");
        keep(fixture, tenant, user, &[(PersonalField::Phone, Some(anew.clone())), (PersonalField::BirthDate, None)]).await;
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        let found = reader.profiles().particulars(tenant, user).await.unwrap();
        assert_eq!(found, BTreeMap::from([(PersonalField::Phone, anew), (PersonalField::NationalId, id)]));
        drop(reader);
        keep(fixture, tenant, user, &[(PersonalField::Phone, None)]).await;
        let mut reader = fixture.read(Scope::tenant(tenant)).await;
        assert_eq!(reader.profiles().particulars(tenant, user).await.unwrap().len(), 1);
    }

    async fn values_under_other_keys_are_found_in_batches_and_sealed_anew(fixture: &Fixture) {
        let mut places = Vec::new();
        for code in ["udsm", "sua"] {
            let tenant = fixture.institution(code).await;
            for name in ["One", "Two"] {
                let user = member(fixture, tenant, name).await;
                let values = [PersonalField::Phone, PersonalField::HealthNotes].map(|field| (field, Some(sealed("old", "OOOO"))));
                keep(fixture, tenant, user, &values).await;
                places.extend(values.map(|(field, _)| Place { tenant_id: tenant, user_id: user, field }));
            }
        }
        keep(fixture, places[0].tenant_id, places[0].user_id, &[(PersonalField::NationalId, Some(sealed("new", "NNNN")))]).await;
        let operator = Scope::System(SystemScope::Operator);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let mut unit = fixture.begin(operator.clone()).await;
            let found = unit.profiles().sealed_otherwise(&KeyId::new("new".to_owned()), after, 3).await.unwrap();
            let Some((last, _)) = found.last() else { break };
            after = Some(*last);
            for (place, before) in &found {
                assert!(unit.profiles().reseal(*place, before, &sealed("new", "N2")).await.unwrap());
                assert!(!unit.profiles().reseal(*place, before, &sealed("new", "N3")).await.unwrap());
            }
            unit.commit().await.unwrap();
            seen.extend(found.into_iter().map(|(place, _)| place));
        }
        seen.sort();
        places.sort();
        assert_eq!(seen, places);
        let mut reader = fixture.read(operator).await;
        let counted = reader.profiles().sealed_by_key().await.unwrap();
        assert_eq!(counted, BTreeMap::from([(KeyId::new("new".to_owned()), 9)]));
    }

    async fn another_institutions_profiles_do_not_exist(fixture: &Fixture) {
        let (here, there) = (fixture.institution("udsm").await, fixture.institution("sua").await);
        let user = member(fixture, there, "Stranger").await;
        save(fixture, &student(there, user, "T-1")).await.unwrap();
        keep(fixture, there, user, &[(PersonalField::Phone, Some(sealed("k", "AAAA")))]).await;
        assert_eq!(stored(fixture, Scope::tenant(here), there, user).await, None);
        let mut unit = fixture.begin(Scope::tenant(here)).await;
        assert!(unit.profiles().particulars(there, user).await.unwrap().is_empty());
        assert!(unit.profiles().sealed_by_key().await.unwrap().is_empty());
        assert!(unit.profiles().save_profile(&student(there, user, "T-2"), None).await.is_err());
        assert!(unit.profiles().delete_profile(there, user).await.is_err());
        drop(unit);
        let mut unit = fixture.begin(Scope::tenant(there)).await;
        unit.profiles().delete_profile(there, user).await.unwrap();
        assert_eq!(unit.profiles().profile(there, user).await.unwrap(), None);
        assert!(unit.profiles().particulars(there, user).await.unwrap().is_empty());
    }
}
