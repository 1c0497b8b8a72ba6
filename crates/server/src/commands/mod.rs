//! The commands, one file each.

mod admin;
mod audit;
mod demo;
mod doctor;
mod documents;
mod keys;
mod migrate;
mod output;
mod retention;
mod serve;
mod storage;
mod worker;

use crate::{
    command_line::{Command, CommandLine},
    configuration::{self, Configuration, Sources},
    logging,
};

/// Runs a command to its end.
///
/// # Errors
/// Whatever went wrong, for the person who called it.
pub(crate) fn run(line: CommandLine) -> anyhow::Result<()> {
    let settings = |flags: Vec<(&'static str, String)>| {
        let sources = Sources {
            file: line.config.clone(),
            environment: configuration::environment(),
            flags,
        };
        configuration::load(&sources)
    };
    match line.command {
        Command::Openapi => documents::openapi(),
        Command::Routes => documents::routes(line.json),
        Command::Errors => documents::errors(),
        Command::Settings => documents::settings(),
        Command::Demo(arguments) => demo::run(&settings(demo::flags(&arguments)?)?, &arguments),
        Command::Serve(arguments) => {
            let flags = arguments
                .listen
                .iter()
                .map(|listen| ("server.listen", listen.clone()))
                .collect();
            serve::run(&started(settings(flags)?)?, &arguments)
        }
        Command::Worker => worker::run(&started(settings(Vec::new())?)?),
        Command::Migrate(command) => migrate::run(&settings(Vec::new())?, command, line.json),
        Command::Admin(command) => admin::run(&settings(Vec::new())?, command, line.json),
        Command::Doctor => doctor::run(&settings(Vec::new())?, line.json),
        Command::Keys(command) => keys::run(&settings(Vec::new())?, command, line.json),
        Command::Audit(command) => audit::run(&settings(Vec::new())?, command, line.json),
        Command::Retention { dry_run } => retention::run(&settings(Vec::new())?, dry_run, line.json),
        Command::Storage(command) => storage::run(&settings(Vec::new())?, &command, line.json),
    }
}

/// Starts logging.
fn started(configuration: Configuration) -> anyhow::Result<Configuration> {
    logging::start(&configuration.log)?;
    Ok(configuration)
}

/// Runs one short piece of asynchronous work.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}
