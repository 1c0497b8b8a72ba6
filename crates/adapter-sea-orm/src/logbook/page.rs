//! Pages of entries: which parts the onlooker holds, the rows, the cases of their placements. Three statements, whatever
//! the page's length.

use std::fmt::Write as _;

use ipt_domain::logbook::entry::LogEntry;
use ipt_ports::{
    RepositoryError,
    logbook::{LogCase, LogFilter, LogSort},
    page::{Page, PageRequest},
};
use sea_orm::{ConnectionTrait as _, PaginatorTrait as _, QueryTrait};

use super::entry_row::{self, Column, Entity};
use crate::{
    error::repository_error,
    joined::ByPlace as _,
    keyset::{self, SortColumn},
    unit_of_work::SeaUnitOfWork,
};

impl SeaUnitOfWork {
    #[tracing::instrument(name = "db.log_entry.page", level = "debug", skip_all)]
    pub(super) async fn list_entries(
        &self,
        filter: &LogFilter,
        page: &PageRequest<LogSort>,
    ) -> Result<Page<(LogEntry, LogCase)>, RepositoryError> {
        let mut select = self.entries_matching(filter).await?;
        let column = |field| match field {
            LogSort::LogDate => SortColumn::date((Entity, Column::LogDate)),
            LogSort::CreatedAt => SortColumn::instant((Entity, Column::CreatedAt)),
            LogSort::UpdatedAt => SortColumn::instant((Entity, Column::UpdatedAt)),
            LogSort::DueAt => SortColumn::instant((Entity, Column::DueAt)).nullable(),
        };
        keyset::page(QueryTrait::query(&mut select), column, (Entity, Column::Id), page)?;
        // Written into the text: of a limit that is a parameter PostgreSQL assumes a tenth of the table, and plans anew each
        // time, which takes longer than the page.
        QueryTrait::query(&mut select).reset_limit();
        let mut statement = select.build(self.dialect().backend());
        write!(statement.sql, " LIMIT {}", u32::from(page.limit) + 1)
            .map_err(|error| RepositoryError::Backend(Box::new(error)))?;
        let rows = self.connection().query_all_raw(statement).await;
        let rows = rows.map_err(repository_error)?;
        let rows: Vec<_> = rows
            .iter()
            .map(|row| entry_row::Model::take(row, 0))
            .collect::<Result<_, _>>()?;
        let page = Page::cut(rows, page.limit, |row| {
            page.position(row.id, |field| match field {
                LogSort::LogDate => Some(row.log_date.to_string()),
                LogSort::CreatedAt => Some(keyset::instant(row.created_at)),
                LogSort::UpdatedAt => Some(keyset::instant(row.updated_at)),
                LogSort::DueAt => row.due_at.map(keyset::instant),
            })
        });
        Ok(Page {
            items: self.with_cases(page.items).await?,
            next: page.next,
        })
    }

    pub(super) async fn count_entries(&self, filter: &LogFilter) -> Result<u64, RepositoryError> {
        self.entries_matching(filter)
            .await?
            .count(self.connection())
            .await
            .map_err(repository_error)
    }
}
