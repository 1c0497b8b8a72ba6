//! Serving the API, and stopping in order.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::HttpServer;
use anyhow::Context as _;
use ipt_api::{ApiSettings, ApiState, create_app};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::{configuration::Configuration, wiring::Wired, working};

/// How long requests under way may go on after the signal.
const DRAIN: Duration = Duration::from_secs(9);

/// How long all that ends may take: what hangs then, as a database that does not answer, is left as it is.
const END: Duration = Duration::from_secs(10);

/// How long a connection is kept open for a client that still sends a body that was refused, so that it reads the answer.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT, then drains. `ready` is called with the address once requests are taken.
///
/// # Errors
/// When the address cannot be listened on, by its name.
pub(crate) async fn serve(
    configuration: &Configuration,
    wired: Wired,
    with_worker: bool,
    ready: impl FnOnce(SocketAddr) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let state = Arc::new(ApiState::new(
        wired.services.clone(),
        settings(configuration),
        wired.seals.clone(),
        wired.limiter.clone(),
    ));
    let factory_state = state.clone();
    let mut server = HttpServer::new(move || create_app(factory_state.clone()))
        .disable_signals()
        .client_request_timeout(configuration.server.head_timeout_seconds.into())
        .client_disconnect_timeout(LAST_WORDS)
        .shutdown_timeout(DRAIN.as_secs());
    if configuration.server.threads > 0 {
        server = server.workers(configuration.server.threads);
    }
    // Before anybody can reach it: whoever does may ask it to stop.
    let signals = StopSignals::listen()?;
    let listen = configuration.server.listen;
    let server = server.bind(listen).with_context(|| taken(listen))?;
    let address = server.addrs().first().copied().unwrap_or(listen);
    let running = server.run();
    let handle = running.handle();
    let serving = actix_web::rt::spawn(running);
    let stop = CancellationToken::new();
    let work = with_worker.then(|| tokio::spawn(working::work(wired.services.clone(), stop.clone())));
    tracing::info!(%address, "listening");
    ready(address)?;
    signals.wait().await;
    tracing::info!("draining");
    state.start_draining();
    stop.cancel();
    let ending = async {
        handle.stop(true).await;
        serving.await??;
        if let Some(work) = work {
            work.await?;
        }
        wired.database.close().await;
        anyhow::Ok(())
    };
    if let Ok(ended) = tokio::time::timeout(END, ending).await {
        ended?;
    } else {
        tracing::warn!("not everything that was under way came to its end in time");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Whether the address can be listened on now, for a command that has long work to do before it serves.
///
/// # Errors
/// When it cannot, by its name.
pub(crate) fn check_listen(listen: SocketAddr) -> anyhow::Result<()> {
    TcpListener::bind(listen).map(drop).with_context(|| taken(listen))
}

/// What is told when an address cannot be listened on.
fn taken(listen: SocketAddr) -> String {
    format!("server.listen: {listen} cannot be listened on; is another program there? (IPT_SERVER__LISTEN)")
}

/// SIGTERM and SIGINT, which ask for the end. Heard from here on: until then they end the process at once.
pub(crate) struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system does not let us.
    pub(crate) fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for one that came since.
    pub(crate) async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// What the API needs of the settings.
fn settings(configuration: &Configuration) -> ApiSettings {
    ApiSettings {
        public_url: configuration.public_url(),
        trusted_proxies: configuration.server.trusted_proxies.clone(),
        cors_origins: configuration.server.cors_origins.clone(),
        requests_per_minute: configuration.rate_limit.requests_per_minute,
        sign_in_per_minute: configuration.rate_limit.sign_in_per_minute,
        max_waiting: configuration.server.max_waiting,
        body_timeout: configuration.server.body_timeout_seconds.into(),
        ..ApiSettings::default()
    }
}
