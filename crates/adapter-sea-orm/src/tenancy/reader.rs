//! Reads institutions: their rows, then their holidays, whatever their number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
};
use ipt_ports::{
    RepositoryError, Scope,
    page::{Page, PageRequest},
    tenancy::{InstitutionSort, TenancyReader},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::{holiday_row, mapper, tenant_row};
use crate::{
    error::repository_error,
    fold,
    keyset::{self, SortColumn},
    scope::within,
    unit_of_work::SeaUnitOfWork,
};

#[async_trait::async_trait]
impl TenancyReader for SeaUnitOfWork {
    async fn institution(&mut self, id: TenantId) -> Result<Option<Institution>, RepositoryError> {
        self.one_institution(tenant_row::Entity::find_by_id(id.uuid()))
            .await
    }

    async fn institution_by_code(
        &mut self,
        code: &TenantCode,
    ) -> Result<Option<Institution>, RepositoryError> {
        self.one_institution(tenant_row::Entity::find().filter(tenant_row::Column::Code.eq(code.as_str())))
            .await
    }

    async fn institutions(&mut self) -> Result<Vec<Institution>, RepositoryError> {
        let rows = tenant_row::Entity::find()
            .filter(within(self.scope(), tenant_row::Column::Id))
            .order_by_asc(tenant_row::Column::NameFolded)
            .order_by_asc(tenant_row::Column::Id)
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        self.with_holidays(rows).await
    }

    async fn institution_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<InstitutionSort>,
    ) -> Result<Page<Institution>, RepositoryError> {
        let column = |field| match field {
            InstitutionSort::Name => SortColumn::text((tenant_row::Entity, tenant_row::Column::NameFolded)),
            InstitutionSort::Code => SortColumn::text((tenant_row::Entity, tenant_row::Column::Code)),
        };
        let mut institutions = matching(self.scope(), text);
        keyset::page(
            QueryTrait::query(&mut institutions),
            column,
            (tenant_row::Entity, tenant_row::Column::Id),
            page,
        )?;
        let rows = institutions
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let found = Page::cut(rows, page.limit, |row| {
            page.position(row.id, |field| match field {
                InstitutionSort::Name => Some(row.name_folded.clone()),
                InstitutionSort::Code => Some(row.code.clone()),
            })
        });
        Ok(Page {
            items: self.with_holidays(found.items).await?,
            next: found.next,
        })
    }

    async fn institution_count(&mut self, text: Option<&str>) -> Result<u64, RepositoryError> {
        matching(self.scope(), text)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }
}

/// The institutions in scope whose name or code contains a text.
fn matching(scope: &Scope, text: Option<&str>) -> Select<tenant_row::Entity> {
    let select = tenant_row::Entity::find().filter(within(scope, tenant_row::Column::Id));
    match text {
        None => select,
        Some(text) => select.filter(
            Condition::any()
                .add(fold::contains(
                    (tenant_row::Entity, tenant_row::Column::NameFolded),
                    text,
                ))
                .add(fold::contains(
                    (tenant_row::Entity, tenant_row::Column::Code),
                    text,
                )),
        ),
    }
}

impl SeaUnitOfWork {
    /// Institutions with their holidays, in one statement for all of them.
    async fn with_holidays(&self, rows: Vec<tenant_row::Model>) -> Result<Vec<Institution>, RepositoryError> {
        let holidays = holiday_row::Entity::find()
            .filter(holiday_row::Column::TenantId.is_in(rows.iter().map(|row| row.id)))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let mut holidays = by_institution(holidays);
        rows.into_iter()
            .map(|row| {
                let own = holidays.remove(&row.id).unwrap_or_default();
                mapper::institution(row, own)
            })
            .collect()
    }

    /// The institution that a query finds, if it is in scope.
    async fn one_institution(
        &self,
        query: Select<tenant_row::Entity>,
    ) -> Result<Option<Institution>, RepositoryError> {
        let row = query
            .filter(within(self.scope(), tenant_row::Column::Id))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        let Some(row) = row else { return Ok(None) };
        let holidays = holiday_row::Entity::find()
            .filter(holiday_row::Column::TenantId.eq(row.id))
            .all(self.connection())
            .await
            .map_err(repository_error)?;
        let holidays = holidays.into_iter().map(|holiday| holiday.date).collect();
        mapper::institution(row, holidays).map(Some)
    }
}

fn by_institution(rows: Vec<holiday_row::Model>) -> BTreeMap<Uuid, BTreeSet<NaiveDate>> {
    let mut holidays: BTreeMap<Uuid, BTreeSet<NaiveDate>> = BTreeMap::new();
    for row in rows {
        holidays.entry(row.tenant_id).or_default().insert(row.date);
    }
    holidays
}
