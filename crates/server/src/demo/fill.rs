//! Filling the database of a demonstration.

use std::sync::Arc;

use anyhow::ensure;
use chrono::Days;
use ipt_application::{Services, audit};
use ipt_domain::Instant;

use super::{
    cast::{UNIVERSITIES, University},
    clock::SteppingClock,
    course::Course,
    founding::{self, Campus},
    mailer::SilentMailer,
    plan,
};

/// How many days before now the universities were founded: enough for whatever comes before the term.
const FOUNDED: Days = Days::new(7 * (plan::WEEKS + 3));

/// Fills an empty, migrated database with a term as it stands at `now`. `told` is called with a line after each phase.
///
/// # Errors
/// When a use case refuses what was planned, or an adapter fails. The database is of no use then.
pub(crate) async fn fill(
    services: &Services,
    now: Instant,
    mut told: impl FnMut(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let clock = Arc::new(SteppingClock::at(now - FOUNDED));
    let services = Services {
        clock: clock.clone(),
        mailer: Arc::new(SilentMailer),
        ..services.clone()
    };
    founding::found_deployment(&services).await?;
    let mut campuses = Vec::with_capacity(UNIVERSITIES.len());
    for university in &UNIVERSITIES {
        let campus = founding::found(&services, university, now).await?;
        told(&told_of(university, &campus))?;
        campuses.push(campus);
    }
    let moments = plan::term(&campuses, now);
    told(&format!(
        "  the term, day by day: {} things to do …",
        moments.len()
    ))?;
    let mut course = Course::new(&services, &clock, &campuses);
    course.run(moments).await?;
    clock.move_to(now);
    told(&format!("  {} placements", course.placements()))?;
    let (entries, counts) = (course.entries(), course.counts());
    let states: Vec<String> = entries
        .iter()
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    told(&format!(
        "  {} logs in {} steps: {}",
        entries.values().sum::<u32>(),
        counts.log_steps,
        states.join(", ")
    ))?;
    ensure!(
        counts.undelivered == 0,
        "{} messages could not be delivered",
        counts.undelivered
    );
    told(&format!("  {} messages delivered", counts.messages))?;
    let linked = audit::link::execute(&services).await?;
    told(&format!("  {linked} audit records linked"))
}

/// A university in a line.
fn told_of(university: &University, campus: &Campus) -> String {
    let sites: usize = campus.hosts.iter().map(|host| host.sites.len()).sum();
    let (students, companies) = (campus.students.len(), campus.hosts.len());
    let supervisors = campus.everybody().count() - students - campus.coordinators.len();
    let name = university.name;
    format!(
        "  {name}: {students} students, {supervisors} supervisors, {companies} companies with {sites} sites"
    )
}
