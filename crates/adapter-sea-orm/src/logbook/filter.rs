//! Which entries a person sees, and which of them a filter wants: one set of conditions, for lists and for counts.

use ipt_domain::logbook::state::StateName;
use ipt_ports::{
    RepositoryError,
    logbook::{LogFilter, Onlooker},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait as _, QueryFilter as _, Select,
    sea_query::{Expr, ExprTrait as _, Query, extension::postgres::PgFunc},
};
use uuid::Uuid;

use super::entry_row::{Column, Entity};
use crate::{
    dialect::Dialect,
    fold,
    placement::onlooker::{Parts, Seat, parts_of},
    scope::within,
    unit_of_work::SeaUnitOfWork,
};

impl SeaUnitOfWork {
    /// The entries that match. Asks first, in one statement, which parts the onlooker holds.
    pub(super) async fn entries_matching(
        &self,
        filter: &LogFilter,
    ) -> Result<Select<Entity>, RepositoryError> {
        let parts = parts_of(self, &filter.onlooker).await?;
        let arms = Arms {
            dialect: self.dialect(),
            parts: &parts,
            onlooker: &filter.onlooker,
        };
        let seen = if filter.awaiting_onlooker {
            arms.awaiting()
        } else {
            arms.seen()
        };
        let mut select = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(seen);
        if !filter.states.is_empty() {
            select = select.filter(in_states(&filter.states));
        }
        if let Some(placement) = filter.placement_id {
            select = select.filter(Column::PlacementId.eq(placement.uuid()));
        }
        if let Some(student) = filter.student_id {
            select = select.filter(Column::StudentId.eq(student.uuid()));
        }
        if let Some(from) = filter.from {
            select = select.filter(Column::LogDate.gte(from));
        }
        if let Some(to) = filter.to {
            select = select.filter(Column::LogDate.lte(to));
        }
        if let Some((overdue, now)) = filter.overdue {
            let due = Condition::all()
                .add(Column::DueAt.is_not_null())
                .add(Column::DueAt.lt(now))
                .add(suspended().not());
            select = select.filter(if overdue { due } else { due.not() });
        }
        if let Some(flagged) = filter.flagged {
            let ever = Condition::any()
                .add(Column::FlagCount.gt(0))
                .add(in_states(&[StateName::Flagged]));
            select = select.filter(if flagged { ever } else { ever.not() });
        }
        if let Some(text) = &filter.text {
            select = select.filter(fold::contains((Entity, "content_folded"), text));
        }
        Ok(select)
    }
}

/// The ways by which a person comes to see an entry. A way that leads nowhere is left out, so that the database is not
/// asked to consider it.
struct Arms<'a> {
    dialect: Dialect,
    parts: &'a Parts,
    onlooker: &'a Onlooker,
}

impl Arms<'_> {
    /// One's own entries; those that were ever submitted, of placements supervised now and of institutions coordinated.
    fn seen(&self) -> Condition {
        let submitted = || Column::SubmittedAt.is_not_null();
        Self::any([
            self.own(),
            self.supervised().map(|arm| arm.add(submitted())),
            self.coordinated().map(|arm| arm.add(submitted())),
        ])
    }

    /// What waits for the person: each state has one side whose turn it is.
    fn awaiting(&self) -> Condition {
        let theirs = |arm: Option<Condition>, states: &[StateName]| arm.map(|arm| arm.add(in_states(states)));
        Self::any([
            theirs(self.own(), &[StateName::Draft, StateName::RevisionRequested]),
            theirs(self.at(&self.parts.industrial), &[StateName::Submitted]),
            theirs(self.at(&self.parts.academic), &[StateName::IndustryVerified]),
            theirs(self.coordinated(), &[StateName::Flagged]),
        ])
    }

    fn any<const N: usize>(arms: [Option<Condition>; N]) -> Condition {
        let mut arms = arms.into_iter().flatten().peekable();
        if arms.peek().is_none() {
            return Condition::all().add(Expr::cust("1 = 0"));
        }
        arms.fold(Condition::any(), Condition::add)
    }

    fn own(&self) -> Option<Condition> {
        let me = self.onlooker.user_id.uuid();
        (!self.parts.own.is_empty()).then(|| Condition::all().add(Column::StudentId.eq(me)))
    }

    /// Entries of the placements supervised now. That they are of the placements' students says nothing new, but gives the
    /// database the index by student and day.
    fn supervised(&self) -> Option<Condition> {
        let mut students: Vec<Uuid> = self.parts.supervised().map(|seat| seat.student).collect();
        students.sort_unstable();
        students.dedup();
        let of_students = self.among(Column::StudentId, students);
        self.at(self.parts.supervised()).map(|arm| arm.add(of_students))
    }

    /// Entries of these placements. Of open ones there is an index.
    fn at<'s>(&self, seats: impl IntoIterator<Item = &'s Seat>) -> Option<Condition> {
        let placements: Vec<Uuid> = seats.into_iter().map(|seat| seat.placement).collect();
        (!placements.is_empty()).then(|| Condition::all().add(self.among(Column::PlacementId, placements)))
    }

    fn coordinated(&self) -> Option<Condition> {
        let tenants: Vec<Uuid> = self
            .onlooker
            .coordinates
            .iter()
            .map(|tenant| tenant.uuid())
            .collect();
        (!tenants.is_empty()).then(|| Condition::all().add(Column::TenantId.is_in(tenants)))
    }

    /// On PostgreSQL as one array, so that the statement's text does not depend on how many there are.
    fn among(&self, column: Column, ids: Vec<Uuid>) -> Expr {
        match self.dialect {
            Dialect::Postgres => Expr::col((Entity, column)).eq(PgFunc::any(Expr::val(ids))),
            Dialect::Sqlite => column.is_in(ids),
        }
    }
}

/// Names of states are written into the text: with them the planner sees that a partial index serves.
fn in_states(states: &[StateName]) -> Expr {
    let names = states
        .iter()
        .map(|state| Expr::cust(format!("'{}'", state.as_str())));
    Expr::col((Entity, Column::State)).is_in(names)
}

/// Whether the placement is suspended: then nothing is overdue.
fn suspended() -> Expr {
    let placement = Query::select()
        .expr(Expr::val(1))
        .from("placement")
        .and_where(Expr::col(("placement", "id")).equals((Entity, Column::PlacementId)))
        .and_where(Expr::col(("placement", "tenant_id")).equals((Entity, Column::TenantId)))
        .and_where(Expr::col(("placement", "state")).eq(Expr::cust("'suspended'")))
        .to_owned();
    Expr::exists(placement)
}
