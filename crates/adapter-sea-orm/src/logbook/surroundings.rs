//! What a submission depends on, in one statement: the hottest read of the product.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::LogEntryId,
    logbook::{anomaly::PastFix, circumstances::Surroundings, entry::LogEntry, hours::Minutes},
    placement::position::Position,
    tenancy::week::Week,
};
use ipt_ports::{
    RepositoryError,
    logbook::{CaseFound, PlacementChoice},
};
use sea_orm::{ConnectionTrait as _, QueryResult};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    cells::Cells, dialect::Sql, error::repository_error, placement::CaseSql, scope::push_within,
    unit_of_work::SeaUnitOfWork,
};

/// How many of the student's last positions are looked at: the same coordinates on five logs in a row are noted.
const PAST_FIXES: &str = "4";

/// Adds what surrounds the day `date` of the placement `p`, leaving out one entry where it exists already.
///
/// The week's hours are those of the student, on whatever placement: a person has one week. Hours taken back into a draft
/// are not submitted.
fn push_surroundings(sql: &mut Sql, date: NaiveDate, except: Option<LogEntryId>) {
    let week = Week::of(date);
    let other = |sql: &mut Sql| {
        if let Some(id) = except {
            sql.push(" AND e.id <> ").bind(id.uuid());
        }
    };
    sql.push(
        "EXISTS (SELECT 1 FROM log_entry e WHERE e.tenant_id = p.tenant_id AND e.placement_id = p.id \
         AND e.state <> 'voided' AND e.log_date = ",
    );
    sql.bind(date);
    other(sql);
    sql.push(
        ") AS day_taken, EXISTS (SELECT 1 FROM reopened_days r WHERE r.tenant_id = p.tenant_id \
         AND r.placement_id = p.id AND r.starts_on <= ",
    );
    sql.bind(date).push(" AND r.ends_on >= ").bind(date);
    sql.push(
        ") AS reopened, (SELECT coalesce(sum(e.worked_minutes), 0) FROM log_entry e WHERE e.tenant_id = p.tenant_id \
         AND e.student_id = p.student_id AND e.state NOT IN ('draft', 'voided') AND e.log_date BETWEEN ",
    );
    sql.bind(week.monday()).push(" AND ").bind(week.sunday());
    sql.push(" AND e.log_date <> ")
        .bind(date)
        .push(") AS week_minutes, ");
    sql.either(
        "(SELECT coalesce(json_agg(json_build_object('lat', f.latitude, 'lng', f.longitude, 'at', f.fix_at)), '[]')::text",
        "(SELECT json_group_array(json_object('lat', f.latitude, 'lng', f.longitude, 'at', f.fix_at))",
    );
    sql.push(
        " FROM (SELECT e.latitude, e.longitude, e.fix_at, e.id FROM log_entry e WHERE e.tenant_id = p.tenant_id \
         AND e.student_id = p.student_id AND e.fix_at IS NOT NULL",
    );
    other(sql);
    sql.push(" ORDER BY e.fix_at DESC, e.id DESC LIMIT ")
        .push(PAST_FIXES)
        .push(") f) AS past_fixes");
}

/// A position as the statement puts it together.
#[derive(Deserialize)]
struct Fixed {
    lat: f64,
    lng: f64,
    at: Instant,
}

fn read(row: &QueryResult, placement: Uuid) -> Result<Surroundings, RepositoryError> {
    let minutes: i64 = row.try_get("", "week_minutes").map_err(repository_error)?;
    let fixes: String = row.try_get("", "past_fixes").map_err(repository_error)?;
    let cells = Cells::of("log_entry", placement);
    let fixes: Vec<Fixed> = cells.gathered("latitude", &fixes)?;
    let mut past_fixes = Vec::with_capacity(fixes.len());
    for fix in fixes {
        let position = Position::new(fix.lat, fix.lng)
            .map_err(|_| cells.damaged("latitude", "it lies nowhere on the earth"))?;
        past_fixes.push(PastFix { position, at: fix.at });
    }
    past_fixes.sort_by_key(|fix| std::cmp::Reverse(fix.at));
    Ok(Surroundings {
        day_taken: row.try_get("", "day_taken").map_err(repository_error)?,
        reopened: row.try_get("", "reopened").map_err(repository_error)?,
        other_hours_of_week: Minutes::new(u32::try_from(minutes).unwrap_or(u32::MAX)),
        past_fixes,
    })
}

impl SeaUnitOfWork {
    #[tracing::instrument(name = "db.log_entry.submission_case", level = "debug", skip_all)]
    pub(super) async fn case_for_submission(
        &self,
        placement: PlacementChoice,
        log_date: NaiveDate,
    ) -> Result<CaseFound, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT ");
        CaseSql::push_columns(&mut sql);
        sql.push(", ");
        push_surroundings(&mut sql, log_date, None);
        CaseSql::push_tables(&mut sql);
        sql.push(" WHERE ");
        push_within(&mut sql, self.scope(), "p.tenant_id");
        match placement {
            PlacementChoice::Named(id) => sql.push(" AND p.id = ").bind(id.uuid()),
            PlacementChoice::OnlyActiveOf { tenant, student } => {
                sql.push(" AND p.tenant_id = ").bind(tenant.uuid());
                sql.push(" AND p.student_id = ").bind(student.uuid());
                sql.push(" AND p.state = 'active' LIMIT 2")
            }
        };
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        match rows.as_slice() {
            [] => Ok(CaseFound::None),
            [row] => {
                let case = CaseSql::read(row)?;
                let surroundings = read(row, case.placement.id().uuid())?;
                Ok(CaseFound::One(Box::new((case, surroundings))))
            }
            _ => Ok(CaseFound::Several),
        }
    }

    pub(super) async fn surroundings_of(&self, entry: &LogEntry) -> Result<Surroundings, RepositoryError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT ");
        push_surroundings(&mut sql, entry.log_date(), Some(entry.id()));
        sql.push(" FROM placement p WHERE ");
        push_within(&mut sql, self.scope(), "p.tenant_id");
        sql.push(" AND p.id = ").bind(entry.placement_id().uuid());
        let row = self
            .connection()
            .query_one_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        row.map_or_else(
            || Ok(Surroundings::default()),
            |row| read(&row, entry.placement_id().uuid()),
        )
    }
}
