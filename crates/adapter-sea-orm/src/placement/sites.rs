//! Looks at sites: shared ones, and those of the institutions in scope.

use ipt_domain::{
    id::{OrganisationId, SiteId},
    placement::site::Site,
};
use ipt_ports::{
    RepositoryError,
    page::{Page, PageRequest},
    placement::NameSort,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryTrait, Select,
};

use super::{
    mapper,
    site_row::{Column, Entity},
};
use crate::{error::repository_error, keyset, scope::within_or_shared, unit_of_work::SeaUnitOfWork};

impl SeaUnitOfWork {
    pub(super) async fn site_by_id(&self, id: SiteId) -> Result<Option<Site>, RepositoryError> {
        let row = Entity::find_by_id(id.uuid())
            .filter(within_or_shared(self.scope(), Column::TenantId))
            .one(self.connection())
            .await
            .map_err(repository_error)?;
        row.map(mapper::site::site).transpose()
    }

    /// The sites of an organisation.
    fn sites_of(&self, organisation: OrganisationId) -> Select<Entity> {
        Entity::find()
            .filter(within_or_shared(self.scope(), Column::TenantId))
            .filter(Column::OrganisationId.eq(organisation.uuid()))
    }

    pub(super) async fn count_sites(&self, organisation: OrganisationId) -> Result<u64, RepositoryError> {
        self.sites_of(organisation)
            .count(self.connection())
            .await
            .map_err(repository_error)
    }

    pub(super) async fn list_sites(
        &self,
        organisation: OrganisationId,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Site>, RepositoryError> {
        let mut select = self.sites_of(organisation);
        let column = |field| match field {
            NameSort::Name => keyset::SortColumn::text((Entity, Column::NameFolded)),
            NameSort::CreatedAt => keyset::SortColumn::instant((Entity, Column::CreatedAt)),
        };
        keyset::page(QueryTrait::query(&mut select), column, (Entity, Column::Id), page)?;
        let rows = select.all(self.connection()).await.map_err(repository_error)?;
        let page = Page::cut(rows, page.limit, |row| {
            page.position(row.id, |field| match field {
                NameSort::Name => Some(row.name_folded.clone()),
                NameSort::CreatedAt => Some(keyset::instant(row.created_at)),
            })
        });
        Ok(Page {
            items: page
                .items
                .into_iter()
                .map(mapper::site::site)
                .collect::<Result<_, _>>()?,
            next: page.next,
        })
    }
}
