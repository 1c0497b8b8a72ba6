//! Ports that do next to nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::DateTime;
use ipt_domain::{
    Instant,
    id::{MailedSecretId, UserId},
    identity::email::EmailAddress,
};
use ipt_ports::{
    Clock, IdGenerator,
    archive::{ArchiveWriter, Archives},
    audit::{Judgement, Signer, SigningError},
    blob_store::{Acceptance, BlobError, BlobKey, BlobStore, ByteRange, ByteStream, StoredBlob},
    identity::{
        AccessClaims, AccessTokens, KeyId, MailedSecrets, OpenError, PasswordHash, PasswordHashError,
        PasswordHasher, PasswordStrength, PasswordWeakness, Place, SealError, Sealed, Sealer,
        SecretGenerator, TokenError,
    },
    mailer::{Mail, MailContent, MailError, MailRenderer, Mailer, RenderedMail},
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{SESSION, TENANT, TOKEN, USER};

pub(super) struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Instant {
        DateTime::from_timestamp(1_783_300_000, 0).unwrap()
    }
}

#[derive(Default)]
pub(super) struct Counter(AtomicU64);

impl IdGenerator for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + (1 << 64))
    }
}

pub(super) struct NoBlobs;

#[async_trait::async_trait]
impl BlobStore for NoBlobs {
    async fn put(
        &self,
        _: &BlobKey,
        _: &str,
        _: &Acceptance,
        _: ByteStream<'_>,
    ) -> Result<StoredBlob, BlobError> {
        Err(BlobError::Unavailable("no store here".into()))
    }

    async fn get(&self, _: &BlobKey, _: Option<ByteRange>) -> Result<ByteStream<'static>, BlobError> {
        Err(BlobError::NotFound)
    }

    async fn delete(&self, _: &BlobKey) -> Result<(), BlobError> {
        Ok(())
    }

    async fn check(&self) -> Result<(), BlobError> {
        Ok(())
    }
}

pub(super) struct NoArchives;

impl Archives for NoArchives {
    fn zip(&self) -> (Box<dyn ArchiveWriter>, ByteStream<'static>) {
        panic!("this double makes no archives")
    }
}

pub(super) struct NoSecrets;

impl SecretGenerator for NoSecrets {
    fn token(&self) -> SecretString {
        SecretString::from("token")
    }

    fn salt(&self) -> [u8; 16] {
        [0; 16]
    }

    fn digest(&self, _: &SecretString) -> [u8; 32] {
        [0; 32]
    }
}

impl MailedSecrets for NoSecrets {
    fn code(&self, _: MailedSecretId) -> SecretString {
        SecretString::from("04711234")
    }

    fn token(&self, _: MailedSecretId) -> SecretString {
        SecretString::from("token")
    }

    fn digest(&self, _: &SecretString) -> [u8; 32] {
        [0; 32]
    }

    fn stand_in(&self, _: &EmailAddress) -> UserId {
        UserId::new(Uuid::nil())
    }
}

pub(super) struct NoPasswords;

#[async_trait::async_trait]
impl PasswordHasher for NoPasswords {
    async fn hash(&self, _: SecretString) -> Result<PasswordHash, PasswordHashError> {
        Err(PasswordHashError::Busy)
    }

    async fn verify(&self, _: SecretString, _: Option<PasswordHash>) -> Result<bool, PasswordHashError> {
        Ok(false)
    }
}

impl PasswordStrength for NoPasswords {
    fn weakness(&self, _: &SecretString, _: &[&str]) -> Option<PasswordWeakness> {
        None
    }
}

pub(super) struct OneToken;

impl AccessTokens for OneToken {
    fn issue(&self, _: &AccessClaims) -> Result<SecretString, TokenError> {
        Err(TokenError::Signing)
    }

    fn verify(&self, token: &str, now: Instant) -> Result<AccessClaims, TokenError> {
        let claims = AccessClaims {
            user_id: USER,
            session_id: SESSION,
            tenant_id: Some(TENANT),
            issued_at: now,
            expires_at: now + chrono::TimeDelta::minutes(15),
        };
        if token == TOKEN {
            Ok(claims)
        } else {
            Err(TokenError::Invalid)
        }
    }

    fn key_set(&self) -> serde_json::Value {
        serde_json::json!({ "keys": [] })
    }
}

pub(super) struct NoMail;

#[async_trait::async_trait]
impl Mailer for NoMail {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        Err(MailError::Unavailable("no mail here".into()))
    }

    async fn check(&self) -> Result<(), MailError> {
        Err(MailError::Unavailable("no mail here".into()))
    }
}

impl MailRenderer for NoMail {
    fn render(&self, _: &MailContent) -> Result<RenderedMail, MailError> {
        Err(MailError::Malformed("no mail here".into()))
    }
}

/// Seals nothing.
pub(super) struct NoSeals;

impl Sealer for NoSeals {
    fn seal(&self, _: Place, _: &SecretString) -> Result<Sealed, SealError> {
        Err(SealError)
    }

    fn open(&self, _: Place, _: &Sealed) -> Result<SecretString, OpenError> {
        Err(OpenError::Damaged)
    }

    fn knows(&self, _: &KeyId) -> bool {
        false
    }

    fn current(&self) -> &KeyId {
        panic!("this double has no keys")
    }
}

impl Signer for NoSecrets {
    fn key_id(&self) -> &'static str {
        "none"
    }

    fn sign(&self, _: &[u8]) -> Result<String, SigningError> {
        Err(SigningError::new("no key here"))
    }

    fn judge(&self, _: &str, _: &[u8], _: &str) -> Judgement {
        Judgement::KeyUnknown
    }
}
