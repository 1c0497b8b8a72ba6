//! Looks at organisations. They belong to no institution; an institution's relation to one does.

use ipt_domain::id::{OrganisationId, TenantId};
use ipt_ports::{
    RepositoryError,
    page::{Page, PageRequest},
    placement::{NameSort, OrganisationFilter, OrganisationView},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, FromQueryResult as _, Iterable as _,
    JoinType, PaginatorTrait as _, QueryFilter as _, QueryResult, QueryTrait, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{mapper, organisation_row, relation_row};
use crate::{error::repository_error, fold, joined, keyset, scope::within, unit_of_work::SeaUnitOfWork};

/// How the relation's columns are called in an answer.
const RELATION: &str = "relation_";

/// Organisations with the relation of one institution, which must be in scope; without one, no relation joins.
fn related(unit: &SeaUnitOfWork, tenant: Option<TenantId>) -> Select<organisation_row::Entity> {
    let mut select = organisation_row::Entity::find();
    let of_tenant = match tenant {
        Some(tenant) => relation_row::Column::TenantId.eq(tenant.uuid()),
        None => relation_row::Column::TenantId.is_null(),
    };
    let joins = Expr::col((relation_row::Entity, relation_row::Column::OrganisationId))
        .equals((organisation_row::Entity, organisation_row::Column::Id))
        .and(of_tenant);
    let joins = Condition::all()
        .add(joins)
        .add(within(unit.scope(), relation_row::Column::TenantId));
    let query = QueryTrait::query(&mut select);
    query.join(JoinType::LeftJoin, relation_row::Entity, joins);
    for column in relation_row::Column::iter() {
        let name = format!("{RELATION}{}", sea_orm::IdenStatic::as_str(&column));
        query.expr_as(Expr::col((relation_row::Entity, column)), name);
    }
    select
}

fn matching(unit: &SeaUnitOfWork, filter: &OrganisationFilter) -> Select<organisation_row::Entity> {
    use organisation_row::{Column, Entity};
    let mut select = related(unit, filter.tenant);
    if !filter.directory {
        let own = Column::Id.is_in(filter.own.iter().map(|own| own.uuid()));
        select = select.filter(
            Condition::any()
                .add(relation_row::Column::TenantId.is_not_null())
                .add(own),
        );
    }
    if let Some(verified) = filter.verified {
        let column = relation_row::Column::VerifiedAt;
        select = select.filter(if verified {
            column.is_not_null()
        } else {
            column.is_null()
        });
    }
    if let Some(sector) = &filter.sector {
        select = select.filter(Column::SectorFolded.eq(fold::folded(sector)));
    }
    if let Some(city) = &filter.city {
        select = select.filter(Column::CityFolded.eq(fold::folded(city)));
    }
    if let Some(text) = &filter.text {
        select = select.filter(fold::contains((Entity, Column::NameFolded), text));
    }
    select
}

fn read(
    row: &QueryResult,
) -> Result<(organisation_row::Model, Option<relation_row::Model>), RepositoryError> {
    let organisation = organisation_row::Model::from_query_result(row, "").map_err(repository_error)?;
    let relation = joined::optional(row, RELATION).map_err(repository_error)?;
    Ok((organisation, relation))
}

fn view(
    (organisation, relation): (organisation_row::Model, Option<relation_row::Model>),
) -> Result<OrganisationView, RepositoryError> {
    Ok(OrganisationView {
        organisation: mapper::organisation::organisation(organisation)?,
        relation: relation.map(mapper::organisation::relation).transpose()?,
    })
}

impl SeaUnitOfWork {
    pub(super) async fn organisation_by_id(
        &self,
        id: OrganisationId,
        tenant: Option<TenantId>,
    ) -> Result<Option<OrganisationView>, RepositoryError> {
        let select = related(self, tenant).filter(organisation_row::Column::Id.eq(id.uuid()));
        let row = self
            .connection()
            .query_one(&select.into_query())
            .await
            .map_err(repository_error)?;
        row.map(|row| view(read(&row)?)).transpose()
    }

    pub(super) async fn list_organisations(
        &self,
        filter: &OrganisationFilter,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<OrganisationView>, RepositoryError> {
        use organisation_row::{Column, Entity};
        let mut select = matching(self, filter);
        let column = |field| match field {
            NameSort::Name => keyset::SortColumn::text((Entity, Column::NameFolded)),
            NameSort::CreatedAt => keyset::SortColumn::instant((Entity, Column::CreatedAt)),
        };
        keyset::page(QueryTrait::query(&mut select), column, (Entity, Column::Id), page)?;
        let rows = self
            .connection()
            .query_all(&select.into_query())
            .await
            .map_err(repository_error)?;
        let rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let page = Page::cut(rows, page.limit, |(row, _)| {
            page.position(row.id, |field| match field {
                NameSort::Name => Some(row.name_folded.clone()),
                NameSort::CreatedAt => Some(keyset::instant(row.created_at)),
            })
        });
        Ok(Page {
            items: page.items.into_iter().map(view).collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    pub(super) async fn count_organisations(
        &self,
        filter: &OrganisationFilter,
    ) -> Result<u64, RepositoryError> {
        matching(self, filter)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }
}
