//! `GET /tenants/{id}/statistics`

use actix_web::get;
use ipt_application::tenancy::tenants::statistics as use_case;
use ipt_domain::id::TenantId;

use super::dto::TenantStatistics;
use crate::{
    answer::{Answer, plain},
    extract::{ActorArg, PathId},
    state::State,
};

/// An institution in numbers
///
/// For a superadmin. Numbers alone tell nothing of any person, so that no reason is asked for.
#[utoipa::path(
    tag = "tenants",
    operation_id = "tenant_statistics",
    params(("id" = Uuid, Path, description = "The institution's id")),
    responses((status = 200, description = "The numbers", body = TenantStatistics)),
)]
#[get("/tenants/{id}/statistics")]
#[tracing::instrument(name = "http.tenancy.tenant_statistics", skip_all)]
pub(super) async fn tenant_statistics(actor: ActorArg, state: State, id: PathId<TenantId>) -> Answer {
    let statistics = use_case::execute(state.services(), &actor, id.required()?).await?;
    plain(&TenantStatistics::from(statistics))
}
