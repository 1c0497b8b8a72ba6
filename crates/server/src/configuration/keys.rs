//! Every key that can be set: the one table behind the file, the environment and the documentation.

/// One key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// Section and name, as in the file (`server.listen`).
    pub(crate) path: &'static str,
    /// The default; none where there is none, or where it depends on other keys.
    pub(crate) default: Option<&'static str>,
    /// What it sets.
    pub(crate) about: &'static str,
}

const fn key(path: &'static str, default: Option<&'static str>, about: &'static str) -> Key {
    Key { path, default, about }
}

/// The table.
pub(crate) const KEYS: &[Key] = &[
    key(
        "server.listen",
        Some("127.0.0.1:8000"),
        "address and port on which the server listens",
    ),
    key(
        "server.public_url",
        None,
        "how clients reach the server; http:// and the listen address when unset",
    ),
    key(
        "server.frontend_url",
        None,
        "where links in mails lead; unset, mails carry none",
    ),
    key(
        "server.trusted_proxies",
        None,
        "addresses or networks (10.0.0.0/8) of proxies whose Forwarded or X-Forwarded-… headers are believed",
    ),
    key(
        "server.cors_origins",
        None,
        "origins (https://app.example.org) whose pages may use the API, with cookies",
    ),
    key(
        "server.max_waiting",
        Some("1000"),
        "requests that may wait before new ones are answered with 503",
    ),
    key(
        "server.threads",
        Some("0"),
        "threads that serve requests; 0 is one for each processor",
    ),
    key(
        "server.head_timeout_seconds",
        Some("5"),
        "how long a client may take to send the head of a request",
    ),
    key(
        "server.body_timeout_seconds",
        Some("20"),
        "how long a body may be silent while it comes, and how long one of JSON may take in all",
    ),
    key(
        "database.url",
        Some("sqlite://data/ipt.db"),
        "sqlite://FILE or postgres://…; DATABASE_URL is read too",
    ),
    key(
        "database.migration_url",
        None,
        "where migrations run, when their role is another one",
    ),
    key(
        "database.max_connections",
        Some("10"),
        "connections to PostgreSQL at most",
    ),
    key(
        "database.acquire_timeout_seconds",
        Some("5"),
        "how long a request waits for a connection before it is answered with 503",
    ),
    key(
        "database.statement_timeout_seconds",
        Some("30"),
        "how long one statement may take on PostgreSQL",
    ),
    key(
        "database.lock_timeout_seconds",
        Some("5"),
        "how long a statement waits for another's lock; on SQLite, for another program that writes",
    ),
    key(
        "storage.url",
        None,
        "file:///FOLDER or s3://BUCKET/PREFIX (with AWS_… variables); data/files when unset",
    ),
    key(
        "storage.encryption_key_file",
        None,
        "the key under which new files are encrypted (made by `ipt storage new-key`); unset, they lie in clear",
    ),
    key(
        "storage.former_encryption_key_files",
        None,
        "keys under which files were encrypted before, until `ipt storage rewrap` was run",
    ),
    key(
        "mail.url",
        None,
        "smtp://, smtps://, smtp+starttls:// or file:///FOLDER; data/mail when unset",
    ),
    key(
        "mail.from",
        Some("Industrial training <no-reply@localhost>"),
        "the sender of mails",
    ),
    key(
        "auth.signing_key_file",
        Some("data/signing-key.pem"),
        "the key that signs access tokens; made when absent",
    ),
    key(
        "auth.accepted_key_files",
        None,
        "further keys whose tokens are good, private or public: the one before, the one to come",
    ),
    key(
        "auth.sign_in_days",
        Some("30"),
        "for how many days somebody stays signed in at most, however often the tokens are refreshed; 1 to 365",
    ),
    key(
        "encryption.key_file",
        Some("data/encryption-key"),
        "the key that seals sensitive columns; made when absent, and never to be lost",
    ),
    key(
        "encryption.accepted_key_files",
        None,
        "further keys that open what was sealed before, until `ipt keys reseal` is through",
    ),
    key(
        "rate_limit.requests_per_minute",
        Some("120"),
        "requests a minute for an account, or for an address",
    ),
    key(
        "rate_limit.sign_in_per_minute",
        Some("20"),
        "sign-ins a minute for an address",
    ),
    key(
        "rate_limit.redis_url",
        None,
        "redis://HOST:PORT/NUMBER: where several nodes count together; unset, or while it does not answer, each counts alone",
    ),
    key(
        "rate_limit.redis_timeout_milliseconds",
        Some("250"),
        "how long that Redis is waited for",
    ),
    key(
        "retention.messages_days",
        Some("7"),
        "for how many days messages that are done are kept; 0: for good",
    ),
    key(
        "retention.notifications_days",
        Some("730"),
        "for how many days notifications are kept; 0: for good",
    ),
    key(
        "retention.exports_days",
        Some("30"),
        "for how many days it is kept that somebody asked for a copy of data, 8 at least; 0: for good",
    ),
    key(
        "retention.audit_values_days",
        Some("0"),
        "for how many days the personal values beside audit records are kept (the records are kept for good); 0: for good",
    ),
    key("log.format", Some("pretty"), "pretty or json"),
    key(
        "log.filter",
        Some("info,sqlx=warn,sea_orm=warn"),
        "what is logged, as a tracing filter",
    ),
];

impl Key {
    /// The environment variable that sets it (`IPT_SERVER__LISTEN`).
    pub(crate) fn variable(&self) -> String {
        format!("IPT_{}", self.path.replace('.', "__").to_uppercase())
    }
}

/// The known key that resembles `text` most, for a hint; none when nothing does.
pub(crate) fn nearest(text: &str, name: impl Fn(&Key) -> String) -> Option<String> {
    KEYS.iter()
        .map(|key| {
            let name = name(key);
            (strsim::damerau_levenshtein(&name, text), name)
        })
        .filter(|(distance, name)| *distance <= name.len() / 3)
        .min()
        .map(|(_, name)| name)
}
