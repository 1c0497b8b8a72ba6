//! Reviews that fall due, for reminders.

use ipt_domain::{
    Instant,
    id::{LogEntryId, PlacementId, TenantId, UserId},
    placement::standing::INDUSTRIAL_DAYS_AFTER_TERMINATION,
};
use ipt_ports::{RepositoryError, engagement::ReviewDue};
use sea_orm::{ConnectionTrait as _, DbErr, QueryResult};

use crate::{dialect::Sql, error::repository_error, scope::push_within, unit_of_work::SeaUnitOfWork};

/// Whose review is awaited.
const REVIEWER: &str =
    "CASE e.state WHEN 'submitted' THEN p.industrial_supervisor_id ELSE p.university_supervisor_id END";

impl SeaUnitOfWork {
    /// Reviews that a supervisor of a placement can give, and that are due at or before `until`. An entry whose industrial
    /// review falls due after that right has expired waits for a coordinator, who is not reminded here.
    ///
    /// Answered by `log_entry_open`, whose condition stands in the text once more: SQLite does not see that the narrower
    /// one implies it.
    pub(super) async fn due_reviews(
        &self,
        until: Instant,
        after: Option<(UserId, LogEntryId)>,
        limit: u32,
    ) -> Result<Vec<ReviewDue>, RepositoryError> {
        let days = INDUSTRIAL_DAYS_AFTER_TERMINATION;
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT e.tenant_id, ")
            .push(REVIEWER)
            .push(" AS reviewer_id, e.id, e.placement_id, e.log_date, ");
        sql.push("u.full_name AS student_name, e.due_on, e.due_at, e.state FROM log_entry e ");
        sql.push("JOIN placement p ON p.tenant_id = e.tenant_id AND p.id = e.placement_id ");
        sql.push("JOIN user_account u ON u.id = e.student_id ");
        sql.push("WHERE e.state IN ('submitted', 'revision_requested', 'industry_verified', 'flagged') ");
        sql.push(
            "AND e.state IN ('submitted', 'industry_verified') AND p.state IN ('active', 'terminated') AND ",
        );
        push_within(&mut sql, self.scope(), "e.tenant_id");
        sql.push(" AND e.due_at <= ")
            .bind(until)
            .push(" AND ")
            .push(REVIEWER)
            .push(" IS NOT NULL");
        sql.push(" AND NOT (p.state = 'terminated' AND e.state = 'submitted' AND e.due_on > ");
        sql.either(
            &format!("p.effective_date + {days}"),
            &format!("date(p.effective_date, '+{days} days')"),
        );
        sql.push(")");
        if let Some((reviewer, entry)) = after {
            sql.push(" AND (")
                .push(REVIEWER)
                .push(", e.id) > (")
                .bind(reviewer.uuid());
            sql.push(", ").bind(entry.uuid()).push(")");
        }
        sql.push(" ORDER BY reviewer_id, e.id LIMIT ")
            .bind(i64::from(limit));
        let rows = self
            .connection()
            .query_all_raw(sql.statement())
            .await
            .map_err(repository_error)?;
        rows.iter()
            .map(read)
            .collect::<Result<_, _>>()
            .map_err(repository_error)
    }
}

fn read(row: &QueryResult) -> Result<ReviewDue, DbErr> {
    let state: String = row.try_get("", "state")?;
    Ok(ReviewDue {
        tenant_id: TenantId::new(row.try_get("", "tenant_id")?),
        reviewer: UserId::new(row.try_get("", "reviewer_id")?),
        entry_id: LogEntryId::new(row.try_get("", "id")?),
        placement_id: PlacementId::new(row.try_get("", "placement_id")?),
        log_date: row.try_get("", "log_date")?,
        student_name: row.try_get("", "student_name")?,
        due_on: row.try_get("", "due_on")?,
        due_at: row.try_get("", "due_at")?,
        industry: state == "submitted",
    })
}
