//! Logs: for a person at a terminal, or one JSON object a line.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, filter::ParseError, layer::SubscriberExt, util::SubscriberInitExt};

use crate::configuration::{Log, LogFormat};

/// Starts logging to standard error.
///
/// # Errors
/// When the filter is no filter, or logging was started before.
pub(crate) fn start(log: &Log) -> anyhow::Result<()> {
    let filter = filter(&log.filter).map_err(|error| anyhow::anyhow!("log.filter: {error}"))?;
    let registry = tracing_subscriber::registry().with(filter);
    match log.format {
        LogFormat::Json => {
            let layer = tracing_subscriber::fmt::layer()
                .json()
                .flatten_event(true)
                .with_writer(std::io::stderr);
            registry.with(layer).try_init()?;
        }
        LogFormat::Pretty => {
            let layer = tracing_subscriber::fmt::layer()
                .with_target(false)
                .with_ansi(std::io::stderr().is_terminal())
                .with_writer(std::io::stderr);
            registry.with(layer).try_init()?;
        }
    }
    Ok(())
}

/// The filter of the settings. Of connections that send something else than HTTP the library writes an error each, and
/// whoever can reach the port could fill the disk with them: it is heard only where the filter names it.
fn filter(wanted: &str) -> Result<EnvFilter, ParseError> {
    if wanted.contains("actix_http") {
        EnvFilter::try_new(wanted)
    } else {
        EnvFilter::try_new(format!("{wanted},actix_http=off"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_that_are_not_http_fill_no_log_unless_it_is_wanted() {
        let told = |wanted| filter(wanted).unwrap().to_string();
        assert!(told("info,sqlx=warn").contains("actix_http=off"));
        assert!(told("warn").contains("actix_http=off"));
        assert!(!told("info,actix_http=debug").contains("actix_http=off"));
        assert!(filter("info,=").is_err());
    }
}
