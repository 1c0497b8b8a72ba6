//! Codes and tokens that went out by mail.

use chrono::TimeDelta;
use futures_util::future::join_all;
use ipt_domain::{
    Instant,
    id::UserId,
    identity::mailed_secret::{MailPace, MailedSecret, SecretPurpose},
    version::Version,
};
use ipt_ports::{Constraint, RepositoryError, Scope, SystemScope, engagement::Kept};

use crate::support::{Fixture, on_every_database, seeds::at};

const SIGN_IN: Scope = Scope::System(SystemScope::SignIn);
const RESET: SecretPurpose = SecretPurpose::ResetPassword;

/// A secret that is not stored yet, issued at eight.
fn issued(
    fixture: &Fixture,
    subject: UserId,
    purpose: SecretPurpose,
    before: Option<&MailedSecret>,
) -> MailedSecret {
    let new = (fixture.id(), [7; 32]);
    MailedSecret::issue(
        before,
        (subject, purpose),
        new,
        MailPace::Asked,
        at("08:00:00.123456"),
    )
    .unwrap()
}

async fn save(
    fixture: &Fixture,
    secret: &MailedSecret,
    replaces: Option<Version>,
) -> Result<(), RepositoryError> {
    let mut unit = fixture.begin(SIGN_IN).await;
    unit.mailed_secrets().save_mailed_secret(secret, replaces).await?;
    unit.commit().await
}

async fn stored(fixture: &Fixture, subject: UserId, purpose: SecretPurpose) -> Option<MailedSecret> {
    let mut reader = fixture.read(SIGN_IN).await;
    reader
        .mailed_secrets()
        .mailed_secret(subject, purpose)
        .await
        .unwrap()
}

async fn tried(fixture: &Fixture, subject: UserId, now: Instant) -> Option<u32> {
    let mut unit = fixture.begin(SIGN_IN).await;
    let tried = unit
        .mailed_secrets()
        .try_mailed_secret(subject, RESET, now)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    tried.map(|secret| secret.tries)
}

