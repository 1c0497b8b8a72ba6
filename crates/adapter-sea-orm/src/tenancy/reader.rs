//! Reads institutions: their rows, then their holidays, whatever their number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ipt_domain::{
    id::TenantId,
    tenancy::institution::{Institution, TenantCode},
};
use ipt_ports::{RepositoryError, tenancy::TenancyReader};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Select};
use uuid::Uuid;

use super::{holiday_row, mapper, tenant_row};
use crate::{error::repository_error, scope::within, unit_of_work::SeaUnitOfWork};

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
        let holidays = holiday_row::Entity::find()
            .filter(within(self.scope(), holiday_row::Column::TenantId))
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
}

impl SeaUnitOfWork {
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
