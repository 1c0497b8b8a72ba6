//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Industrial practical training: daily logs, verified by industry, validated by the university.
#[derive(Debug, Parser)]
#[command(
    name = "ipt",
    version,
    after_help = "Settings come from ipt.toml (or --config), then from the environment \
(IPT_SECTION__KEY), then from flags. The README lists them."
)]
pub(crate) struct CommandLine {
    /// The file with settings, instead of ipt.toml in the working folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print data as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API and do the background work, in one process.
    Serve(ServeArguments),
    /// Do the background work only: mails, notifications, reminders, the audit chain.
    Worker,
    /// Apply, undo or list migrations of the database.
    #[command(subcommand)]
    Migrate(MigrateCommand),
    /// Serve a filled demonstration from a folder of its own, on an embedded database.
    Demo(DemoArguments),
    /// Manage administrators.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Check settings, database, file store and mail server, and say what is wrong.
    Doctor,
    /// Print the OpenAPI document.
    Openapi,
    /// List the routes of the API.
    Routes,
    /// Print the catalogue of error codes, as Markdown.
    #[command(hide = true)]
    Errors,
    /// Print the table of settings, as Markdown.
    #[command(hide = true)]
    Settings,
    /// Check the audit trail, and take checkpoints of it.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Manage the keys under which sensitive columns are sealed.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Remove what was kept long enough, as the background work does each hour, and tell how much of it there was.
    Retention {
        /// Only tell what would be removed.
        #[arg(long)]
        dry_run: bool,
    },
    /// Manage the encryption of files.
    #[command(subcommand)]
    Storage(StorageCommand),
}

/// How to serve.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ServeArguments {
    /// Address and port, instead of the setting server.listen.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
    /// Leave the background work to `ipt worker`.
    #[arg(long)]
    pub(crate) no_worker: bool,
    /// Apply pending migrations first (on SQLite that is always done).
    #[arg(long)]
    pub(crate) migrate: bool,
}

/// What to do about migrations.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum MigrateCommand {
    /// Apply every pending migration.
    Up,
    /// Undo the last migrations. Data of the tables that go is lost.
    Down {
        /// How many.
        #[arg(long, default_value_t = 1)]
        steps: u32,
    },
    /// List every migration, and whether it is applied.
    Status,
}

/// How to demonstrate.
#[derive(Clone, Debug, Args)]
pub(crate) struct DemoArguments {
    /// The folder of the demonstration.
    #[arg(long, default_value = "demo-data", value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Throw the demonstration in the folder away and begin anew.
    #[arg(long)]
    pub(crate) reset: bool,
    /// Fill the database, print the accounts, and end without serving.
    #[arg(long)]
    pub(crate) fill_only: bool,
}

/// What to do about administrators.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Create an administrator or coordinator, and the institution too when it is new; prints the user's id.
    Create(AdminArguments),
}

/// Whom to create.
#[derive(Clone, Debug, Args)]
pub(crate) struct AdminArguments {
    /// The mail address. One that exists already gets the role, and keeps its name and password.
    #[arg(long)]
    pub(crate) email: String,
    /// The full name.
    #[arg(long, value_name = "NAME")]
    pub(crate) full_name: String,
    /// The role.
    #[arg(long)]
    pub(crate) role: AdminRole,
    /// The code of the institution; for every role but superadmin.
    #[arg(long, value_name = "CODE")]
    pub(crate) tenant: Option<String>,
    /// The name of the institution, when it is new.
    #[arg(long, value_name = "NAME", requires = "tenant")]
    pub(crate) tenant_name: Option<String>,
    /// The time zone of the institution, when it is new, as an IANA name.
    #[arg(long, value_name = "ZONE", requires = "tenant")]
    pub(crate) timezone: Option<String>,
    /// Read the password from standard input, up to the end of the line.
    #[arg(long, required = true)]
    pub(crate) password_stdin: bool,
}

/// A role that the command line may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum AdminRole {
    /// Over the institutions of the deployment.
    Superadmin,
    /// Over one institution.
    TenantAdmin,
    /// Of one institution's programmes, placements and people.
    Coordinator,
}

/// What to do about the keys of sensitive columns.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// List the keys under which values lie, and whether each is here.
    Status,
    /// Seal under the current key what lies under an earlier one. Servers may run meanwhile; interrupted, it goes on when it is
    /// run again.
    #[command(alias = "reencrypt")]
    Reseal,
}

/// What to do about the audit trail.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Verify every hash chain, and name the first broken record.
    Verify {
        /// A file with checkpoints that were kept: what was cut off since at the end of a chain, or written anew, is found too.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
    /// Print a signed checkpoint of every hash chain, to be kept where nobody who can change the database can change it.
    Checkpoint,
}

/// What to do about the encryption of files.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum StorageCommand {
    /// Make a new key in a file, for the setting of the encryption. Without it the files cannot be read: keep a copy.
    NewKey {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Put every file under the current key, those that lie in clear too. The servers may go on, with both keys.
    Rewrap,
}
