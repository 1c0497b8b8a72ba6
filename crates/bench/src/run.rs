//! The measurements of one database, one after the other.

use std::{
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};

use anyhow::Result;
use argon2::{Argon2, PasswordHasher as _};
use chrono::Utc;
use tokio::task::JoinSet;

use crate::{
    bare::{Bare, Work},
    lanes::{Approve, Look, SignIn, Submit},
    load::{self, Figures, Load},
    program::Program,
    report::{Line, Report},
    world::{PASSWORD, World},
};

/// Over how many connections logs are handed in.
const CONNECTIONS: [usize; 3] = [1, 64, 500];

/// Over how many connections everything else is done.
const USUAL: usize = 64;

/// How often the server is started for the time until it is ready.
const STARTS: usize = 5;

/// What is measured, and how long.
pub(crate) struct Plan {
    /// How long each measurement lasts.
    pub(crate) time: Duration,
    /// How many students there are.
    pub(crate) students: usize,
    /// Only measurements whose name contains this.
    pub(crate) only: String,
    /// Whether the server does the background work meanwhile.
    pub(crate) worker: bool,
}

/// One database under measurement.
struct Bench<'a> {
    plan: &'a Plan,
    program: Program,
    bare: Bare,
    world: Arc<World>,
    taken: Arc<AtomicUsize>,
    report: Report,
}

/// Measures everything on one database.
///
/// # Errors
/// When the server or the database refuses something.
pub(crate) async fn run(plan: &Plan, mut program: Program, mut bare: Bare) -> Result<Report> {
    let database = bare.version().await?;
    say(&format!("{database}: making {} students", plan.students));
    program.start(plan.worker).await?;
    let world = World::make(&program, plan.students, today()).await?;
    let world = Arc::new(world);
    let taken = Arc::new(AtomicUsize::new(0));
    // One submission as the pattern, and some more, so that nothing is measured on empty tables.
    let submit = submissions(&world, &taken);
    load::run(program.host(), 8, Duration::from_secs(2), submit).await?;
    bare.learn(&world).await?;
    let report = Report {
        database,
        lines: Vec::new(),
        remarks: Vec::new(),
    };
    let mut bench = Bench {
        plan,
        program,
        bare,
        world,
        taken,
        report,
    };
    bench.submit().await?;
    bench.look().await?;
    bench.approve().await?;
    bench.sign_in().await?;
    bench.starts().await?;
    Ok(bench.report)
}

