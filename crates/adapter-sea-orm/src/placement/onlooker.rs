//! What a person has to do with placements now, by the domain's own rule.

use ipt_domain::{
    id::UserId,
    placement::standing::Standing,
    tenancy::calendar::{WeekendDays, WorkingCalendar},
};
use ipt_ports::{RepositoryError, logbook::Onlooker};
use sea_orm::{ConnectionTrait as _, QueryResult};
use uuid::Uuid;

use super::{CaseSql, mapper, placement_row};
use crate::{
    cells::Cells, dialect::Sql, error::repository_error, joined, scope::push_within,
    unit_of_work::SeaUnitOfWork,
};

/// A placement on which a person holds a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    /// The placement.
    pub(crate) placement: Uuid,
    /// Its student.
    pub(crate) student: Uuid,
}

/// The parts that a person holds now, on which placements.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// As the student.
    pub(crate) own: Vec<Seat>,
    /// For industry, as the supervisor or a delegate.
    pub(crate) industrial: Vec<Seat>,
    /// For the academic side, as the supervisor or a delegate.
    pub(crate) academic: Vec<Seat>,
}

impl Parts {
    /// On either side.
    pub(crate) fn supervised(&self) -> impl Iterator<Item = &Seat> {
        self.industrial.iter().chain(&self.academic)
    }
}

/// The parts that the onlooker holds: one statement. Which ones are held now (a delegate's days; the days after a
/// termination) is for the domain to say, by the day at the workplace and at the institution.
pub(crate) async fn parts_of(unit: &SeaUnitOfWork, onlooker: &Onlooker) -> Result<Parts, RepositoryError> {
    let mut sql = Sql::new(unit.dialect());
    sql.push("SELECT ")
        .push(&joined::columns::<placement_row::Entity>("p"));
    sql.push(", s.time_zone AS site_zone, t.time_zone AS zone, ");
    CaseSql::push_delegates(&mut sql);
    sql.push(
        " FROM placement p JOIN tenant t ON t.id = p.tenant_id \
         LEFT JOIN site s ON s.id = p.site_id AND (s.tenant_id IS NULL OR s.tenant_id = p.tenant_id) WHERE ",
    );
    push_within(&mut sql, unit.scope(), "p.tenant_id");
    sql.push(" AND p.id IN (");
    // A union, so that each way to a placement has its index.
    let ways = [
        ("SELECT id FROM placement WHERE student_id = ", ""),
        (
            "SELECT id FROM placement WHERE industrial_supervisor_id = ",
            " UNION ",
        ),
        (
            "SELECT id FROM placement WHERE university_supervisor_id = ",
            " UNION ",
        ),
        (
            "SELECT placement_id FROM delegation WHERE delegate_id = ",
            " UNION ",
        ),
    ];
    for (way, between) in ways {
        sql.push(between)
            .push(way)
            .bind(onlooker.user_id.uuid())
            .push(" AND ");
        push_within(&mut sql, unit.scope(), "tenant_id");
    }
    sql.push(")");
    let rows = unit
        .connection()
        .query_all_raw(sql.statement())
        .await
        .map_err(repository_error)?;
    let mut parts = Parts::default();
    for row in &rows {
        let (seat, standing) = standing(row, onlooker)?;
        parts.own.extend(standing.student.then_some(seat));
        parts.industrial.extend(standing.industrial.map(|_| seat));
        parts.academic.extend(standing.academic.map(|_| seat));
    }
    Ok(parts)
}

fn standing(row: &QueryResult, onlooker: &Onlooker) -> Result<(Seat, Standing), RepositoryError> {
    let placement: placement_row::Model = joined::row(row, "p_").map_err(repository_error)?;
    let (id, tenant, site) = (placement.id, placement.tenant_id, placement.site_id);
    let zone: String = row.try_get("", "zone").map_err(repository_error)?;
    let institution =
        calendar(&zone).ok_or_else(|| Cells::of("tenant", tenant).damaged("time_zone", NO_ZONE))?;
    let site_zone: Option<String> = row.try_get("", "site_zone").map_err(repository_error)?;
    let workplace = match (site_zone, site) {
        (Some(zone), Some(site)) => {
            calendar(&zone).ok_or_else(|| Cells::of("site", site).damaged("time_zone", NO_ZONE))?
        }
        _ => institution.clone(),
    };
    let delegates = CaseSql::read_delegates(row, id)?;
    let placement = mapper::placement::placement(placement)?;
    let standing = placement.standing_of(
        onlooker.user_id,
        workplace.local_date(onlooker.now),
        institution.local_date(onlooker.now),
        &delegates,
    );
    Ok((
        Seat {
            placement: id,
            student: UserId::uuid(placement.student_id()),
        },
        standing,
    ))
}

const NO_ZONE: &str = "there is no such zone";

/// A calendar that serves for nothing but the date of an instant.
fn calendar(zone: &str) -> Option<WorkingCalendar> {
    Some(WorkingCalendar::new(
        zone.parse().ok()?,
        WeekendDays::NONE,
        std::collections::BTreeSet::new(),
    ))
}
