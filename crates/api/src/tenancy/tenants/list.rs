//! `GET /tenants`

use actix_web::get;
use ipt_application::tenancy::tenants::list as use_case;
use ipt_ports::{
    page::{Direction, Sort},
    tenancy::InstitutionSort,
};
use utoipa::IntoParams;

use crate::{
    answer::{Answer, ListBody, Listing, PageParams, Sortable},
    extract::{ActorArg, FromQuery, QueryReader},
    state::State,
    tenancy::dto::TenantDto,
};

/// Which institutions are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct TenantFilter {
    /// Whose name or code contains this.
    q: Option<String>,
}

impl FromQuery for TenantFilter {
    fn read(query: &mut QueryReader) -> Self {
        Self { q: query.text("q") }
    }
}

impl Sortable for InstitutionSort {
    const FIELDS: &'static [(&'static str, Self)] = &[("name", Self::Name), ("code", Self::Code)];
    const DEFAULT: Sort<Self> = Sort {
        field: Self::Name,
        direction: Direction::Ascending,
    };
}

/// The institutions of the deployment
///
/// For a superadmin.
#[utoipa::path(
    tag = "tenants",
    operation_id = "list_tenants",
    params(TenantFilter, PageParams<InstitutionSort>),
    responses((status = 200, description = "A page of institutions", body = ListBody<TenantDto>)),
)]
#[get("/tenants")]
#[tracing::instrument(name = "http.tenancy.list_tenants", skip_all)]
pub(super) async fn list_tenants(
    actor: ActorArg,
    state: State,
    listing: Listing<TenantFilter, InstitutionSort>,
) -> Answer {
    let command = use_case::Command {
        text: listing.filter.q.clone(),
        page: listing.page.clone(),
        count: listing.count,
    };
    let (page, total) = use_case::execute(state.services(), &actor, &command).await?;
    listing.answer(page, total, |institution| TenantDto::from(&institution))
}
