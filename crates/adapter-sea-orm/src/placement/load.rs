//! How many students a supervisor has at one time: counted in a row of its own, which two who assign at once change one
//! after the other. A student counts once for a supervisor, however many placements they share.

use std::collections::BTreeMap;

use ipt_domain::{
    id::{TenantId, UserId},
    placement::{delegation::Part, placement::Placement},
};
use ipt_ports::{Constraint, RepositoryError, placement::SupervisorCaps};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use super::{hold_row, load_row, placement_row};
use crate::{error::repository_error, number, scope::within, unit_of_work::SeaUnitOfWork};

/// The supervisor whose student this placement's is, in one part: none once it has ended.
fn counted(placement: &Placement, part: Part) -> Option<UserId> {
    placement
        .supervisor(part)
        .filter(|_| !placement.state().name().is_final())
}

/// Who gains the student (`true`) and who loses it, ordered by person, so that two changes never wait for each other.
fn changes(before: Option<&Placement>, after: &Placement) -> BTreeMap<(UserId, Part), bool> {
    let mut changes = BTreeMap::new();
    for part in Part::ALL {
        let (lost, gained) = (
            before.and_then(|before| counted(before, part)),
            counted(after, part),
        );
        if lost != gained {
            changes.extend(lost.map(|supervisor| ((supervisor, part), false)));
            changes.extend(gained.map(|supervisor| ((supervisor, part), true)));
        }
    }
    changes
}

impl SeaUnitOfWork {
    /// Writes the row that stands for the student, and so waits for whoever has written it in an open transaction.
    pub(super) async fn hold(&self, tenant: TenantId, student: UserId) -> Result<(), RepositoryError> {
        use hold_row::{Column, Entity, Model};
        let row = Model {
            tenant_id: tenant.uuid(),
            student_id: student.uuid(),
            holds: 1,
        };
        let once_more = OnConflict::columns([Column::TenantId, Column::StudentId])
            .value(Column::Holds, Expr::col((Entity, Column::Holds)).add(1))
            .to_owned();
        let insert = Entity::insert(row.into_active_model())
            .on_conflict(once_more)
            .into_query();
        self.connection()
            .execute(&insert)
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    /// Counts the student of a placement at those who gain it, within the caps, and no longer at those who lose it.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with [`Constraint::SupervisorCap`].
    pub(super) async fn move_load(
        &self,
        before: Option<&Placement>,
        after: &Placement,
        caps: SupervisorCaps,
    ) -> Result<(), RepositoryError> {
        let changes = changes(before, after);
        if changes.is_empty() {
            return Ok(());
        }
        // Another placement of the same student must not come or go while it is asked whether there is one.
        self.hold(after.tenant_id(), after.student_id()).await?;
        for ((supervisor, part), gained) in changes {
            if self.shares_another(after, supervisor, part).await? {
                continue;
            }
            let cap = match part {
                Part::Industrial => caps.industrial,
                Part::Academic => caps.university,
            };
            if gained {
                self.gain(after.tenant_id(), supervisor, part, cap).await?;
            } else {
                self.lose(after.tenant_id(), supervisor, part).await?;
            }
        }
        Ok(())
    }

    /// Whether the student counts for the supervisor by another placement.
    async fn shares_another(
        &self,
        placement: &Placement,
        supervisor: UserId,
        part: Part,
    ) -> Result<bool, RepositoryError> {
        use ipt_domain::placement::state::PlacementStateName;
        use placement_row::{Column, Entity};
        let of_part = match part {
            Part::Industrial => Column::IndustrialSupervisorId,
            Part::Academic => Column::UniversitySupervisorId,
        };
        let ended = PlacementStateName::ALL
            .into_iter()
            .filter(|state| state.is_final());
        let others = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::TenantId.eq(placement.tenant_id().uuid()))
            .filter(Column::StudentId.eq(placement.student_id().uuid()))
            .filter(Column::Id.ne(placement.id().uuid()))
            .filter(of_part.eq(supervisor.uuid()))
            .filter(Column::State.is_not_in(ended.map(PlacementStateName::as_str)))
            .count(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(others > 0)
    }

    /// One student more, if there is room: the row is locked before its number is compared.
    async fn gain(
        &self,
        tenant: TenantId,
        supervisor: UserId,
        part: Part,
        cap: u32,
    ) -> Result<(), RepositoryError> {
        use load_row::{Column, Entity, Model};
        let full = RepositoryError::Conflict(Constraint::SupervisorCap);
        if cap == 0 {
            return Err(full);
        }
        let row = Model {
            tenant_id: tenant.uuid(),
            user_id: supervisor.uuid(),
            part: part.as_str().to_owned(),
            students: 1,
        };
        let students = Expr::col((Entity, Column::Students));
        let one_more = OnConflict::columns([Column::TenantId, Column::UserId, Column::Part])
            .value(Column::Students, students.clone().add(1))
            .action_and_where(students.lt(number::stored(cap)))
            .to_owned();
        let insert = Entity::insert(row.into_active_model())
            .on_conflict(one_more)
            .into_query();
        let changed = self
            .connection()
            .execute(&insert)
            .await
            .map_err(repository_error)?;
        if changed.rows_affected() == 1 {
            Ok(())
        } else {
            Err(full)
        }
    }

    /// One student fewer.
    async fn lose(&self, tenant: TenantId, supervisor: UserId, part: Part) -> Result<(), RepositoryError> {
        use load_row::{Column, Entity};
        let user_id: Uuid = supervisor.uuid();
        Entity::update_many()
            .col_expr(Column::Students, Expr::col(Column::Students).sub(1))
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::TenantId.eq(tenant.uuid()))
            .filter(Column::UserId.eq(user_id))
            .filter(Column::Part.eq(part.as_str()))
            .exec(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(())
    }
}
