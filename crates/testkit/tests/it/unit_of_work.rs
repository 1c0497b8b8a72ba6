//! Transactions: alone in writing, all or nothing, and readers that see one moment.

use std::task::Poll;

use futures_util::poll;
use ipt_domain::{
    identity::name::PersonName, placement::organisation::OrganisationRelation, version::Version,
};
use ipt_ports::{Constraint, Database as _, RepositoryError};
use ipt_testkit::builders;

use crate::support::{Stage, WORKER, local};

#[tokio::test]
async fn what_is_not_committed_never_happened() {
    let stage = Stage::new().await;
    let decision = stage
        .submission(stage.world.placement, "07-06", local("07-06 17:00"))
        .await;
    let (records, messages) = (
        stage.database.audit_records().len(),
        stage.database.messages().len(),
    );
    let mut work = stage.begin().await;
    work.logbook()
        .save(&decision, &[], &stage.world.trail("logbook.submit"))
        .await
        .unwrap();
    assert!(work.logbook().log(decision.entry.id()).await.unwrap().is_some());
    drop(work);
    assert!(
        stage
            .read()
            .await
            .logbook()
            .log(decision.entry.id())
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        (
            stage.database.audit_records().len(),
            stage.database.messages().len()
        ),
        (records, messages)
    );
}

#[tokio::test]
async fn a_reader_sees_what_was_committed_when_it_was_opened() {
    let stage = Stage::new().await;
    let mut early = stage.read().await;
    let id = stage.submit("07-06", local("07-06 17:00")).await;
    assert!(early.logbook().log(id).await.unwrap().is_none());
    assert!(stage.read().await.logbook().log(id).await.unwrap().is_some());
}

#[tokio::test]
async fn a_second_unit_of_work_begins_when_the_first_has_ended() {
    let stage = Stage::new().await;
    let first = stage.begin().await;
    let mut second = Box::pin(stage.database.begin(WORKER));
    assert!(matches!(poll!(&mut second), Poll::Pending));
    drop(first);
    let second = second.await.unwrap();
    second.commit().await.unwrap();
}

#[tokio::test]
async fn after_a_broken_constraint_nothing_of_the_transaction_is_kept() {
    let stage = Stage::new().await;
    let twin = stage.world.id();
    let mut work = stage.database.begin(WORKER).await.unwrap();
    let other = builders::institution(stage.world.id(), "ardhi");
    work.tenancy()
        .save_institution(&other, None, &stage.world.trail("tenant.create"))
        .await
        .unwrap();
    let same_code = builders::institution(twin, "udsm");
    let refused = work
        .tenancy()
        .save_institution(&same_code, None, &stage.world.trail("tenant.create"))
        .await;
    assert!(matches!(
        refused,
        Err(RepositoryError::Conflict(Constraint::TenantCode))
    ));
    assert!(matches!(work.commit().await, Err(RepositoryError::Backend(_))));
    let found = stage
        .database
        .read(WORKER)
        .await
        .unwrap()
        .tenancy()
        .institution(other.id())
        .await
        .unwrap();
    assert_eq!(found, None);
}

#[tokio::test]
async fn so_many_races_are_lost_as_a_test_asks_for() {
    let stage = Stage::new().await;
    stage.database.lose_races(1);
    let institution = builders::institution(stage.world.tenant, "udsm")
        .renamed("Chuo Kikuu")
        .unwrap();
    for lost in [true, false] {
        let mut work = stage.begin().await;
        let trail = stage.world.trail("tenant.rename");
        let saved = work
            .tenancy()
            .save_institution(&institution, Some(Version::FIRST), &trail)
            .await;
        assert_eq!(matches!(saved, Err(RepositoryError::Stale)), lost);
        assert_eq!(saved.is_err(), lost);
    }
}

#[tokio::test]
async fn who_begins_a_relation_can_lose_a_race_too() {
    let stage = Stage::new().await;
    let other = stage.world.id();
    stage.world.add_institution(other, "ardhi").await;
    stage.database.lose_races(1);
    let since = local("07-06 17:00");
    let relation = OrganisationRelation::begin(other, stage.world.organisation, since);
    for lost in [true, false] {
        let mut work = stage.database.begin(WORKER).await.unwrap();
        let trail = stage.world.trail("organisation.begin");
        let saved = work.placement().save_relation(&relation, None, &trail).await;
        assert_eq!(matches!(saved, Err(RepositoryError::Stale)), lost);
        assert_eq!(saved.is_err(), lost);
    }
}

#[tokio::test]
async fn who_writes_looks_at_the_placements_of_a_student_that_is_held_only() {
    let stage = Stage::new().await;
    let (tenant, student) = (stage.world.tenant, stage.world.student);
    let mut work = stage.begin().await;
    let unheld = work.placement().neighbours(tenant, student).await;
    assert!(matches!(unheld, Err(RepositoryError::Backend(_))));
    work.placement()
        .hold_student(tenant, stage.world.coordinator)
        .await
        .unwrap();
    assert!(work.placement().neighbours(tenant, student).await.is_err());
    work.placement().hold_student(tenant, student).await.unwrap();
    let beside = work.placement().neighbours(tenant, student).await.unwrap();
    let mut reader = stage.read().await;
    assert_eq!(
        reader.placement().neighbours(tenant, student).await.unwrap(),
        beside
    );
}

#[tokio::test]
async fn a_person_is_erased_by_a_system_only() {
    let stage = Stage::new().await;
    let (name, replacement) = (
        PersonName::parse("Asha Mushi").unwrap(),
        PersonName::parse("Nobody").unwrap(),
    );
    let student = stage.world.student;
    let mut work = stage.begin().await;
    let refused = work.people().erase_person(student, &name, &replacement).await;
    assert!(matches!(refused, Err(RepositoryError::Backend(_))));
    drop(work);
    let mut work = stage.database.begin(WORKER).await.unwrap();
    work.people()
        .erase_person(student, &name, &replacement)
        .await
        .unwrap();
}

#[tokio::test]
async fn units_of_work_and_readers_are_open_until_they_end() {
    let stage = Stage::new().await;
    assert_eq!(stage.database.open_now(), 0);
    let reader = stage.read().await;
    let work = stage.begin().await;
    assert_eq!(stage.database.open_now(), 2);
    work.commit().await.unwrap();
    assert_eq!(stage.database.open_now(), 1);
    drop(reader);
    assert_eq!(stage.database.open_now(), 0);
}

#[tokio::test]
async fn somebody_else_has_the_right_to_link_as_long_as_a_test_says_so() {
    let stage = Stage::new().await;
    for is_taken in [true, false] {
        stage.database.set_linking_taken(is_taken);
        let mut work = stage.database.begin(WORKER).await.unwrap();
        assert_eq!(work.chain().take_linking().await.unwrap(), !is_taken);
    }
}
