//! From settings to adapters: the only place that knows which adapter stands behind which port.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context as _;
use ipt_adapter_auth::{
    Argon2Hasher, Argon2Settings, Ed25519Signer, JwtAccessTokens, KeyedSecrets, OsSecrets, SystemClock,
    TokenSettings, UuidV7Generator, ZxcvbnStrength,
};
use ipt_adapter_object_store::{MasterKey, MasterKeys, ObjectBlobStore, ZipArchives};
use ipt_adapter_rate_limit::{MemoryRateLimiter, SharedRateLimiter};
use ipt_adapter_sea_orm::{ConnectOptions, SeaDatabase, migration};
use ipt_adapter_smtp::{SmtpMailer, TemplateRenderer};
use ipt_api::SealKeys;
use ipt_application::{Services, Settings};
use ipt_ports::rate_limiter::RateLimiter;
use secrecy::ExposeSecret as _;

use crate::{
    configuration::{Configuration, Storage},
    signing::{self, Keys},
};

/// How many verified tokens are remembered.
const REMEMBERED_TOKENS: u64 = 10_000;

/// The folder for what is kept beside an embedded database.
const DATA: &str = "data";

/// The adapters, open.
#[derive(Clone)]
pub(crate) struct Wired {
    /// The ports.
    pub(crate) services: Services,
    /// The database, to be closed at the end.
    pub(crate) database: Arc<SeaDatabase>,
    /// The keys for seals.
    pub(crate) seals: Arc<SealKeys>,
    /// What counts requests.
    pub(crate) limiter: Arc<dyn RateLimiter>,
}

/// Opens everything. The database must be migrated.
///
/// # Errors
/// Whatever cannot be opened, with the setting that names it.
pub(crate) async fn wire(configuration: &Configuration) -> anyhow::Result<Wired> {
    wire_to(configuration, connect(configuration, true).await?)
}

/// As [`wire`], with an embedded database whose commits do not wait for the disk: to fill a new one that is thrown away
/// unless that comes to its end.
///
/// # Errors
/// As [`wire`].
pub(crate) async fn wire_for_filling(configuration: &Configuration) -> anyhow::Result<Wired> {
    wire_to(configuration, connect(configuration, false).await?)
}

/// Opens everything else.
fn wire_to(configuration: &Configuration, database: SeaDatabase) -> anyhow::Result<Wired> {
    let database = Arc::new(database);
    let keys = Keys::load(&configuration.auth)?;
    let seals = Arc::new(keys.seals());
    let sealer = signing::sealer(&configuration.encryption)?;
    let public_url = configuration.public_url();
    let settings = TokenSettings {
        issuer: public_url.clone(),
        audience: public_url,
        remembered: REMEMBERED_TOKENS,
    };
    let frontend_url = configuration.server.frontend_url.as_deref();
    let services = Services {
        database: database.clone(),
        blobs: Arc::new(open_storage(configuration)?),
        archives: Arc::new(ZipArchives),
        clock: Arc::new(SystemClock),
        ids: Arc::new(UuidV7Generator),
        secrets: Arc::new(OsSecrets),
        mailed_secrets: Arc::new(KeyedSecrets::new(keys.signing.derive(b"mailed secrets"))),
        sealer: Arc::new(sealer),
        passwords: Arc::new(Argon2Hasher::new(Argon2Settings::default())?),
        strength: Arc::new(ZxcvbnStrength),
        signer: Arc::new(Ed25519Signer::new(&keys.signing, keys.accepted.clone())),
        tokens: Arc::new(JwtAccessTokens::new(keys.signing, keys.accepted, settings)),
        mailer: Arc::new(open_mail(configuration)?),
        renderer: Arc::new(TemplateRenderer::new()?),
        settings: Arc::new(Settings {
            sign_in_lasts: configuration.auth.sign_in_days.into(),
            frontend_url: frontend_url.map(|url| url.trim_end_matches('/').to_owned()),
            retention: configuration.retention.into(),
        }),
    };
    Ok(Wired {
        services,
        database,
        seals,
        limiter: open_limiter(configuration)?,
    })
}

/// Opens the database; `durable` or not.
///
/// # Errors
/// When it cannot be reached; the address is not printed, since it may hold a password.
async fn connect(configuration: &Configuration, durable: bool) -> anyhow::Result<SeaDatabase> {
    let mut options = ConnectOptions::new(configuration.database.url.expose_secret());
    let database = &configuration.database;
    options.max_connections = database.max_connections;
    options.acquire_timeout = database.acquire_timeout_seconds.into();
    options.statement_timeout = database.statement_timeout_seconds.into();
    options.lock_timeout = database.lock_timeout_seconds.into();
    options.durable = durable;
    SeaDatabase::connect(&options)
        .await
        .context("database.url: the database cannot be opened")
}

