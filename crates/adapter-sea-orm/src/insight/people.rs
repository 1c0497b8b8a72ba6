//! Students, and placements by state.

use ipt_domain::placement::state::PlacementStateName;
use ipt_ports::{RepositoryError, insight::FiguresRequest};

use crate::{error::repository_error, number, unit_of_work::SeaUnitOfWork};

/// How many students there are.
#[derive(Default)]
pub(super) struct Students {
    /// Active members with the role of a student.
    pub(super) all: u64,
    /// Of these, those with a placement that is approved, active or suspended.
    pub(super) placed: u64,
}

impl SeaUnitOfWork {
    /// Answered by `membership_role_tenant` and `placement_start`, each read for the institution.
    pub(super) async fn figures_of_students(
        &self,
        request: &FiguresRequest,
    ) -> Result<Students, RepositoryError> {
        let mut sql = self.sql();
        sql.push("SELECT count(*), count(placed.student_id) FROM (");
        sql.push(
            "SELECT DISTINCT m.user_id FROM membership_role r JOIN membership m ON m.id = r.membership_id ",
        );
        sql.push("JOIN user_account u ON u.id = m.user_id WHERE ");
        self.push_of(&mut sql, "r.tenant_id", request);
        sql.push(" AND r.role = 'student' AND m.status = 'active' AND u.disabled_at IS NULL) AS student LEFT JOIN (");
        sql.push("SELECT DISTINCT p.student_id FROM placement p WHERE ");
        self.push_of(&mut sql, "p.tenant_id", request);
        sql.push(" AND p.state IN ('approved', 'active', 'suspended')) AS placed ON placed.student_id = student.user_id");
        let rows = self.rows(sql).await?;
        let Some(row) = rows.first() else {
            return Ok(Students::default());
        };
        let count = |index| {
            row.try_get_by_index::<i64>(index)
                .map(number::total)
                .map_err(repository_error)
        };
        Ok(Students {
            all: count(0)?,
            placed: count(1)?,
        })
    }

    /// The states that occur, in the order of a placement's life. Answered by `placement_start`, read for the institution.
    pub(super) async fn placements_by_state(
        &self,
        request: &FiguresRequest,
    ) -> Result<Vec<(PlacementStateName, u64)>, RepositoryError> {
        let mut sql = self.sql();
        sql.push("SELECT p.state, count(*) FROM placement p WHERE ");
        self.push_of(&mut sql, "p.tenant_id", request);
        sql.push(" GROUP BY p.state");
        let mut counted: Vec<(String, i64)> = Vec::new();
        for row in self.rows(sql).await? {
            let state = row.try_get_by_index(0).map_err(repository_error)?;
            counted.push((state, row.try_get_by_index(1).map_err(repository_error)?));
        }
        let count = |name: PlacementStateName| {
            let (_, count) = counted.iter().find(|(state, _)| state == name.as_str())?;
            Some((name, number::total(*count)))
        };
        Ok(PlacementStateName::ALL.into_iter().filter_map(count).collect())
    }
}
