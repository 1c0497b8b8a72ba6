//! What needs a person: flagged entries, overdue reviews, ends that have passed, supervisors that are missing.

use ipt_ports::{
    RepositoryError,
    insight::{ExceptionFound, FiguresRequest},
};

use super::exception_mapper;
use crate::{dialect::Sql, unit_of_work::SeaUnitOfWork};

/// Entries with their students. The first condition is that of the index `log_entry_open`, which answers: SQLite does not
/// see that a narrower one implies it.
const ENTRIES: &str = "FROM log_entry e JOIN placement p ON p.tenant_id = e.tenant_id AND p.id = e.placement_id \
    JOIN user_account u ON u.id = e.student_id \
    WHERE e.state IN ('submitted', 'revision_requested', 'industry_verified', 'flagged') AND ";

/// Placements with their students and organisations; answered by `placement_start`.
const PLACEMENTS: &str = "FROM placement p JOIN user_account u ON u.id = p.student_id \
    JOIN organisation o ON o.id = p.organisation_id WHERE ";

impl SeaUnitOfWork {
    /// Of each kind those that have waited longest, in one statement.
    pub(super) async fn exceptions(
        &self,
        request: &FiguresRequest,
    ) -> Result<Vec<ExceptionFound>, RepositoryError> {
        let mut sql = self.sql();
        sql.push("SELECT found.*, t.time_zone FROM tenant t JOIN (");
        self.push_flagged(&mut sql, request);
        sql.push(" UNION ALL ");
        self.push_overdue(&mut sql, request);
        sql.push(" UNION ALL ");
        self.push_end_passed(&mut sql, request);
        sql.push(" UNION ALL ");
        self.push_supervisor_missing(&mut sql, request);
        sql.push(") AS found ON t.id = found.tenant_id WHERE ");
        self.push_of(&mut sql, "t.id", request);
        let rows = self.rows(sql).await?;
        let found = rows
            .iter()
            .map(exception_mapper::read)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(exception_mapper::fairly(found, request.exceptions))
    }

    fn push_flagged(&self, sql: &mut Sql, request: &FiguresRequest) {
        sql.push(
            "SELECT * FROM (SELECT 'flagged_entry' AS kind, e.tenant_id, e.id, u.full_name AS student, ",
        );
        sql.push("NULL AS organisation, e.log_date AS day, e.decided_at AS since ")
            .push(ENTRIES);
        self.push_of(sql, "e.tenant_id", request);
        sql.push(" AND e.state = 'flagged' ORDER BY e.decided_at, e.id LIMIT ");
        sql.bind(i64::from(request.exceptions)).push(") AS flagged");
    }

    fn push_overdue(&self, sql: &mut Sql, request: &FiguresRequest) {
        sql.push(
            "SELECT * FROM (SELECT 'overdue_review' AS kind, e.tenant_id, e.id, u.full_name AS student, ",
        );
        sql.push("NULL AS organisation, e.log_date AS day, e.due_at AS since ")
            .push(ENTRIES);
        self.push_of(sql, "e.tenant_id", request);
        sql.push(" AND e.due_at < ")
            .bind(request.now)
            .push(" AND p.state <> 'suspended'");
        sql.push(" ORDER BY e.due_at, e.id LIMIT ")
            .bind(i64::from(request.exceptions))
            .push(") AS overdue");
    }

    fn push_end_passed(&self, sql: &mut Sql, request: &FiguresRequest) {
        sql.push("SELECT * FROM (SELECT 'end_passed' AS kind, p.tenant_id, p.id, u.full_name AS student, ");
        sql.push("o.name AS organisation, p.end_date AS day, ")
            .push(NO_INSTANT)
            .push(" AS since ")
            .push(PLACEMENTS);
        self.push_of(sql, "p.tenant_id", request);
        sql.push(" AND p.state = 'active' AND p.end_date < ")
            .bind(request.date);
        sql.push(" ORDER BY p.end_date, p.id LIMIT ")
            .bind(i64::from(request.exceptions))
            .push(") AS ended");
    }

    /// A supervisor who is no active member any more is missing too: the open reviews need a successor at once.
    fn push_supervisor_missing(&self, sql: &mut Sql, request: &FiguresRequest) {
        sql.push(
            "SELECT * FROM (SELECT 'supervisor_missing' AS kind, p.tenant_id, p.id, u.full_name AS student, ",
        );
        sql.push("o.name AS organisation, p.start_date AS day, ")
            .push(NO_INSTANT)
            .push(" AS since ")
            .push(PLACEMENTS);
        self.push_of(sql, "p.tenant_id", request);
        sql.push(" AND p.state IN ('approved', 'active', 'suspended') AND p.start_date <= ")
            .bind(request.date);
        sql.push(" AND (NOT ")
            .push(&serving("p.industrial_supervisor_id"));
        sql.push(" OR NOT ").push(&serving("p.university_supervisor_id"));
        sql.push(") ORDER BY p.start_date, p.id LIMIT ")
            .bind(i64::from(request.exceptions))
            .push(") AS missing");
    }
}

/// PostgreSQL wants the parts of a union to agree on the type; SQLite has no types to name.
const NO_INSTANT: &str = "CASE WHEN p.id IS NULL THEN p.updated_at END";

/// Whether the person in `column` is an active member of the placement's institution.
fn serving(column: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM membership m JOIN user_account a ON a.id = m.user_id WHERE m.user_id = {column} \
         AND m.tenant_id = p.tenant_id AND m.status = 'active' AND a.disabled_at IS NULL)"
    )
}
