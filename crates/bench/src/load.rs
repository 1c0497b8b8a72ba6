//! Many connections that ask without pause.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use tokio::{sync::Barrier, task::JoinSet};

use crate::client::{Client, Job};

/// What a load does.
pub(crate) trait Load: Send + Sync + 'static {
    /// The next request of anyone; none when nothing is left to do.
    fn next(&self) -> Option<Job>;
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    /// Answers a second.
    pub(crate) rate: f64,
    /// Half of the answers came within this.
    pub(crate) median: Duration,
    /// All but one of a hundred came within this.
    pub(crate) p99: Duration,
    /// Answers other than 2xx, or none at all.
    pub(crate) errors: usize,
    /// The first of those, for a person to read.
    pub(crate) first_error: Option<String>,
}

/// Asks over so many connections for so long.
///
/// # Errors
/// When a connection cannot be made, or the load has run out of work.
pub(crate) async fn run(
    host: &str,
    connections: usize,
    time: Duration,
    load: Arc<dyn Load>,
) -> Result<Figures> {
    let start = Arc::new(Barrier::new(connections));
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let client = Client::connect(host).await?;
        tasks.spawn(one(client, Arc::clone(&start), time, Arc::clone(&load)));
    }
    let mut all = Sample::default();
    while let Some(sample) = tasks.join_next().await {
        all.add(sample.context("a connection's task ended early")?);
    }
    ensure!(!all.ran_out, "there was too little to do: take more students");
    Ok(all.figures(time))
}

/// What one connection saw.
#[derive(Default)]
struct Sample {
    took: Vec<Duration>,
    errors: usize,
    first_error: Option<String>,
    ran_out: bool,
}

impl Sample {
    fn add(&mut self, other: Self) {
        self.took.extend(other.took);
        self.errors += other.errors;
        self.first_error = self.first_error.take().or(other.first_error);
        self.ran_out |= other.ran_out;
    }

    fn failed(&mut self, why: String) {
        self.errors += 1;
        self.first_error.get_or_insert(why);
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
    fn figures(mut self, time: Duration) -> Figures {
        self.took.sort_unstable();
        let at = |hundredth: usize| {
            let index = self.took.len() * hundredth / 100;
            self.took.get(index).copied().unwrap_or_default()
        };
        Figures {
            rate: self.took.len() as f64 / time.as_secs_f64(),
            median: at(50),
            p99: at(99),
            errors: self.errors,
            first_error: self.first_error,
        }
    }
}

async fn one(mut client: Client, start: Arc<Barrier>, time: Duration, load: Arc<dyn Load>) -> Sample {
    let mut sample = Sample::default();
    start.wait().await;
    let end = Instant::now() + time;
    loop {
        let Some(job) = load.next() else {
            sample.ran_out = true;
            return sample;
        };
        let began = Instant::now();
        if began >= end {
            return sample;
        }
        match client.ask(job).await {
            Ok((status, _)) if (200..300).contains(&status) => sample.took.push(began.elapsed()),
            Ok((status, body)) => sample.failed(format!("{status} {}", String::from_utf8_lossy(&body))),
            Err(error) => {
                sample.failed(format!("{error:#}"));
                return sample;
            }
        }
    }
}
