//! How many students a supervisor has on a day: counted over the placements, which only one transaction at a time does of a
//! supervisor who gains somebody. Two who counted at once would both see room.

use chrono::NaiveDate;
use ipt_domain::{
    id::{TenantId, UserId},
    placement::{
        delegation::Part,
        load::{Gain, Stay},
        placement::Placement,
        state::PlacementStateName,
    },
};
use ipt_ports::{Constraint, RepositoryError, placement::StudentCount};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, InsertStatement, OnConflict},
};

use super::{mapper, placement_row, student_hold_row, supervisor_hold_row};
use crate::{error::repository_error, scope::within, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    /// Writes the row that stands for the student, and so waits for whoever has written it in an open transaction.
    pub(super) async fn hold(&self, tenant: TenantId, student: UserId) -> Result<(), RepositoryError> {
        use student_hold_row::{Column, Entity, Model};
        let row = Model {
            tenant_id: tenant.uuid(),
            student_id: student.uuid(),
            holds: 1,
        };
        let once_more = OnConflict::columns([Column::TenantId, Column::StudentId])
            .value(Column::Holds, Expr::col((Entity, Column::Holds)).add(1))
            .to_owned();
        let insert = Entity::insert(row.into_active_model()).on_conflict(once_more);
        self.write_hold(insert.into_query()).await
    }

    /// Writes the row that stands for the supervisor in a part, as [`hold`](Self::hold) does that of a student.
    async fn hold_supervisor(&self, tenant: TenantId, gain: &Gain) -> Result<(), RepositoryError> {
        use supervisor_hold_row::{Column, Entity, Model};
        let row = Model {
            tenant_id: tenant.uuid(),
            user_id: gain.supervisor().uuid(),
            part: gain.part().as_str().to_owned(),
            holds: 1,
        };
        let once_more = OnConflict::columns([Column::TenantId, Column::UserId, Column::Part])
            .value(Column::Holds, Expr::col((Entity, Column::Holds)).add(1))
            .to_owned();
        let insert = Entity::insert(row.into_active_model()).on_conflict(once_more);
        self.write_hold(insert.into_query()).await
    }

    async fn write_hold(&self, insert: InsertStatement) -> Result<(), RepositoryError> {
        self.connection()
            .execute(&insert)
            .await
            .map_err(repository_error)?;
        Ok(())
    }

    /// Refuses a change by which a supervisor would have more students on a day than the cap allows. Until the end of the
    /// transaction nobody else gives a student to those who gain one.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with [`Constraint::SupervisorCap`].
    pub(super) async fn check_load(
        &self,
        before: Option<&Placement>,
        count: &StudentCount,
        today: NaiveDate,
    ) -> Result<(), RepositoryError> {
        let placement = &count.outcome;
        // One supervisor of each part at most gains, and whoever holds two begins with the same part: so two changes never
        // wait for each other.
        for part in Part::ALL {
            let Some(gain) = Gain::of(before, placement, part, today) else {
                continue;
            };
            self.hold_supervisor(placement.tenant_id(), &gain).await?;
            let others = self.stays_beside(placement, &gain, today).await?;
            gain.check(count.caps.of(part), &others)
                .map_err(|over| RepositoryError::Conflict(Constraint::SupervisorCap(over)))?;
        }
        Ok(())
    }

    /// The stays of a supervisor's students in the placement's institution, by other placements than this one, that are not
    /// over before it begins: what is under way lasts until today, whenever it was to end. Those that begin after it come
    /// too. They are few, and by a condition on the first day SQLite would look through the whole institution.
    async fn stays_beside(
        &self,
        placement: &Placement,
        gain: &Gain,
        today: NaiveDate,
    ) -> Result<Vec<Stay>, RepositoryError> {
        use placement_row::{Column, Entity};
        let of_part = match gain.part() {
            Part::Industrial => Column::IndustrialSupervisorId,
            Part::Academic => Column::UniversitySupervisorId,
        };
        let named = |is: fn(PlacementStateName) -> bool| {
            PlacementStateName::ALL
                .into_iter()
                .filter(move |state| is(*state))
                .map(PlacementStateName::as_str)
        };
        let not_over_before = Condition::any()
            .add(Column::EndDate.gte(gain.days().start()))
            .add(Column::State.is_in(named(PlacementStateName::is_running)));
        let rows = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::TenantId.eq(placement.tenant_id().uuid()))
            .filter(of_part.eq(gain.supervisor().uuid()))
            .filter(Column::State.is_not_in(named(PlacementStateName::is_final)))
            .filter(not_over_before)
            .filter(Column::Id.ne(placement.id().uuid()))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let mut stays = Vec::with_capacity(rows.len());
        for row in rows {
            stays.extend(Stay::of(&mapper::placement::placement(row)?, today));
        }
        Ok(stays)
    }
}