impl Bench<'_> {
    async fn submit(&mut self) -> Result<()> {
        for connections in CONNECTIONS {
            let what = format!("`POST /logs`, {connections} connections");
            let load = submissions(&self.world, &self.taken);
            let done = self.measure(&what, connections, load, Some(Work::Submit)).await?;
            if done && Some(&connections) == CONNECTIONS.last() {
                let (now, most) = self.program.memory()?;
                let remark = format!(
                    "resident memory of the server after {connections} connections: {now} MiB, at most {most} MiB"
                );
                self.report.remarks.push(remark);
            }
        }
        Ok(())
    }

    async fn look(&mut self) -> Result<()> {
        let pages = self.pages();
        let what = format!("`GET /logs?limit=50`, {USUAL} connections");
        let done = self.measure(&what, USUAL, pages, Some(Work::Look)).await?;
        if done && let Some(remark) = self.bare.cost_of_policies(USUAL, self.plan.time).await? {
            self.report.remarks.push(remark);
        }
        Ok(())
    }

    async fn approve(&mut self) -> Result<()> {
        let what = format!("`PATCH /logs/{{id}}/verify-industry`, {USUAL} connections");
        if !self.wanted(&what) {
            return Ok(());
        }
        let waiting = usize::try_from(self.plan.time.as_secs())? * 4_000;
        let load = Approve::of(&self.world, self.program.host(), waiting).await?;
        self.measure(&what, USUAL, Arc::new(load), Some(Work::Approve))
            .await?;
        Ok(())
    }

    async fn sign_in(&mut self) -> Result<()> {
        let what = format!("`POST /auth/login`, {USUAL} connections");
        if self.wanted(&what) {
            say(&what);
            let sign_in: Arc<dyn Load> = Arc::new(SignIn {
                world: Arc::clone(&self.world),
                turn: AtomicUsize::new(0),
            });
            let server = load::run(self.program.host(), USUAL, self.plan.time, sign_in.clone()).await?;
            let hashes = hashes(self.plan.time).await?;
            let bare = Some(("Argon2id on two threads", hashes));
            self.report.lines.push(Line { what, server, bare });
        }
        let what = format!("`GET /logs`, {USUAL} connections, while {USUAL} others sign in without pause");
        if self.wanted(&what) {
            say(&what);
            let host = self.program.host().to_owned();
            let alone = load::run(&host, USUAL, self.plan.time, self.pages()).await?;
            let sign_in = Arc::new(SignIn {
                world: Arc::clone(&self.world),
                turn: AtomicUsize::new(0),
            });
            let time = self.plan.time;
            let (server, _) = tokio::try_join!(
                load::run(&host, USUAL, time, self.pages()),
                load::run(&host, USUAL, time, sign_in)
            )?;
            let bare = Some(("the same without them", alone.rate));
            self.report.lines.push(Line { what, server, bare });
        }
        Ok(())
    }

    /// How long the server takes until it is ready, on the database as it is now.
    async fn starts(&mut self) -> Result<()> {
        self.program.stop().await?;
        let mut times = Vec::new();
        for _ in 0..STARTS {
            times.push(self.program.start(false).await?.as_millis());
            self.program.stop().await?;
        }
        let remark = format!("`ipt serve` ready after {times:?} ms");
        self.report.remarks.push(remark);
        Ok(())
    }

    fn pages(&self) -> Arc<dyn Load> {
        Arc::new(Look {
            path: "/api/v1/logs?limit=50",
            token: self.world.coordinator.clone(),
        })
    }

    fn wanted(&self, what: &str) -> bool {
        what.contains(&self.plan.only)
    }

    /// Measures, if it is wanted: the server, then the database without it.
    async fn measure(
        &mut self,
        what: &str,
        connections: usize,
        load: Arc<dyn Load>,
        work: Option<Work>,
    ) -> Result<bool> {
        if !self.wanted(what) {
            return Ok(false);
        }
        say(what);
        let time = self.plan.time;
        let server: Figures = load::run(self.program.host(), connections, time, load).await?;
        let bare = match work {
            Some(work) => Some((self.bare.name(), self.bare.rate(work, connections, time).await?)),
            None => None,
        };
        say(&format!(
            "  {:.0} a second, {} errors, beside {bare:.0?}",
            server.rate, server.errors
        ));
        let what = what.to_owned();
        self.report.lines.push(Line { what, server, bare });
        Ok(true)
    }
}

fn submissions(world: &Arc<World>, taken: &Arc<AtomicUsize>) -> Arc<dyn Load> {
    Arc::new(Submit {
        world: Arc::clone(world),
        taken: Arc::clone(taken),
    })
}

/// Password hashes a second, with the parameters of the server, two at a time.
async fn hashes(time: Duration) -> Result<f64> {
    let mut tasks = JoinSet::new();
    for _ in 0..2 {
        tasks.spawn_blocking(move || {
            let (mut done, began) = (0_u32, std::time::Instant::now());
            while began.elapsed() < time {
                Argon2::default()
                    .hash_password(PASSWORD.as_bytes())
                    .map_err(|error| anyhow::anyhow!("hashing: {error}"))?;
                done += 1;
            }
            anyhow::Ok(f64::from(done) / began.elapsed().as_secs_f64())
        });
    }
    let mut sum = 0.0;
    while let Some(rate) = tasks.join_next().await {
        sum += rate??;
    }
    Ok(sum)
}

#[expect(clippy::disallowed_methods, reason = "the days of the placements end today")]
fn today() -> chrono::NaiveDate {
    Utc::now().date_naive()
}

/// Says on the terminal what is going on.
fn say(what: &str) {
    eprintln!("… {what}");
}
