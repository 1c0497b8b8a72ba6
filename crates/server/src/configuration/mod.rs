//! What the operator sets, in layers: defaults, `ipt.toml` (or `--config`), the environment, flags.

mod keys;
mod layers;
mod list;

use std::{
    net::SocketAddr,
    num::{NonZeroU32, NonZeroU64},
    path::PathBuf,
    time::Duration,
};

use chrono::TimeDelta;
use ipt_api::{Network, Origin};
use ipt_application::engagement::retention::Periods;
use secrecy::SecretString;
use serde::Deserialize;

pub(crate) use keys::{KEYS, Key};
pub(crate) use layers::{Sources, environment, load};

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Configuration {
    /// The HTTP server.
    pub(crate) server: Server,
    /// The database.
    pub(crate) database: Database,
    /// The store of attachments.
    #[serde(default)]
    pub(crate) storage: Storage,
    /// The mail server.
    pub(crate) mail: Mail,
    /// Tokens and passwords.
    pub(crate) auth: Auth,
    /// What is sealed before it is stored.
    pub(crate) encryption: Encryption,
    /// Rate limits.
    pub(crate) rate_limit: RateLimit,
    /// For how long what is stored is kept.
    #[serde(default)]
    pub(crate) retention: Retention,
    /// Logs.
    pub(crate) log: Log,
}

/// A time of whole seconds, at least one.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Seconds(NonZeroU64);

impl From<Seconds> for Duration {
    fn from(seconds: Seconds) -> Self {
        Self::from_secs(seconds.0.get())
    }
}

/// The HTTP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    /// Address and port.
    pub(crate) listen: SocketAddr,
    /// How clients reach it; without it, the address it listens on.
    pub(crate) public_url: Option<String>,
    /// Where links in mails lead.
    pub(crate) frontend_url: Option<String>,
    /// The proxies whose word is taken for whom they got a request from.
    #[serde(default, deserialize_with = "list::read")]
    pub(crate) trusted_proxies: Vec<Network>,
    /// The origins of pages that may use the API, besides its own.
    #[serde(default, deserialize_with = "list::read")]
    pub(crate) cors_origins: Vec<Origin>,
    /// How many requests may wait before new ones are turned away.
    pub(crate) max_waiting: usize,
    /// Threads that serve requests; 0: one for each processor.
    pub(crate) threads: usize,
    /// How long a client may take to send the head of a request.
    pub(crate) head_timeout_seconds: Seconds,
    /// How long a body may be silent while it comes.
    pub(crate) body_timeout_seconds: Seconds,
}

/// The database.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    /// Where it is.
    pub(crate) url: SecretString,
    /// Where migrations run, when their role is another one.
    pub(crate) migration_url: Option<SecretString>,
    /// The largest number of connections.
    pub(crate) max_connections: u32,
    /// How long a request waits for one.
    pub(crate) acquire_timeout_seconds: Seconds,
    /// How long one statement may take.
    pub(crate) statement_timeout_seconds: Seconds,
    /// How long a statement waits for another's lock.
    pub(crate) lock_timeout_seconds: Seconds,
}

/// The store of attachments.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Storage {
    /// Where it is; without it, the folder `data/files`.
    pub(crate) url: Option<String>,
    /// The key under which files are encrypted; without it they lie in clear.
    pub(crate) encryption_key_file: Option<PathBuf>,
    /// Keys under which files were encrypted before.
    #[serde(default, deserialize_with = "list::read")]
    pub(crate) former_encryption_key_files: Vec<PathBuf>,
}

/// The mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// Where it is; without it, mails are written to the folder `data/mail`.
    pub(crate) url: Option<SecretString>,
    /// The sender.
    pub(crate) from: String,
}

/// Tokens and passwords.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Auth {
    /// The key that signs access tokens; made on the first start when it is absent.
    pub(crate) signing_key_file: PathBuf,
    /// Further keys whose tokens are good.
    #[serde(default, deserialize_with = "list::read")]
    pub(crate) accepted_key_files: Vec<PathBuf>,
    /// For how many days a sign-in lasts at most.
    pub(crate) sign_in_days: SignInDays,
}

/// From one day to a year.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub(crate) struct SignInDays(u32);

impl TryFrom<u32> for SignInDays {
    type Error = &'static str;

    fn try_from(days: u32) -> Result<Self, Self::Error> {
        match days {
            1..=365 => Ok(Self(days)),
            _ => Err("from 1 to 365 days"),
        }
    }
}

impl From<SignInDays> for TimeDelta {
    fn from(SignInDays(days): SignInDays) -> Self {
        Self::days(days.into())
    }
}

/// What is sealed before it is stored.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Encryption {
    /// The key under which values are sealed; made on the first start when it is absent.
    pub(crate) key_file: PathBuf,
    /// Further keys, whose values open.
    #[serde(default, deserialize_with = "list::read")]
    pub(crate) accepted_key_files: Vec<PathBuf>,
}

/// Rate limits.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    /// Requests a minute, for an account when signed in, else for an address.
    pub(crate) requests_per_minute: NonZeroU32,
    /// Sign-ins a minute, for an address.
    pub(crate) sign_in_per_minute: NonZeroU32,
    /// The Redis in which all nodes count together.
    pub(crate) redis_url: Option<SecretString>,
    /// How long that Redis is waited for.
    pub(crate) redis_timeout_milliseconds: NonZeroU64,
}

/// For how long what is stored is kept, in days; 0: for good.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Retention {
    /// Messages that are done.
    #[serde(rename = "messages_days")]
    pub(crate) messages: u32,
    /// Notifications.
    #[serde(rename = "notifications_days")]
    pub(crate) notifications: u32,
    /// What is known of copies of data.
    #[serde(rename = "exports_days")]
    pub(crate) exports: u32,
    /// The personal values beside audit records.
    #[serde(rename = "audit_values_days")]
    pub(crate) audit_values: u32,
}

impl Default for Retention {
    fn default() -> Self {
        let periods = Periods::default();
        let days = |kept: Option<TimeDelta>| {
            kept.and_then(|kept| u32::try_from(kept.num_days()).ok())
                .unwrap_or_default()
        };
        Self {
            messages: days(periods.messages),
            notifications: days(periods.notifications),
            exports: days(periods.exports),
            audit_values: days(periods.audit_values),
        }
    }
}

impl From<Retention> for Periods {
    fn from(retention: Retention) -> Self {
        let kept = |days: u32| (days > 0).then(|| TimeDelta::days(days.into()));
        Self {
            messages: kept(retention.messages),
            notifications: kept(retention.notifications),
            exports: kept(retention.exports),
            audit_values: kept(retention.audit_values),
        }
    }
}

/// Logs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    /// The form.
    pub(crate) format: LogFormat,
    /// What is logged, as a filter (`info,ipt_api=debug`).
    pub(crate) filter: String,
}

/// The form of logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    /// For a person at a terminal.
    Pretty,
    /// For a machine: one JSON object a line.
    Json,
}

impl Configuration {
    /// How clients reach the server, without a slash at the end.
    pub(crate) fn public_url(&self) -> String {
        let given = self.server.public_url.clone();
        given
            .unwrap_or_else(|| format!("http://{}", self.server.listen))
            .trim_end_matches('/')
            .to_owned()
    }
}
