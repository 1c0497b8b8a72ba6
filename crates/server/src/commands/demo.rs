//! `ipt demo`: a filled demonstration, served from a folder of its own.

use std::net::SocketAddr;

use anyhow::Context as _;

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
pub(super) fn run(configuration: &Configuration, arguments: &DemoArguments) -> anyhow::Result<()> {
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
        if filled_before.is_none() {
            fill(configuration, &held).await?;
        }
        if arguments.fill_only {
            return output::line(&format!(
                "\n{}\n\n{}`ipt demo` serves it.",
                demo::accounts(),
                demo::age(filled_before)
            ));
        }
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let public_url = configuration
            .server
            .public_url
            .is_some()
            .then(|| configuration.public_url());
        serving::serve(configuration, wired, true, |address| {
            let url = public_url.unwrap_or_else(|| reached_at(address));
            output::line(&format!("\n{}\n", demo::guide(&url, &place, filled_before)))
        })
        .await
    })
}

/// Fills a new demonstration. What an earlier start left half done is thrown away.
async fn fill(configuration: &Configuration, held: &Held) -> anyhow::Result<()> {
    held.clear()?;
    output::line("Filling the demonstration:")?;
    wiring::prepare_schema(configuration, false).await?;
    let Wired {
        services, database, ..
    } = wiring::wire_for_filling(configuration).await?;
    let now = services.clock.now();
    let filled = demo::fill(&services, now, output::line).await;
    database.close().await;
    filled.context("the demonstration could not be filled")?;
    held.seal(now)
        .context("the demonstration's folder cannot be written to")
}

/// How the machine itself reaches an address.
fn reached_at(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", address.port())
    } else {
        format!("http://{address}")
    }
}
