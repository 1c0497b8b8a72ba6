//! Entries by state, those of today, and those overdue.

use ipt_domain::logbook::state::StateName;
use ipt_ports::{RepositoryError, insight::FiguresRequest};

use crate::{error::repository_error, number, unit_of_work::SeaUnitOfWork};

/// How many entries there are.
#[derive(Default)]
pub(super) struct Logs {
    /// By state, those that were ever submitted; the states that occur, in the order of the chain.
    pub(super) by_state: Vec<(StateName, u64)>,
    /// First submitted today.
    pub(super) submitted_today: u64,
    /// Whose review is overdue; a suspended placement has none.
    pub(super) overdue: u64,
}

impl SeaUnitOfWork {
    /// All three in one look at the institution's entries, by `log_entry_tenant`.
    pub(super) async fn figures_of_logs(&self, request: &FiguresRequest) -> Result<Logs, RepositoryError> {
        let mut sql = self.sql();
        sql.push("SELECT e.state, count(*), count(CASE WHEN e.first_submitted_at >= ")
            .bind(request.today.from);
        sql.push(" AND e.first_submitted_at < ")
            .bind(request.today.to)
            .push(" THEN 1 END), ");
        sql.push("count(CASE WHEN e.due_at < ")
            .bind(request.now)
            .push(" AND p.state <> 'suspended' THEN 1 END) ");
        sql.push(
            "FROM log_entry e JOIN placement p ON p.tenant_id = e.tenant_id AND p.id = e.placement_id WHERE ",
        );
        self.push_of(&mut sql, "e.tenant_id", request);
        sql.push(" AND e.first_submitted_at IS NOT NULL GROUP BY e.state");
        let mut logs = Logs::default();
        let mut counted: Vec<(String, u64)> = Vec::new();
        for row in self.rows(sql).await? {
            let count = |index| {
                row.try_get_by_index::<i64>(index)
                    .map(number::total)
                    .map_err(repository_error)
            };
            counted.push((row.try_get_by_index(0).map_err(repository_error)?, count(1)?));
            logs.submitted_today += count(2)?;
            logs.overdue += count(3)?;
        }
        let count = |name: StateName| {
            let (_, count) = counted.iter().find(|(state, _)| state == name.as_str())?;
            Some((name, *count))
        };
        logs.by_state = StateName::ALL.into_iter().filter_map(count).collect();
        Ok(logs)
    }
}
