//! Looks at placements.

use chrono::NaiveDate;
use ipt_domain::{
    id::{PlacementId, TenantId, UserId},
    placement::{neighbour::Neighbour, state::PlacementStateName},
};
use ipt_ports::{
    RepositoryError,
    page::{Page, PageRequest},
    placement::{PlacementFilter, PlacementSort, PlacementView},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, FromQueryResult as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QueryResult, QueryTrait, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    mapper, onlooker,
    placement_row::{Column, Entity, Model},
};
use crate::{error::repository_error, keyset, scope::within, unit_of_work::SeaUnitOfWork};

/// A placement's row with its names.
struct Named {
    row: Model,
    student_name: String,
    organisation_name: String,
    programme_name: String,
    industrial_supervisor_name: Option<String>,
    university_supervisor_name: Option<String>,
}

/// Adds the names to a query.
fn with_names(mut select: Select<Entity>) -> Select<Entity> {
    let own = |column: Column| Expr::col((Entity, column));
    // Each is a table, the name by which the query calls it, what leads there, and the name that is shown.
    let names = [
        (
            JoinType::InnerJoin,
            "user_account",
            "student",
            Column::StudentId,
            "full_name",
        ),
        (
            JoinType::InnerJoin,
            "organisation",
            "host",
            Column::OrganisationId,
            "name",
        ),
        (
            JoinType::InnerJoin,
            "programme",
            "course",
            Column::ProgrammeId,
            "name",
        ),
        (
            JoinType::LeftJoin,
            "user_account",
            "industrial",
            Column::IndustrialSupervisorId,
            "full_name",
        ),
        (
            JoinType::LeftJoin,
            "user_account",
            "university",
            Column::UniversitySupervisorId,
            "full_name",
        ),
    ];
    let query = QueryTrait::query(&mut select);
    for (join, table, alias, column, shown) in names {
        query.join_as(join, table, alias, own(column).equals((alias, "id")));
        query.expr_as(Expr::col((alias, shown)), format!("{alias}_name"));
    }
    select
}

fn read(row: &QueryResult) -> Result<Named, RepositoryError> {
    let read = || {
        Ok(Named {
            row: Model::from_query_result(row, "")?,
            student_name: row.try_get("", "student_name")?,
            organisation_name: row.try_get("", "host_name")?,
            programme_name: row.try_get("", "course_name")?,
            industrial_supervisor_name: row.try_get("", "industrial_name")?,
            university_supervisor_name: row.try_get("", "university_name")?,
        })
    };
    read().map_err(repository_error)
}

fn view(named: Named) -> Result<PlacementView, RepositoryError> {
    Ok(PlacementView {
        placement: mapper::placement::placement(named.row)?,
        student_name: named.student_name,
        organisation_name: named.organisation_name,
        programme_name: named.programme_name,
        industrial_supervisor_name: named.industrial_supervisor_name,
        university_supervisor_name: named.university_supervisor_name,
    })
}

impl SeaUnitOfWork {
    pub(super) async fn placement_by_id(
        &self,
        id: PlacementId,
    ) -> Result<Option<PlacementView>, RepositoryError> {
        let select = with_names(Entity::find_by_id(id.uuid()).filter(within(self.scope(), Column::TenantId)));
        let row = self
            .connection()
            .query_one(&select.into_query())
            .await
            .map_err(repository_error)?;
        row.map(|row| view(read(&row)?)).transpose()
    }

    /// The placements that the filter's onlooker sees and that match the rest of it.
    async fn matching(&self, filter: &PlacementFilter) -> Result<Select<Entity>, RepositoryError> {
        let parts = onlooker::parts_of(self, &filter.onlooker).await?;
        let seats = parts
            .own
            .iter()
            .chain(parts.supervised())
            .map(|seat| seat.placement);
        let coordinated = filter.onlooker.coordinates.iter().map(|tenant| tenant.uuid());
        let seen = Condition::any()
            .add(Column::Id.is_in(seats))
            .add(Column::TenantId.is_in(coordinated));
        let mut select = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(seen);
        if !filter.states.is_empty() {
            select = select.filter(Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
        }
        if let Some(student) = filter.student_id {
            select = select.filter(Column::StudentId.eq(student.uuid()));
        }
        if let Some(organisation) = filter.organisation_id {
            select = select.filter(Column::OrganisationId.eq(organisation.uuid()));
        }
        if let Some(programme) = filter.programme_id {
            select = select.filter(Column::ProgrammeId.eq(programme.uuid()));
        }
        if let Some(supervisor) = filter.supervisor_id {
            let supervisor = supervisor.uuid();
            select = select.filter(
                Condition::any()
                    .add(Column::IndustrialSupervisorId.eq(supervisor))
                    .add(Column::UniversitySupervisorId.eq(supervisor)),
            );
        }
        Ok(select)
    }

    pub(super) async fn list_placements(
        &self,
        filter: &PlacementFilter,
        page: &PageRequest<PlacementSort>,
    ) -> Result<Page<PlacementView>, RepositoryError> {
        let mut select = with_names(self.matching(filter).await?);
        let column = |field| match field {
            PlacementSort::StartDate => keyset::SortColumn::date((Entity, Column::StartDate)),
            PlacementSort::CreatedAt => keyset::SortColumn::instant((Entity, Column::CreatedAt)),
        };
        keyset::page(QueryTrait::query(&mut select), column, (Entity, Column::Id), page)?;
        let rows = self
            .connection()
            .query_all(&select.into_query())
            .await
            .map_err(repository_error)?;
        let rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let page = Page::cut(rows, page.limit, |Named { row, .. }| {
            page.position(row.id, |field| match field {
                PlacementSort::StartDate => Some(row.start_date.to_string()),
                PlacementSort::CreatedAt => Some(keyset::instant(row.created_at)),
            })
        });
        Ok(Page {
            items: page.items.into_iter().map(view).collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    pub(super) async fn count_placements(&self, filter: &PlacementFilter) -> Result<u64, RepositoryError> {
        self.matching(filter)
            .await?
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    pub(super) async fn placements_beside(
        &self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Neighbour>, RepositoryError> {
        let dropped = [PlacementStateName::Cancelled, PlacementStateName::Withdrawn];
        let rows = Entity::find()
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::TenantId.eq(tenant.uuid()))
            .filter(Column::StudentId.eq(student.uuid()))
            .filter(Column::State.is_not_in(dropped.map(PlacementStateName::as_str)))
            .order_by_asc(Column::StartDate)
            .order_by_asc(Column::Id)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let mut beside = Vec::with_capacity(rows.len());
        for row in rows {
            beside.extend(Neighbour::of(&mapper::placement::placement(row)?));
        }
        Ok(beside)
    }

    pub(super) async fn waiting_to_begin(
        &self,
        latest: NaiveDate,
        limit: u32,
    ) -> Result<Vec<PlacementId>, RepositoryError> {
        use sea_orm::QuerySelect as _;

        let ids: Vec<uuid::Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(within(self.scope(), Column::TenantId))
            .filter(Expr::col((Entity, Column::State)).eq(Expr::cust("'approved'")))
            .filter(Column::StartDate.lte(latest))
            .filter(Column::IndustrialSupervisorId.is_not_null())
            .filter(Column::UniversitySupervisorId.is_not_null())
            .order_by_asc(Column::StartDate)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit))
            .into_tuple()
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        Ok(ids.into_iter().map(PlacementId::new).collect())
    }
}
