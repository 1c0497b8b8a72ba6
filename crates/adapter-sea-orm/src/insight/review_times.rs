//! How long reviews take: the medians of both sides.

use chrono::TimeDelta;
use ipt_ports::{RepositoryError, insight::FiguresRequest};

use crate::{error::repository_error, number, unit_of_work::SeaUnitOfWork};

/// Over the decisions of how many days the medians are taken: how long reviews take now, not how long they took years ago,
/// and a bound on what is read.
const WINDOW: TimeDelta = TimeDelta::days(90);

/// The medians, in minutes; none without a decision.
#[derive(Default)]
pub(super) struct ReviewTimes {
    /// From a submission, or a return to industry, to industry's decision.
    pub(super) industry: Option<u64>,
    /// From a verification, or a return to the academic side, to the academic decision.
    pub(super) academic: Option<u64>,
}

impl SeaUnitOfWork {
    /// Each decision with the last thing before it that asked for one, in whole seconds; of each side the one or two in the
    /// middle. Answered by `log_review_time` and, for what came before, `log_review_entry`.
    pub(super) async fn review_times(
        &self,
        request: &FiguresRequest,
    ) -> Result<ReviewTimes, RepositoryError> {
        let mut sql = self.sql();
        sql.push("WITH decision AS MATERIALIZED (SELECT ");
        sql.push("CASE WHEN r.action IN ('approve', 'reject') THEN 1 ELSE 0 END AS industry, r.at, ");
        sql.push("(SELECT max(q.at) FROM log_review q WHERE q.entry_id = r.entry_id AND q.at <= r.at AND ");
        sql.push("((r.action IN ('approve', 'reject') AND q.action IN ('submit', 'revise', 'return_to_industry')) ");
        sql.push("OR (r.action IN ('validate', 'flag') AND ");
        sql.push("q.action IN ('approve', 'verify_on_evidence', 'return_to_academic')))) AS asked ");
        sql.push("FROM log_review r WHERE ");
        self.push_of(&mut sql, "r.tenant_id", request);
        sql.push(" AND r.at >= ")
            .bind(request.now - WINDOW)
            .push(" AND r.at <= ")
            .bind(request.now);
        sql.push(" AND r.action IN ('approve', 'reject', 'validate', 'flag')), ");
        sql.push("taken AS (SELECT industry, CAST(round(");
        sql.either(
            "extract(epoch FROM at - asked)",
            "(julianday(at) - julianday(asked)) * 86400.0",
        );
        sql.push(") AS BIGINT) AS seconds FROM decision WHERE asked IS NOT NULL), ");
        sql.push("ranked AS (SELECT industry, seconds, ");
        sql.push("row_number() OVER (PARTITION BY industry ORDER BY seconds) AS place, ");
        sql.push("count(*) OVER (PARTITION BY industry) AS total FROM taken) ");
        sql.push("SELECT industry, CAST(sum(seconds) AS BIGINT), count(*) FROM ranked ");
        sql.push("WHERE place IN ((total + 1) / 2, (total + 2) / 2) GROUP BY industry");
        let mut times = ReviewTimes::default();
        for row in self.rows(sql).await? {
            let industry: i32 = row.try_get_by_index(0).map_err(repository_error)?;
            let seconds: i64 = row.try_get_by_index(1).map_err(repository_error)?;
            let middle: i64 = row.try_get_by_index(2).map_err(repository_error)?;
            let side = if industry == 1 {
                &mut times.industry
            } else {
                &mut times.academic
            };
            *side = Some(minutes(seconds, middle));
        }
        Ok(times)
    }
}

/// The mean of the one or two in the middle, in whole minutes, the nearest.
fn minutes(seconds: i64, middle: i64) -> u64 {
    let minute = 60 * middle.max(1);
    number::total((seconds + minute / 2) / minute)
}
