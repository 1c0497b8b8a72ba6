//! Doubles of the ports that are no database.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use ipt_domain::Instant;
use ipt_ports::{
    Clock, IdGenerator,
    blob_store::{Acceptance, BlobError, BlobKey, BlobStore, ByteRange, ByteStream, StoredBlob},
    identity::{
        AccessClaims, AccessTokens, PasswordHash, PasswordHashError, PasswordHasher, PasswordStrength,
        PasswordWeakness, SecretGenerator, TokenError,
    },
    mailer::{Mail, MailContent, MailError, MailRenderer, Mailer, RenderedMail},
};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A clock that stands still until it is set.
#[derive(Clone, Debug)]
pub(crate) struct FixedClock(Arc<Mutex<Instant>>);

impl FixedClock {
    pub(crate) fn at(now: Instant) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    pub(crate) fn set(&self, now: Instant) {
        *self.0.lock().unwrap() = now;
    }

    pub(crate) fn pass(&self, time: chrono::TimeDelta) {
        let mut now = self.0.lock().unwrap();
        *now += time;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

/// Ids and secrets that count up.
#[derive(Debug, Default)]
pub(crate) struct Counting(AtomicU64);

impl IdGenerator for Counting {
    fn next(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl SecretGenerator for Counting {
    fn token(&self) -> SecretString {
        SecretString::from(format!("token-{}", self.0.fetch_add(1, Ordering::Relaxed)))
    }

    fn salt(&self) -> [u8; 16] {
        [7; 16]
    }

    fn digest(&self, token: &SecretString) -> [u8; 32] {
        Sha256::digest(token.expose_secret()).into()
    }
}

/// Hashes a password by writing `hash of` before it, and counts how often it was asked.
#[derive(Debug, Default)]
pub(crate) struct PlainHasher {
    pub(crate) verified: AtomicU64,
    pub(crate) hashed: AtomicU64,
}

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordHashError> {
        self.hashed.fetch_add(1, Ordering::Relaxed);
        Ok(PasswordHash::new(format!("hash of {}", password.expose_secret())))
    }

    async fn verify(
        &self,
        password: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, PasswordHashError> {
        self.verified.fetch_add(1, Ordering::Relaxed);
        let expected = format!("hash of {}", password.expose_secret());
        Ok(hash.is_some_and(|hash| hash.secret().expose_secret() == expected))
    }
}

/// Finds `password` in a password common, and `weak` easily guessed.
#[derive(Debug)]
pub(crate) struct WordList;

impl PasswordStrength for WordList {
    fn weakness(&self, password: &SecretString, _: &[&str]) -> Option<PasswordWeakness> {
        let password = password.expose_secret();
        if password.contains("password") {
            Some(PasswordWeakness::Common)
        } else if password.contains("weak") {
            Some(PasswordWeakness::Guessable {
                hint: "add another word".to_owned(),
            })
        } else {
            None
        }
    }
}

/// Tokens that are their claims, kept aside.
#[derive(Debug, Default)]
pub(crate) struct KeptTokens(Mutex<Vec<AccessClaims>>);

impl AccessTokens for KeptTokens {
    fn issue(&self, claims: &AccessClaims) -> Result<SecretString, TokenError> {
        let mut kept = self.0.lock().unwrap();
        kept.push(claims.clone());
        Ok(SecretString::from(format!("access-{}", kept.len() - 1)))
    }

    fn verify(&self, token: &str, now: Instant) -> Result<AccessClaims, TokenError> {
        let kept = self.0.lock().unwrap();
        let number: usize = token
            .strip_prefix("access-")
            .and_then(|number| number.parse().ok())
            .ok_or(TokenError::Invalid)?;
        let claims = kept.get(number).ok_or(TokenError::Invalid)?;
        if now < claims.expires_at {
            Ok(claims.clone())
        } else {
            Err(TokenError::Expired)
        }
    }

    fn key_set(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

/// What the next mails meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MailWeather {
    #[default]
    Fine,
    Unavailable,
    Refused,
}

/// A mail server that keeps what it takes.
#[derive(Clone, Debug, Default)]
pub(crate) struct MailBox {
    pub(crate) mails: Arc<Mutex<Vec<Mail>>>,
    pub(crate) weather: Arc<Mutex<MailWeather>>,
}

impl MailBox {
    pub(crate) fn taken(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    pub(crate) fn turns(&self, weather: MailWeather) {
        *self.weather.lock().unwrap() = weather;
    }
}

#[async_trait]
impl Mailer for MailBox {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        match *self.weather.lock().unwrap() {
            MailWeather::Fine => {
                self.mails.lock().unwrap().push(mail.clone());
                Ok(())
            }
            MailWeather::Unavailable => Err(MailError::Unavailable("421 asha@uni.example".into())),
            MailWeather::Refused => Err(MailError::Refused("550 asha@uni.example".into())),
        }
    }

    async fn check(&self) -> Result<(), MailError> {
        Ok(())
    }
}

/// Renders a mail as its template's name, language and values.
#[derive(Debug)]
pub(crate) struct PlainRenderer;

impl MailRenderer for PlainRenderer {
    fn render(&self, content: &MailContent) -> Result<RenderedMail, MailError> {
        Ok(RenderedMail {
            subject: content.template.clone(),
            text: format!("{} {}", content.language, content.values),
            html: String::new(),
        })
    }
}

/// The keys of blobs that are there.
#[derive(Clone, Debug, Default)]
pub(crate) struct MemoryBlobs(pub(crate) Arc<Mutex<Vec<String>>>);

#[async_trait]
impl BlobStore for MemoryBlobs {
    async fn put(
        &self,
        _: &BlobKey,
        _: &str,
        _: &Acceptance,
        _: ByteStream<'_>,
    ) -> Result<StoredBlob, BlobError> {
        Err(BlobError::NotFound)
    }

    async fn get(&self, _: &BlobKey, _: Option<ByteRange>) -> Result<ByteStream<'static>, BlobError> {
        Err(BlobError::NotFound)
    }

    async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        self.0.lock().unwrap().retain(|known| known != key.as_str());
        Ok(())
    }

    async fn check(&self) -> Result<(), BlobError> {
        Ok(())
    }
}
