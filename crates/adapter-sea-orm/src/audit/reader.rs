//! Reads the audit trail.

use ipt_domain::audit::chain::{ChainId, Link};
use ipt_ports::{
    RepositoryError,
    audit::{AuditFilter, AuditReader, AuditSort, AuditView, LinkedRecord},
    page::{Page, PageRequest},
};
use sea_orm::{
    ConnectionTrait as _, PaginatorTrait as _, QueryResult, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};

use super::{filter, link_row, mapper, record_row};
use crate::{
    error::repository_error,
    identity::account_row,
    joined,
    keyset::{self, SortColumn},
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl AuditReader for SeaUnitOfWork {
    async fn audit_page(
        &mut self,
        filter: &AuditFilter,
        page: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditView>, RepositoryError> {
        let column = |field| match field {
            AuditSort::At => SortColumn::instant((record_row::Entity, record_row::Column::At)),
        };
        let id = (record_row::Entity, record_row::Column::Id);
        let mut records = filter::matching(self.scope(), filter).into_query();
        keyset::page(&mut records, column, id, page)?;
        add_surroundings(&mut records);
        let rows = self
            .connection()
            .query_all(&records)
            .await
            .map_err(repository_error)?;
        let views = rows.iter().map(view).collect::<Result<Vec<_>, _>>()?;
        let position = |view: &AuditView| {
            page.position(view.record.id.uuid(), |field| match field {
                AuditSort::At => Some(keyset::instant(view.record.at)),
            })
        };
        Ok(Page::cut(views, page.limit, position))
    }

    async fn audit_count(&mut self, filter: &AuditFilter) -> Result<u64, RepositoryError> {
        filter::matching(self.scope(), filter)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    async fn chain_links(
        &mut self,
        chain: ChainId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<LinkedRecord>, RepositoryError> {
        self.links_behind(chain, after, limit).await
    }

    async fn last_links(&mut self, chains: &[ChainId]) -> Result<Vec<Link>, RepositoryError> {
        self.ends_of_all(chains).await
    }

    async fn unlinked_count(&mut self, chain: ChainId) -> Result<u64, RepositoryError> {
        self.count_unlinked(chain).await
    }

    async fn chains(&mut self) -> Result<Vec<ChainId>, RepositoryError> {
        self.chains_with_records().await
    }
}

/// Adds what is shown beside records: values, the acting person's name, the number in the chain.
fn add_surroundings(select: &mut SelectStatement) {
    let record = |column: record_row::Column| Expr::col((record_row::Entity, column));
    select
        .left_join(
            "audit_detail",
            Expr::col(("audit_detail", "record_id")).eq(record(record_row::Column::Id)),
        )
        .left_join(
            account_row::Entity,
            Expr::col((account_row::Entity, account_row::Column::Id)).eq(record(record_row::Column::ActorId)),
        )
        .left_join(
            link_row::Entity,
            Expr::col((link_row::Entity, link_row::Column::RecordId)).eq(record(record_row::Column::Id)),
        )
        .expr_as(Expr::col(("audit_detail", "salt")), "d_salt")
        .expr_as(Expr::col(("audit_detail", "values")), "d_values")
        .expr_as(
            Expr::col((account_row::Entity, account_row::Column::FullName)),
            "u_name",
        )
        .expr_as(
            Expr::col((link_row::Entity, link_row::Column::Sequence)),
            "l_sequence",
        );
}

fn view(row: &QueryResult) -> Result<AuditView, RepositoryError> {
    let record = mapper::record(joined::row(row, "").map_err(repository_error)?)?;
    let sequence: Option<i64> = row.try_get("l_", "sequence").map_err(repository_error)?;
    Ok(AuditView {
        values: mapper::detail(row, record.id.uuid())?.map(|detail| detail.values),
        actor_name: row.try_get("u_", "name").map_err(repository_error)?,
        sequence: sequence.and_then(|number| u64::try_from(number).ok()),
        record,
    })
}
