//! What happened on each of the last days.

use ipt_ports::{
    RepositoryError,
    insight::{DayOfTrend, FiguresRequest},
};

use crate::{error::repository_error, number, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    /// One row for each day asked for, by its number in the list; the days' limits are instants, so that no database needs
    /// to know of time zones. An entry counts once a day and kind. Answered by `log_review_time`.
    pub(super) async fn trend(&self, request: &FiguresRequest) -> Result<Vec<DayOfTrend>, RepositoryError> {
        let spans = || request.days.iter().map(|(_, span)| span);
        let Some((first, last)) = spans()
            .map(|span| span.from)
            .min()
            .zip(spans().map(|span| span.to).max())
        else {
            return Ok(Vec::new());
        };
        let mut sql = self.sql();
        sql.push("SELECT d.place, ");
        sql.push("count(DISTINCT CASE WHEN r.action IN ('submit', 'revise') THEN r.entry_id END), ");
        sql.push(
            "count(DISTINCT CASE WHEN r.action IN ('approve', 'verify_on_evidence') THEN r.entry_id END), ",
        );
        sql.push("count(DISTINCT CASE WHEN r.action = 'validate' THEN r.entry_id END) ");
        sql.push("FROM (SELECT column1 AS place, column2 AS since, column3 AS until FROM (VALUES ");
        for (place, (_, span)) in request.days.iter().enumerate() {
            sql.push(&format!("{}({place}, ", if place == 0 { "" } else { ", " }));
            sql.bind(span.from).push(", ").bind(span.to).push(")");
        }
        sql.push(") AS v) AS d JOIN log_review r ON r.at >= d.since AND r.at < d.until AND ");
        self.push_of(&mut sql, "r.tenant_id", request);
        sql.push(" WHERE r.at >= ")
            .bind(first)
            .push(" AND r.at < ")
            .bind(last);
        sql.push(" AND r.action IN ('submit', 'revise', 'approve', 'verify_on_evidence', 'validate') GROUP BY d.place");
        let quiet = |date| DayOfTrend {
            date,
            submitted: 0,
            verified: 0,
            validated: 0,
        };
        let mut days: Vec<DayOfTrend> = request.days.iter().map(|(date, _)| quiet(*date)).collect();
        for row in self.rows(sql).await? {
            let count = |index| {
                row.try_get_by_index::<i64>(index)
                    .map(number::total)
                    .map_err(repository_error)
            };
            let place: i32 = row.try_get_by_index(0).map_err(repository_error)?;
            let Some(day) = usize::try_from(place).ok().and_then(|place| days.get_mut(place)) else {
                continue;
            };
            (day.submitted, day.verified, day.validated) = (count(1)?, count(2)?, count(3)?);
        }
        Ok(days)
    }
}
