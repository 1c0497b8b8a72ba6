//! `ipt worker`: the background work without the API.

use tokio_util::sync::CancellationToken;

use crate::{configuration::Configuration, serving::StopSignals, wiring, working};

/// Works until a signal asks for the end.
pub(super) fn run(configuration: &Configuration) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        wiring::prepare_schema(configuration, false).await?;
        let wired = wiring::wire(configuration).await?;
        let signals = StopSignals::listen()?;
        let stop = CancellationToken::new();
        let work = tokio::spawn(working::work(wired.services.clone(), stop.clone()));
        tracing::info!("working");
        signals.wait().await;
        stop.cancel();
        work.await?;
        wired.database.close().await;
        Ok(())
    })
}
