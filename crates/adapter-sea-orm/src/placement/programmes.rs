//! Looks at programmes and their policies.

use ipt_domain::{
    id::ProgrammeId,
    placement::{
        policy::{Policy, PolicyVersion},
        programme::Programme,
        state::PlacementStateName,
    },
};
use ipt_ports::{
    RepositoryError,
    page::{Page, PageRequest},
    placement::NameSort,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, FromQueryResult as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryResult, QueryTrait, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{mapper, placement_row, policy_row, programme_row};
use crate::{
    cells::Cells, error::repository_error, fold, keyset, number, scope::within, unit_of_work::SeaUnitOfWork,
};

/// The programmes in scope whose name or code contains a text.
fn matching(unit: &SeaUnitOfWork, text: Option<&str>) -> Select<programme_row::Entity> {
    let select = programme_row::Entity::find().filter(within(unit.scope(), programme_row::Column::TenantId));
    match text {
        None => select,
        Some(text) => select.filter(
            Condition::any()
                .add(fold::contains(
                    (programme_row::Entity, programme_row::Column::NameFolded),
                    text,
                ))
                .add(fold::contains(
                    (programme_row::Entity, programme_row::Column::CodeFolded),
                    text,
                )),
        ),
    }
}

/// The same, each with its current policy as `policy`.
fn with_policy(mut select: Select<programme_row::Entity>) -> Select<programme_row::Entity> {
    let programme = |column| Expr::col((programme_row::Entity, column));
    let policy = |column| (policy_row::Entity, column);
    QueryTrait::query(&mut select)
        .join(
            JoinType::InnerJoin,
            policy_row::Entity,
            programme(programme_row::Column::Id)
                .equals(policy(policy_row::Column::ProgrammeId))
                .and(
                    programme(programme_row::Column::PolicyVersion)
                        .equals(policy(policy_row::Column::Version)),
                ),
        )
        .expr_as(Expr::col(policy(policy_row::Column::Policy)), "policy");
    select
}

fn read(row: &QueryResult) -> Result<(programme_row::Model, serde_json::Value), RepositoryError> {
    let programme = programme_row::Model::from_query_result(row, "").map_err(repository_error)?;
    let policy = row.try_get("", "policy").map_err(repository_error)?;
    Ok((programme, policy))
}

impl SeaUnitOfWork {
    pub(super) async fn programme_by_id(
        &self,
        id: ProgrammeId,
    ) -> Result<Option<Programme>, RepositoryError> {
        let select = with_policy(matching(self, None).filter(programme_row::Column::Id.eq(id.uuid())));
        let row = self
            .connection()
            .query_one(&select.into_query())
            .await
            .map_err(repository_error)?;
        let Some(row) = row else { return Ok(None) };
        let (programme, policy) = read(&row)?;
        mapper::programme::programme(programme, policy).map(Some)
    }

    pub(super) async fn list_programmes(
        &self,
        text: Option<&str>,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Programme>, RepositoryError> {
        use programme_row::{Column, Entity};
        let mut select = with_policy(matching(self, text));
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
        let items = page
            .items
            .into_iter()
            .map(|(row, policy)| mapper::programme::programme(row, policy));
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    pub(super) async fn count_programmes(&self, text: Option<&str>) -> Result<u64, RepositoryError> {
        matching(self, text)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    pub(super) async fn policy_at(
        &self,
        programme: ProgrammeId,
        version: PolicyVersion,
    ) -> Result<Option<Policy>, RepositoryError> {
        let row = policy_row::Entity::find_by_id((programme.uuid(), number::stored(version.number())))
            .filter(within(self.scope(), policy_row::Column::TenantId))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(|row| mapper::programme::policy(row.programme_id, row.policy))
            .transpose()
    }

    pub(super) async fn count_by_policy(
        &self,
        programme: ProgrammeId,
    ) -> Result<Vec<(PolicyVersion, u64)>, RepositoryError> {
        use placement_row::Column;
        use sea_orm::QuerySelect as _;

        let ended = PlacementStateName::ALL
            .into_iter()
            .filter(|state| state.is_final());
        let rows: Vec<(i32, i64)> = placement_row::Entity::find()
            .select_only()
            .column(Column::PolicyVersion)
            .column_as(Column::Id.count(), "placements")
            .filter(within(self.scope(), Column::TenantId))
            .filter(Column::ProgrammeId.eq(programme.uuid()))
            .filter(Column::State.is_not_in(ended.map(PlacementStateName::as_str)))
            .group_by(Column::PolicyVersion)
            .into_tuple()
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let cells = Cells::of("placement", programme.uuid());
        let mut versions = rows
            .into_iter()
            .map(|(version, placements)| {
                Ok((
                    PolicyVersion::new(cells.count("policy_version", version)?),
                    number::total(placements),
                ))
            })
            .collect::<Result<Vec<_>, RepositoryError>>()?;
        versions.sort_unstable();
        Ok(versions)
    }
}
