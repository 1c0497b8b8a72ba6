//! `ipt demo`: a filled demonstration, served from a folder of its own.

use anyhow::Context as _;
use ipt_application::Services;

use super::output;
use crate::{
    command_line::DemoArguments,
    configuration::Configuration,
    demo::{self, Folder, Held},
    logging, serving,
    wiring::{self, Wired},
};

/// The settings by which everything lies in the demonstration's folder.
pub(super) fn flags(arguments: &DemoArguments) -> anyhow::Result<Vec<(&'static str, String)>> {
    Folder::at(&arguments.folder)?.settings()
}

/// Fills the folder unless that was done, then serves until a signal asks for the end.
pub(super) fn run(configuration: Configuration, arguments: &DemoArguments) -> anyhow::Result<()> {
    logging::start(&configuration.log)?;
    if !arguments.fill_only {
        // Filling takes a while: an address that is taken is told before.
        serving::check_listen(configuration.server.listen)?;
    }
    let folder = Folder::at(&arguments.folder)?;
    let place = folder.path().to_owned();
    let held = folder.take()?;
    if arguments.reset {
        held.clear()?;
    }
    let filled_before = held.filled_at();
    actix_web::rt::System::new().block_on(async {
        let wired = match filled_before {
            Some(_) => open(&configuration).await?,
            None => filled(&configuration, &held).await?,
        };
        if arguments.fill_only {
            wired.database.close().await;
            return output::line(&format!("\n{}\n\n`ipt demo` serves it.", demo::accounts()));
        }
        let public_url = configuration.server.public_url.is_some().then(|| configuration.public_url());
        serving::serve(&configuration, wired, true, |address| {
            let url = public_url.unwrap_or_else(|| reached_at(address));
            output::line(&format!("\n{}\n", demo::guide(&url, &place, filled_before)))
        })
        .await
    })
}

/// Opens a demonstration that is filled.
async fn open(configuration: &Configuration) -> anyhow::Result<Wired> {
    wiring::prepare_schema(configuration, false).await?;
    wiring::wire(configuration).await
}

/// Opens a new demonstration and fills it. What an earlier start left half done is thrown away.
async fn filled(configuration: &Configuration, held: &Held) -> anyhow::Result<Wired> {
    held.clear()?;
    output::line("Filling the demonstration:")?;
    let wired = open(configuration).await?;
    match fill(&wired.services, held).await {
        Ok(()) => Ok(wired),
        Err(error) => {
            wired.database.close().await;
            Err(error)
        }
    }
}

async fn fill(services: &Services, held: &Held) -> anyhow::Result<()> {
    let now = services.clock.now();
    demo::fill(services, now, output::line).await.context("the demonstration could not be filled")?;
    held.seal(now).context("the demonstration's folder cannot be written to")
}

/// How the machine itself reaches an address.
fn reached_at(address: std::net::SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", address.port())
    } else {
        format!("http://{address}")
    }
}