/// Makes sure that the schema is current: an embedded database is migrated, after a copy of its file; on PostgreSQL that
/// is done only when `asked`, and refused otherwise.
///
/// # Errors
/// When migrations are pending on PostgreSQL, or cannot be applied.
pub(crate) async fn prepare_schema(configuration: &Configuration, asked: bool) -> anyhow::Result<()> {
    let url = migration_url(configuration);
    let embedded = url.starts_with("sqlite:");
    let steps = migration::status(url)
        .await
        .context("database.url: the database cannot be opened")?;
    let pending: Vec<_> = steps
        .iter()
        .filter(|step| !step.applied)
        .map(|step| step.name.as_str())
        .collect();
    if pending.is_empty() {
        return Ok(());
    }
    anyhow::ensure!(
        embedded || asked,
        "{} migrations are pending ({}): run `ipt migrate up`, or `ipt serve --migrate`",
        pending.len(),
        pending.join(", ")
    );
    if embedded && pending.len() < steps.len() {
        let copy = migration::copy_before_upgrade(url)
            .await
            .context("copying the database before the upgrade")?;
        tracing::info!(copy = %copy.display(), "the database was copied before the upgrade");
    }
    let applied = migration::up(url).await.context("applying migrations")?;
    tracing::info!(count = applied.len(), "migrations applied");
    Ok(())
}

/// The address at which migrations run.
pub(crate) fn migration_url(configuration: &Configuration) -> &str {
    configuration
        .database
        .migration_url
        .as_ref()
        .unwrap_or(&configuration.database.url)
        .expose_secret()
}

/// Opens the store of attachments.
pub(crate) fn open_storage(configuration: &Configuration) -> anyhow::Result<ObjectBlobStore> {
    let url = match &configuration.storage.url {
        Some(url) => url.clone(),
        None => folder_url(&Path::new(DATA).join("files"))?,
    };
    let environment = crate::configuration::environment();
    let options = environment.iter().filter(|(name, _)| name.starts_with("AWS_"));
    let options = options.map(|(name, value)| (name.as_str(), value.as_str()));
    let store = ObjectBlobStore::open(&url, options).context("storage.url")?;
    Ok(match master_keys(&configuration.storage)? {
        Some(keys) => store.encrypted(keys),
        None => store,
    })
}

/// The keys under which files are encrypted; none when they lie in clear.
///
/// # Errors
/// What is wrong with a file, with the setting that names it.
fn master_keys(settings: &Storage) -> anyhow::Result<Option<MasterKeys>> {
    let read = |setting: &str, file: &Path| {
        MasterKey::load(file).with_context(|| format!("{setting}: {}", file.display()))
    };
    let former = &settings.former_encryption_key_files;
    let Some(current) = &settings.encryption_key_file else {
        anyhow::ensure!(
            former.is_empty(),
            "storage.former_encryption_key_files: needs storage.encryption_key_file beside it"
        );
        return Ok(None);
    };
    let current = read("storage.encryption_key_file", current)?;
    let former = former
        .iter()
        .map(|file| read("storage.former_encryption_key_files", file));
    Ok(Some(MasterKeys::new(
        current,
        former.collect::<Result<Vec<_>, _>>()?,
    )))
}

/// What counts requests: Redis, for all nodes together, where it is set.
fn open_limiter(configuration: &Configuration) -> anyhow::Result<Arc<dyn RateLimiter>> {
    let settings = &configuration.rate_limit;
    Ok(match &settings.redis_url {
        Some(url) => {
            let patience = Duration::from_millis(settings.redis_timeout_milliseconds.get());
            Arc::new(SharedRateLimiter::at(url, patience).context("rate_limit.redis_url")?)
        }
        None => Arc::new(MemoryRateLimiter::default()),
    })
}

/// Opens the mail server.
fn open_mail(configuration: &Configuration) -> anyhow::Result<SmtpMailer> {
    let url = match &configuration.mail.url {
        Some(url) => url.expose_secret().to_owned(),
        None => folder_url(&Path::new(DATA).join("mail"))?,
    };
    SmtpMailer::open(&url, &configuration.mail.from).context("mail.url")
}

/// A folder as a URL.
pub(crate) fn folder_url(folder: &Path) -> anyhow::Result<String> {
    let folder = std::path::absolute(folder)?;
    Ok(format!("file://{}", folder.display()))
}
