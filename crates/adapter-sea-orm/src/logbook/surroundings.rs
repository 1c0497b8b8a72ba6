//! What a submission depends on, in one statement: the hottest read of the product.

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::LogEntryId,
    logbook::{
        circumstances::Surroundings,
        entry::LogEntry,
        hours::Minutes,
        nearby::{LOGS_TO_EITHER_SIDE, NearbyFixes, OtherFix},
    },
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

/// Of which day the surroundings are looked up.
#[derive(Clone, Copy)]
struct Around {
    date: NaiveDate,
    /// The entry of the day, where it exists already: it is left out.
    except: Option<LogEntryId>,
    /// When the position was taken that comes with it.
    fix_at: Option<Instant>,
}

impl Around {
    fn push_others(self, sql: &mut Sql) {
        if let Some(id) = self.except {
            sql.push(" AND e.id <> ").bind(id.uuid());
        }
    }
}

/// Adds what surrounds a day of the placement `p`.
///
/// The week's hours are those of the student, on whatever placement: a person has one week. Hours taken back into a draft
/// are not submitted.
fn push_surroundings(sql: &mut Sql, around: Around) {
    let date = around.date;
    let week = Week::of(date);
    sql.push(
        "EXISTS (SELECT 1 FROM log_entry e WHERE e.tenant_id = p.tenant_id AND e.placement_id = p.id \
         AND e.state <> 'voided' AND e.log_date = ",
    );
    sql.bind(date);
    around.push_others(sql);
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
        .push(") AS week_minutes");
    if let Some(at) = around.fix_at {
        push_next_in_time(sql, around, at, ("<=", "DESC", "fix_before"));
        push_next_in_time(sql, around, at, (">", "ASC", "fix_after"));
        push_next_by_day(sql, around, ("<=", "DESC", "days_before"));
        push_next_by_day(sql, around, (">", "ASC", "days_after"));
    }
}

/// Adds the student's fix next to `at` on one side of it.
fn push_next_in_time(sql: &mut Sql, around: Around, at: Instant, (side, order, name): (&str, &str, &str)) {
    sql.either(", (SELECT json_build_object(", ", (SELECT json_object(");
    sql.push("'lat', e.latitude, 'lng', e.longitude, 'at', e.fix_at)");
    sql.either("::text", "");
    sql.push(
        " FROM log_entry e WHERE e.tenant_id = p.tenant_id AND e.student_id = p.student_id AND e.fix_at ",
    );
    sql.push(side).push(" ").bind(at);
    around.push_others(sql);
    let order = format!(" ORDER BY e.fix_at {order}, e.id {order} LIMIT 1) AS {name}");
    sql.push(&order);
}

/// Adds where the student's logs next to the day were written, on one side of it, the nearest first.
fn push_next_by_day(sql: &mut Sql, around: Around, (side, order, name): (&str, &str, &str)) {
    sql.either(
        ", (SELECT coalesce(json_agg(json_build_array(",
        ", (SELECT json_group_array(json_array(",
    );
    sql.push("f.latitude, f.longitude)");
    let nearest_first = format!(" ORDER BY f.log_date {order}, f.id {order})");
    sql.push(&nearest_first).either(", '[]')::text", "");
    sql.push(
        " FROM (SELECT e.latitude, e.longitude, e.log_date, e.id FROM log_entry e WHERE e.tenant_id = p.tenant_id \
         AND e.student_id = p.student_id AND e.fix_at IS NOT NULL AND e.state <> 'voided' AND e.log_date ",
    );
    sql.push(side).push(" ").bind(around.date);
    around.push_others(sql);
    let order =
        format!(" ORDER BY e.log_date {order}, e.id {order} LIMIT {LOGS_TO_EITHER_SIDE}) f) AS {name}");
    sql.push(&order);
}

/// A fix as the statement puts it together.
#[derive(Deserialize)]
struct Fixed {
    lat: f64,
    lng: f64,
    at: Instant,
}

fn position(cells: &Cells, lat: f64, lng: f64) -> Result<Position, RepositoryError> {
    Position::new(lat, lng).map_err(|_| cells.damaged("latitude", "it lies nowhere on the earth"))
}

fn read_fixes(row: &QueryResult, cells: &Cells) -> Result<NearbyFixes, RepositoryError> {
    let fix = |name: &str| {
        let text: Option<String> = row.try_get("", name).map_err(repository_error)?;
        let read = |text: String| {
            let Fixed { lat, lng, at } = cells.gathered("latitude", &text)?;
            Ok::<_, RepositoryError>(OtherFix {
                position: position(cells, lat, lng)?,
                at,
            })
        };
        text.map(read).transpose()
    };
    let places = |name: &str| {
        let text: String = row.try_get("", name).map_err(repository_error)?;
        let places: Vec<(f64, f64)> = cells.gathered("latitude", &text)?;
        let places = places.into_iter().map(|(lat, lng)| position(cells, lat, lng));
        places.collect::<Result<_, RepositoryError>>()
    };
    Ok(NearbyFixes {
        earlier: fix("fix_before")?,
        later: fix("fix_after")?,
        days_before: places("days_before")?,
        days_after: places("days_after")?,
    })
}

fn read(row: &QueryResult, placement: Uuid, around: Around) -> Result<Surroundings, RepositoryError> {
    let minutes: i64 = row.try_get("", "week_minutes").map_err(repository_error)?;
    let nearby_fixes = match around.fix_at {
        Some(_) => read_fixes(row, &Cells::of("log_entry", placement))?,
        None => NearbyFixes::default(),
    };
    Ok(Surroundings {
        day_taken: row.try_get("", "day_taken").map_err(repository_error)?,
        reopened: row.try_get("", "reopened").map_err(repository_error)?,
        other_hours_of_week: Minutes::new(u32::try_from(minutes).unwrap_or(u32::MAX)),
        nearby_fixes,
    })
}

impl SeaUnitOfWork {
    #[tracing::instrument(name = "db.log_entry.submission_case", level = "debug", skip_all)]
    pub(super) async fn case_for_submission(
        &self,
        placement: PlacementChoice,
        log_date: NaiveDate,
        fix_at: Option<Instant>,
    ) -> Result<CaseFound, RepositoryError> {
        let around = Around {
            date: log_date,
            except: None,
            fix_at,
        };
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT ");
        CaseSql::push_columns(&mut sql);
        sql.push(", ");
        push_surroundings(&mut sql, around);
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
                let surroundings = read(row, case.placement.id().uuid(), around)?;
                Ok(CaseFound::One(Box::new((case, surroundings))))
            }
            _ => Ok(CaseFound::Several),
        }
    }

    pub(super) async fn surroundings_of(
        &self,
        entry: &LogEntry,
        fix_at: Option<Instant>,
    ) -> Result<Surroundings, RepositoryError> {
        let around = Around {
            date: entry.log_date(),
            except: Some(entry.id()),
            fix_at,
        };
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT ");
        push_surroundings(&mut sql, around);
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
            |row| read(&row, entry.placement_id().uuid(), around),
        )
    }
}
