//! The background work: what is due now, again and again, until it is asked to stop.

use std::time::Duration;

use chrono::TimeDelta;
use ipt_application::{Services, audit, engagement, identity, placement};
use ipt_ports::{RepositoryError, Scope, SystemScope};
use tokio_util::sync::CancellationToken;

/// How many messages are claimed at a time.
const BATCH: u32 = 32;

/// How long the outbox rests when there was nothing in it.
const OUTBOX_REST: Duration = Duration::from_millis(500);

/// How long the chain linker rests.
const LINK_REST: Duration = Duration::from_millis(500);

/// How long the making of copies of data rests when none is asked for.
const EXPORTS_REST: Duration = Duration::from_secs(2);

/// How often what goes by the calendar is looked at.
const CALENDAR_REST: Duration = Duration::from_mins(1);

/// How often what has served its purpose is removed.
const CLEAN_UP_REST: Duration = Duration::from_hours(1);

/// After a failure of the database, how long a piece of work rests.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Does all background work until `stop`; what is under way then is finished.
pub(crate) async fn work(services: Services, stop: CancellationToken) {
    tokio::join!(
        deliver(&services, &stop),
        link(&services, &stop),
        calendar(&services, &stop),
        clean_up(&services, &stop),
        exports(&services, &stop)
    );
}

/// Delivers the outbox: batch after batch while there is any.
async fn deliver(services: &Services, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let rest = match engagement::deliver::execute(services, BATCH).await {
            Ok(delivered) if delivered.claimed == BATCH => continue,
            Ok(_) => OUTBOX_REST,
            Err(error) => after_failure("outbox", &error),
        };
        pause(rest, stop).await;
    }
}

/// Links audit records into their chains.
async fn link(services: &Services, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let rest = match audit::link::execute(services).await {
            Ok(_) => LINK_REST,
            Err(error) => after_failure("audit chain", &error),
        };
        pause(rest, stop).await;
    }
    // What was committed while the server drained is linked too.
    if let Err(error) = audit::link::execute(services).await {
        after_failure("audit chain", &error);
    }
}

/// Activates placements whose first day has come, and reminds of reviews. One worker of several does it.
async fn calendar(services: &Services, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let done = async {
            if has_lease(services, "calendar", CALENDAR_REST * 3).await? {
                placement::activate_due::execute(services).await?;
                engagement::reminders::execute(services, &holder()).await?;
            }
            anyhow::Ok(())
        };
        let rest = done.await.map_or_else(
            |error| after_failure("calendar", error.as_ref()),
            |()| CALENDAR_REST,
        );
        pause(rest, stop).await;
    }
}

/// Removes what has served its purpose.
async fn clean_up(services: &Services, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let done = async {
            if has_lease(services, "clean_up", CLEAN_UP_REST).await? {
                engagement::retention::execute(services).await?;
            }
            anyhow::Ok(())
        };
        let rest = done.await.map_or_else(
            |error| after_failure("clean-up", error.as_ref()),
            |()| CLEAN_UP_REST,
        );
        pause(rest, stop).await;
    }
}

/// Makes the copies of data that people ask for: apart from the outbox, since one may take minutes.
async fn exports(services: &Services, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        let rest = match identity::exports::build::execute(services).await {
            Ok(true) => continue,
            Ok(false) => EXPORTS_REST,
            Err(error) => after_failure("copies of data", &error),
        };
        pause(rest, stop).await;
    }
}

/// Whether this process may run a schedule now.
async fn has_lease(services: &Services, name: &str, term: Duration) -> Result<bool, RepositoryError> {
    let now = services.clock.now();
    let until = now + TimeDelta::from_std(term).unwrap_or(TimeDelta::MAX);
    let mut work = services
        .database
        .begin(Scope::System(SystemScope::Worker))
        .await?;
    let taken = work.outbox().take_lease(name, &holder(), now, until).await?;
    work.commit().await?;
    Ok(taken)
}

/// This process, as the holder of leases: its machine's name and its number there.
fn holder() -> String {
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    format!("{}:{}", machine.trim(), std::process::id())
}

/// Rests, or is woken by the end.
async fn pause(rest: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(rest) => {}
        () = stop.cancelled() => {}
    }
}

/// Notes a failure; the work is tried again after a rest.
fn after_failure(what: &str, error: &(dyn std::error::Error + 'static)) -> Duration {
    tracing::warn!(what, error, "background work failed and is tried again");
    AFTER_FAILURE
}
