//! `ipt serve`: the API and, unless told otherwise, the background work.

use crate::{command_line::ServeArguments, configuration::Configuration, serving, wiring};

/// Serves until a signal asks for the end.
pub(super) fn run(configuration: &Configuration, arguments: &ServeArguments) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        wiring::prepare_schema(configuration, arguments.migrate).await?;
        let wired = wiring::wire(configuration).await?;
        serving::serve(configuration, wired, !arguments.no_worker, |_| Ok(())).await
    })
}
