//! Everything that a use case may need from outside.

use std::sync::Arc;

use chrono::TimeDelta;
use ipt_ports::{
    Clock, Database, IdGenerator,
    archive::Archives,
    audit::Signer,
    blob_store::BlobStore,
    identity::{AccessTokens, MailedSecrets, PasswordHasher, PasswordStrength, Sealer, SecretGenerator},
    mailer::{MailRenderer, Mailer},
};

use crate::engagement::retention::Periods;

/// The ports, wired by the server to adapters and by tests to doubles.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub database: Arc<dyn Database>,
    /// The store of attachments.
    pub blobs: Arc<dyn BlobStore>,
    /// Archives of many files in one.
    pub archives: Arc<dyn Archives>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Fresh ids.
    pub ids: Arc<dyn IdGenerator>,
    /// Fresh secrets.
    pub secrets: Arc<dyn SecretGenerator>,
    /// Codes and tokens that go out by mail.
    pub mailed_secrets: Arc<dyn MailedSecrets>,
    /// What seals sensitive values.
    pub sealer: Arc<dyn Sealer>,
    /// Password hashing.
    pub passwords: Arc<dyn PasswordHasher>,
    /// Password strength.
    pub strength: Arc<dyn PasswordStrength>,
    /// Access tokens.
    pub tokens: Arc<dyn AccessTokens>,
    /// Signatures over what leaves the deployment.
    pub signer: Arc<dyn Signer>,
    /// The mail server.
    pub mailer: Arc<dyn Mailer>,
    /// The templates of mails.
    pub renderer: Arc<dyn MailRenderer>,
    /// What the operator has set.
    pub settings: Arc<Settings>,
}

/// What the operator has set, as far as use cases care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where links in mails lead, without a slash at the end; without it mails carry none.
    pub frontend_url: Option<String>,
    /// How long one sign-in lasts at most, however often its tokens are refreshed.
    pub sign_in_lasts: TimeDelta,
    /// For how long what is stored is kept.
    pub retention: Periods,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            frontend_url: None,
            sign_in_lasts: TimeDelta::days(30),
            retention: Periods::default(),
        }
    }
}