on_every_database! {
    async fn a_secret_is_found_by_its_person_and_by_its_digest(fixture: &Fixture) {
        let subject = fixture.id();
        let secret = issued(fixture, subject, RESET, None);
        save(fixture, &secret, None).await.unwrap();
        assert_eq!(stored(fixture, subject, RESET).await, Some(secret));
        assert_eq!(stored(fixture, subject, SecretPurpose::VerifyEmail).await, None);
        assert_eq!(stored(fixture, fixture.id(), RESET).await, None);
        let mut reader = fixture.read(SIGN_IN).await;
        let secrets = reader.mailed_secrets();
        assert_eq!(secrets.mailed_secret_by_digest(RESET, &[7; 32]).await.unwrap(), Some(secret));
        assert_eq!(secrets.mailed_secret_by_digest(RESET, &[8; 32]).await.unwrap(), None);
        let other = SecretPurpose::AcceptInvitation;
        assert_eq!(secrets.mailed_secret_by_digest(other, &[7; 32]).await.unwrap(), None);
    }

    async fn of_two_new_secrets_at_once_one_is_stored(fixture: &Fixture) {
        let subject = fixture.id();
        let first = issued(fixture, subject, RESET, None);
        save(fixture, &first, None).await.unwrap();
        let refused = save(fixture, &issued(fixture, subject, RESET, None), None).await;
        assert!(matches!(refused, Err(RepositoryError::Conflict(Constraint::MailedSecret))), "{refused:?}");
        let second = issued(fixture, subject, RESET, Some(&first));
        save(fixture, &second, Some(first.version)).await.unwrap();
        let late = issued(fixture, subject, RESET, Some(&first));
        let refused = save(fixture, &late, Some(first.version)).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
        assert_eq!(stored(fixture, subject, RESET).await, Some(second));
    }

    async fn of_twenty_tries_at_once_five_count(fixture: &Fixture) {
        let subject = fixture.id();
        save(fixture, &issued(fixture, subject, RESET, None), None).await.unwrap();
        let tries = join_all((0..20).map(|_| tried(fixture, subject, at("08:01:00")))).await;
        let mut counted: Vec<u32> = tries.into_iter().flatten().collect();
        counted.sort_unstable();
        assert_eq!(counted, [1, 2, 3, 4, 5]);
        assert_eq!(stored(fixture, subject, RESET).await.unwrap().tries, 5);
    }

    async fn a_secret_that_ran_out_or_was_used_is_not_tried(fixture: &Fixture) {
        let subject = fixture.id();
        let secret = issued(fixture, subject, RESET, None);
        save(fixture, &secret, None).await.unwrap();
        assert_eq!(tried(fixture, subject, secret.expires_at).await, None);
        assert_eq!(tried(fixture, subject, secret.expires_at - TimeDelta::microseconds(1)).await, Some(1));
        assert_eq!(tried(fixture, fixture.id(), at("08:01:00")).await, None);
        let mut unit = fixture.begin(SIGN_IN).await;
        assert!(unit.mailed_secrets().use_mailed_secret(secret.id, at("08:02:00")).await.unwrap());
        assert!(!unit.mailed_secrets().use_mailed_secret(secret.id, at("08:03:00")).await.unwrap());
        unit.commit().await.unwrap();
        assert_eq!(tried(fixture, subject, at("08:03:00")).await, None);
        assert_eq!(stored(fixture, subject, RESET).await.unwrap().used_at, Some(at("08:02:00")));
    }

    async fn a_try_that_is_rolled_back_was_none(fixture: &Fixture) {
        let subject = fixture.id();
        save(fixture, &issued(fixture, subject, RESET, None), None).await.unwrap();
        let mut unit = fixture.begin(SIGN_IN).await;
        let tried = unit.mailed_secrets().try_mailed_secret(subject, RESET, at("08:01:00")).await.unwrap();
        assert_eq!(tried.unwrap().tries, 1);
        drop(unit);
        assert_eq!(stored(fixture, subject, RESET).await.unwrap().tries, 0);
    }

    async fn of_two_who_use_a_secret_at_once_one_does(fixture: &Fixture) {
        let secret = issued(fixture, fixture.id(), RESET, None);
        save(fixture, &secret, None).await.unwrap();
        let using = async || {
            let mut unit = fixture.begin(SIGN_IN).await;
            let used = unit.mailed_secrets().use_mailed_secret(secret.id, at("08:01:00")).await.unwrap();
            unit.commit().await.unwrap();
            used
        };
        let used = join_all((0..8).map(|_| using())).await;
        assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
    }

    async fn secrets_go_with_their_person_and_when_they_ran_out(fixture: &Fixture) {
        let (asha, juma) = (fixture.id(), fixture.id());
        for purpose in SecretPurpose::ALL {
            save(fixture, &issued(fixture, asha, purpose, None), None).await.unwrap();
            save(fixture, &issued(fixture, juma, purpose, None), None).await.unwrap();
        }
        let mut unit = fixture.begin(SIGN_IN).await;
        unit.mailed_secrets().remove_mailed_secrets(asha).await.unwrap();
        unit.commit().await.unwrap();
        let mut unit = fixture.begin(Scope::System(SystemScope::Worker)).await;
        let expired = at("08:10:00.123456");
        let secrets = unit.retention();
        assert_eq!(secrets.remove_past(Kept::Secrets, expired, 10).await.unwrap(), 0);
        let later = expired + TimeDelta::microseconds(1);
        assert_eq!(secrets.remove_past(Kept::Secrets, later, 2).await.unwrap(), 2);
        assert_eq!(secrets.remove_past(Kept::Secrets, later, 10).await.unwrap(), 1);
        unit.commit().await.unwrap();
        assert_eq!(stored(fixture, asha, SecretPurpose::AcceptInvitation).await, None);
        assert!(stored(fixture, juma, SecretPurpose::AcceptInvitation).await.is_some());
    }
}
